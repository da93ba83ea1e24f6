"""A rule pack: every file under ``rules/``, loaded, checked and compiled once."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wrapgen.angles.rules import AngleRule, Evidence, Points
from wrapgen.check import load_language
from wrapgen.check.world import Language
from wrapgen.clause import Pattern
from wrapgen.errors import nearest
from wrapgen.intake.reference import Reference, ReferenceDataError
from wrapgen.intake.reference_files import load_reference
from wrapgen.realise import Realiser, realiser_of
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack import kinds
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.entries import Entry
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.hashing import pack_hash
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.lexicon_files import load_lexicon
from wrapgen.rulepack.newscodes import NewsCodes, load_newscodes
from wrapgen.rulepack.pattern import parse_pattern
from wrapgen.rulepack.records import Texts, check_all
from wrapgen.rulepack.styles import read_styles
from wrapgen.rulepack.yamlfile import Record, read_yaml
from wrapgen.wording.slots import SLOTS
from wrapgen.wording.speaker import RuleTable, Saying, SentenceRule, Traits, movers_of, table_of, traits_of, ways_of
from wrapgen.wording.style import DEFAULT_STYLE, Style


@dataclass(frozen=True, slots=True)
class RulePack:
    """Rules, lexicon and reference data, ready to write with. Immutable; safe to share between threads."""

    directory: Path
    hash: str
    reference: Reference
    newscodes: NewsCodes
    lexicon: Lexicon
    realiser: Realiser
    sentences: Mapping[str, tuple[SentenceRule, ...]]
    tables: Mapping[str, RuleTable]  # the same, to look them up by what they ask for
    traits: Mapping[str, Traits]  # by id of pattern
    rule_of: Mapping[str, str]  # the rule of a pattern, by its id
    angles: tuple[AngleRule, ...]
    plans: Mapping[str, kinds.PlanRule]
    styles: Mapping[str, Style]
    topics: Mapping[str, tuple[str, ...]]
    share_nouns: frozenset[str]
    article_nouns: frozenset[str]
    areas: Mapping[str, str]
    language: Language  # what the claim checker understands
    entries: tuple[Entry, ...]  # the sentence rules as their editors wrote them, with their cases


@functools.lru_cache(maxsize=8)
def load_rules(directory: Path | str | None = None) -> RulePack:
    """Load a pack; the one that ships with wrapgen where no directory is named.

    Raises RuleError with every problem of every file: file, line, value, what is allowed, the nearest.
    """
    root = Path(directory) if directory is not None else default_rules_directory()
    if not root.is_dir():
        raise RuleError([RuleProblem(str(root), 0, "no such rules directory")])
    return _Loader(root).load()


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[RuleProblem] = []
        self.lexicon: Lexicon | None = None
        self.number = 0
        self.entries: list[Entry] = []

    def load(self) -> RulePack:
        reference = self._reference()
        newscodes = self._newscodes()
        self._lexicon()
        sentences = self._sentences()
        angles = self._angles(sentences)
        plans = {r["plan"]: kinds.plan_rule(r, r["_file"], self.problems) for r in self._records("plans", kinds.PLAN)}
        styles = self._styles(reference)
        words = self._records("events/topics.yaml", kinds.TOPIC)
        nouns = next((tuple(r["words"]) for r in words if r["topic"] == "share_nouns"), ())
        article_nouns = next((tuple(r["words"]) for r in words if r["topic"] == "article_nouns"), ())
        topics = {r["topic"]: tuple(w.lower() for w in r["words"]) for r in words if not r["topic"].endswith("_nouns")}
        language = self._language(reference)
        self._complete(plans.values(), styles, sentences)
        if self.problems or reference is None or newscodes is None or self.lexicon is None or language is None:
            raise RuleError(sorted(self.problems, key=lambda p: (p.file, p.line)))
        return RulePack(
            directory=self.root,
            hash=pack_hash(self.root),
            reference=reference,
            newscodes=newscodes,
            lexicon=self.lexicon,
            realiser=realiser_of(self.lexicon),
            sentences={kind: tuple(rules) for kind, rules in sentences.items()},
            tables={kind: table_of(rules) for kind, rules in sentences.items()},
            traits={
                saying.pattern.id: saying.traits
                for rules in sentences.values()
                for rule in rules
                for saying in rule.order
            },
            rule_of={pattern.id: entry.rule for entry in self.entries for pattern in entry.patterns},
            angles=angles,
            plans=plans,
            styles=styles,
            topics=topics,
            share_nouns=frozenset(nouns),
            article_nouns=frozenset(article_nouns),
            areas={p.id: p.region for p in reference.places.values()},
            language=language,
            entries=tuple(self.entries),
        )

    def _complete(
        self,
        plans: Iterable[kinds.PlanRule],
        styles: Mapping[str, Style],
        sentences: Mapping[str, Sequence[SentenceRule]],
    ) -> None:
        """What an article cannot do without, once every file is sound."""
        if self.problems:
            return
        for layout in kinds.LAYOUTS:
            if not any(layout in plan.layouts for plan in plans):
                self.problems.append(RuleProblem("plans", 0, "no plan for the layout", layout, kinds.LAYOUTS))
        if DEFAULT_STYLE not in styles:
            self.problems.append(RuleProblem("styles", 0, "no style called", DEFAULT_STYLE, tuple(sorted(styles))))
        for kind in kinds.NEEDED:
            if kind not in sentences:
                self.problems.append(RuleProblem("sentences", 0, "no rule says a message of the kind", kind))

    def _reference(self) -> Reference | None:
        try:
            return load_reference(self.root / "reference")
        except ReferenceDataError as error:
            self.problems.extend(
                RuleProblem(f"reference/{p.file}", p.line, p.message, "", tuple(p.allowed or ()), p.nearest)
                for p in error.problems
            )
        return None

    def _newscodes(self) -> NewsCodes | None:
        try:
            return load_newscodes(self.root)
        except RuleError as error:
            self.problems.extend(error.problems)
        return None

    def _language(self, reference: Reference | None) -> Language | None:
        if reference is None:
            return None
        try:
            return load_language(self.root, reference)
        except RuleError as error:
            self.problems.extend(error.problems)
        return None

    def _lexicon(self) -> None:
        try:
            self.lexicon = load_lexicon(self.root / "lexicon")
        except RuleError as error:
            self.problems.extend(error.problems)

    def _records(self, where: str, kind: Any) -> list[Record]:
        """The checked records of a file, or of every file of a folder; each keeps its file and line."""
        path = self.root / where
        files = [path] if path.suffix else sorted(path.glob("*.yaml"))
        found: list[Record] = []
        if not files or not files[0].exists():
            self.problems.append(RuleProblem(where, 0, "no rule file here"))
            return found
        for file in files:
            label = file.relative_to(self.root).as_posix()
            known = len(self.problems)
            try:
                records = check_all(read_yaml(file, label), kind, label, self.problems)
            except RuleError as error:
                self.problems.extend(error.problems)
                continue
            if len(self.problems) == known:  # nothing is built from a file with faults: they would breed others
                for record in records:
                    record["_file"] = label
                found.extend(records)
        return found

    def _styles(self, reference: Reference | None) -> Mapping[str, Style]:
        moves = tuple(self.lexicon.by_say) if self.lexicon is not None else ()
        places = tuple(reference.places) if reference is not None else ()
        records = self._records("styles", kinds.style_kind(moves, places))
        return read_styles(records, self.lexicon, self.problems)

    def _sentences(self) -> dict[str, list[SentenceRule]]:
        made: dict[str, list[SentenceRule]] = {}
        for folder in ("sentences", "events"):
            for record in self._records_of_sentences(folder):
                file = record.pop("_file")
                rule = f"{file}:{record.line} {record['rule']}"
                turns, alone = bool(record["turns"]), bool(record["alone"])
                self._add(made, record["for"], record["rule"], rule, file, record, turns, whole=turns, alone=alone)
        return made

    def _records_of_sentences(self, folder: str) -> list[Record]:
        files = [f for f in sorted((self.root / folder).glob("*.yaml")) if f.name != "topics.yaml"]
        if not files:
            self.problems.append(RuleProblem(folder, 0, "no rule file here"))
        return [record for file in files for record in self._records(f"{folder}/{file.name}", kinds.SENTENCE)]

    def _add(
        self,
        made: dict[str, list[SentenceRule]],
        kind: str,
        name: str,
        rule: str,
        file: str,
        record: Record,
        turns: bool,
        whole: bool,
        alone: bool = True,
    ) -> None:
        when: Expression | None = record["when"]
        sources: Texts = record["say"]
        sayings: list[Saying] = []
        for source, line in zip(sources, sources.lines, strict=True):
            pattern = self._pattern(source, rule, file, line)
            if pattern is not None:
                assert self.lexicon is not None  # else there is no pattern
                traits = traits_of(pattern, self.lexicon, alone)
                resolvers = tuple((SLOTS[slot.name][0], slot.form) for slot in pattern.slots)
                sayings.append(Saying(len(sayings), pattern, traits, resolvers, movers_of(pattern)))
        if sayings:
            self.entries.append(
                Entry(
                    name=name,
                    rule=rule,
                    kind=kind,
                    file=file,
                    line=record.line,
                    says=record["says"] or "",
                    when=when,
                    patterns=tuple(saying.pattern for saying in sayings),
                    lines=sources.lines,
                    tests=record["tests"],
                )
            )
            ways = ways_of(sayings, whole)
            made.setdefault(kind, []).append(
                SentenceRule(
                    name,
                    kind,
                    when,
                    ways=ways,
                    order=tuple(saying for way in ways for saying in way),
                    ids=frozenset(saying.pattern.id for saying in sayings),
                    acts=frozenset().union(*[saying.traits.acts for saying in sayings]),
                    turns=turns,
                )
            )

    def _pattern(self, source: str, rule: str, file: str, line: int) -> Pattern | None:
        if self.lexicon is None:
            return None
        try:
            pattern = parse_pattern(source, rule, self.lexicon)
        except RuleError as error:
            self.problems.extend(
                RuleProblem(file, line, p.message, p.value or source, p.allowed, p.nearest) for p in error.problems
            )
            return None
        for slot in pattern.slots:
            if slot.name not in SLOTS:
                self.problems.append(
                    RuleProblem(file, line, "unknown slot", slot.name, tuple(sorted(SLOTS)), nearest(slot.name, SLOTS))
                )
                return None
        self.number += 1
        return pattern._replace(id=f"p{self.number}")

    def _angles(self, sentences: dict[str, list[SentenceRule]]) -> tuple[AngleRule, ...]:
        made: list[AngleRule] = []
        first: dict[str, str] = {}
        for record in self._records("angles", kinds.ANGLE):
            file = record["_file"]
            name = record["angle"]
            self._named(name, record, first)
            rule = f"{file}:{record.line} {name}"
            for part, kind in (
                ("headline", f"headline.{name}"),
                ("headline_second", f"headline.second.{name}"),
                ("lede", f"lede.{name}"),
                ("lede_second", f"lede.second.{name}"),
            ):
                for number, way in enumerate(record.get(part) or (), start=1):
                    own = f"{name}.{part}.{number}"
                    turns = part in ("headline", "headline_second", "lede")
                    where = f"{file}:{way.line} {own}"
                    self._add(sentences, kind, own, where, file, way, turns, whole=part == "lede")
            for condition, cases in (
                (record["when"], record["tests"]),
                *((points["points"], points["tests"]) for points in record["score"]),
            ):
                self.problems.extend(failures(condition, cases, file))
            made.append(
                AngleRule(
                    name=name,
                    family=record["family"],
                    over=record["over"],
                    role=record.get("role") or "none",
                    says=record["says"],
                    when=record["when"],
                    score=tuple(Points(p["points"], p["says"]) for p in record["score"]),
                    evidence=tuple(e for e in (self._evidence(x, file) for x in record["evidence"]) if e),
                    sections=tuple(record.get("sections") or ()),
                    rule=rule,
                    names=tuple(record["names"]),
                    wall_street=record["wall_street"],
                )
            )
        names = {r.name for r in made}
        for missing in [name for name in kinds.ANGLES if name not in names] if not self.problems else ():
            close = nearest(missing, names - set(kinds.ANGLES))
            self.problems.append(RuleProblem("angles", 0, "no rule for the contract's angle", missing, (), close))
        return tuple(made)

    def _named(self, name: str, record: Record, first: dict[str, str]) -> None:
        """An angle's name is one of the contract's or new: small letters, not that of another entry or of a message."""
        file, line = record["_file"], record.line_of("angle")
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
            self.problems.append(RuleProblem(file, line, "an angle's name is in small letters, joined by _", name))
        taken = [kind for kind in kinds.MESSAGES if kind in (f"headline.{name}", f"lede.{name}")]
        if taken or name == "second":
            self.problems.append(RuleProblem(file, line, "an angle cannot have the name of a message", name))
        if name in first:
            self.problems.append(RuleProblem(file, line, f"this angle is already in {first[name]}", name))
        first.setdefault(name, f"{file}, line {line}")

    def _evidence(self, record: Record, file: str) -> Evidence | None:
        parts: list[str | Expression] = []
        rest = record["say"] or ""
        while rest:
            before, brace, after = rest.partition("{")
            if before:
                parts.append(before)
            if not brace:
                break
            inside, _, rest = after.partition("}")
            try:
                parts.append(compile_expression(inside, kinds.NAMES, file, record.line_of("say")))
            except RuleError as error:
                self.problems.extend(error.problems)
                return None
        return Evidence(tuple(parts), record.get("when"))
