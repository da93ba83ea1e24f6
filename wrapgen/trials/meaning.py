"""What a name of the rule files means, where it is used, and on which days it was heard: a fact, a rule, a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from wrapgen.clause import Clause, Part, Pattern, Verb
from wrapgen.errors import OptionError
from wrapgen.intake.schema import FRAMES, TELLING
from wrapgen.rulepack.entries import Entry
from wrapgen.rulepack.kinds import NAMES
from wrapgen.rulepack.lexicon import KINDS, MoveVerb
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.source import rule_source
from wrapgen.trials.fired import Fired, Firing
from wrapgen.wording.slots import SLOTS

_NEAREST = 5  # names that are offered for one that is unknown


@dataclass(frozen=True, slots=True)
class Meaning:
    """The answer: a title, sentences on what it is, the places that use it, and the days with a sentence each."""

    kind: str
    name: str
    says: tuple[str, ...]
    used: tuple[str, ...]
    heard: tuple[Firing, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "says": list(self.says),
            "used": list(self.used),
            "heard": [{"day": f.day, "sentence": f.sentence, "articles": f.articles} for f in self.heard],
        }

    def render(self) -> str:
        lines = [f"{self.name}, {self.kind}", "", *(f"    {line}" for line in self.says)]
        if self.kind != "a rule":
            lines += ["", f"used in {len(self.used)} places"] + [f"    {place}" for place in self.used]
        lines += ["", f"heard on {len(self.heard)} of the sample days"]
        lines += [f"    {firing.day}: {firing.sentence}" for firing in self.heard]
        return "\n".join(lines) + "\n"


def meanings(pack: RulePack, name: str) -> tuple[str, ...]:
    """Which kinds of thing have this name: ``fact``, ``rule``, ``angle``, ``verb``, ``slot``, ``event``."""
    verb = pack.lexicon.lemma_of(name)
    found = {
        "fact": name in NAMES,
        "angle": any(rule.name == name for rule in pack.angles),
        "rule": any(entry.name == name for entry in pack.entries),
        "verb": verb is not None or name in pack.lexicon.by_say,
        "slot": name in SLOTS,
        "event": name in FRAMES,
    }
    return tuple(kind for kind, there in found.items() if there)


def meaning(pack: RulePack, name: str, heard: Fired) -> tuple[Meaning, ...]:
    """Everything that the pack knows by ``name``. Raises OptionError, with the nearest, for an unknown name."""
    kinds = meanings(pack, name)
    if not kinds:
        near = tuple(get_close_matches(name, known(pack), n=_NEAREST, cutoff=0.5))
        what = "fact, rule, angle, verb, slot or type of event"
        message = f"{name[:40]!r} is no {what}; wrapgen rules facts lists facts and slots"
        raise OptionError("NAME", message, near or None, near[0] if near else None)
    explain = {"fact": _fact, "rule": _rule, "angle": _angle, "verb": _verb, "slot": _slot, "event": _event}
    return tuple(explain[kind](pack, name, heard) for kind in kinds)


def known(pack: RulePack) -> list[str]:
    return sorted(
        {
            *NAMES.names(),
            *(entry.name for entry in pack.entries),
            *(rule.name for rule in pack.angles),
            *pack.lexicon.verbs,
            *SLOTS,
            *FRAMES,
        }
    )


def _fact(pack: RulePack, name: str, heard: Fired) -> Meaning:
    entries = [entry for entry in pack.entries if entry.when is not None and name in entry.when.names]
    places = [f"{entry.rule}: {entry.when.text}" for entry in entries if entry.when is not None]
    for angle in pack.angles:
        asked = [angle.when, *(points.expression for points in angle.score)]
        places += [f"{angle.rule}: {each.text}" for each in asked if name in each.names]
    firings = [firing for entry in entries for firing in heard.rules.get(entry.rule, ())]
    return Meaning("a fact", name, (str(NAMES.describe(name)),), tuple(places), _one_a_day(firings))


def _rule(pack: RulePack, name: str, heard: Fired) -> Meaning:
    entry = next(entry for entry in pack.entries if entry.name == name)
    source = rule_source(pack.directory, entry.rule)
    cases = f"{len(entry.tests)} case{'s' if len(entry.tests) != 1 else ''} beside it"
    says = [*([entry.says] if entry.says else []), f"Says {entry.kind}; {source.place}; {cases}.", *source.lines]
    return Meaning("a rule", name, tuple(says), (), heard.rules.get(entry.rule, ()))


def _angle(pack: RulePack, name: str, heard: Fired) -> Meaning:
    rule = next(rule for rule in pack.angles if rule.name == name)
    says = [rule.says, f"Holds when {rule.when.text}."]
    says += [f"{points.expression.text}: {points.says}" for points in rule.score]
    entries = [e for e in pack.entries if e.rule.split()[-1].startswith(f"{name}.")]
    firings = [firing for entry in entries for firing in heard.rules.get(entry.rule, ())]
    return Meaning("an angle", name, tuple(says), tuple(entry.rule for entry in entries), _one_a_day(firings))


def _verb(pack: RulePack, name: str, heard: Fired) -> Meaning:
    lexicon = pack.lexicon
    lemma = name.split()[0] if name in lexicon.by_say else (lexicon.lemma_of(name) or (name, ""))[0]
    parts = lexicon.principal_parts(lemma)
    says = [f"{lemma}: {parts.third}, {parts.past}, {parts.past_participle}, {parts.participle}."]
    says += [_size(move) for move in lexicon.moves if move.say.split()[0] == lemma]
    if any(move.say.split()[0] == lemma for move in lexicon.moves):
        says.append("Said for [moved] where the move is of its size.")
    says += [f"Barred by the style {s.name}." for s in pack.styles.values() if lemma in s.barred_verbs]
    used = [f"{e.rule}: {p.source}" for e in pack.entries for p in e.patterns if lemma in _lemmas(p)]
    return Meaning("a verb", lemma, tuple(says), tuple(used), heard.verbs.get(lemma, ()))


def _slot(pack: RulePack, name: str, heard: Fired) -> Meaning:
    having = [(e, p) for e in pack.entries for p in e.patterns if any(slot.name == name for slot in p.slots)]
    firings = [firing for entry in _entries(having) for firing in heard.rules.get(entry.rule, ())]
    used = tuple(f"{e.rule}: {p.source}" for e, p in having)
    return Meaning("a slot", name, (SLOTS[name][1],), used, _one_a_day(firings))


def _event(pack: RulePack, name: str, heard: Fired) -> Meaning:
    ways = [sorted(keys, key=lambda key: (key in FRAMES[name], key)) for keys in TELLING.get(name, ())]
    alone = " or ".join(", ".join(way) for way in ways) or "clause or noun_phrase"
    says = [f"Told without phrases of its own where it has {alone}."]
    if FRAMES[name]:
        says.append(f"Its own keys: {', '.join(FRAMES[name])}.")
    entries = [e for e in pack.entries if e.when is not None and name in e.when.needs.get("event.type", ())]
    firings = [firing for entry in entries for firing in heard.rules.get(entry.rule, ())]
    return Meaning("a type of event", name, tuple(says), tuple(entry.rule for entry in entries), _one_a_day(firings))


def _size(move: MoveVerb) -> str:
    bands = ", ".join(f"{kind} {move.band(kind).low:g} to {move.band(kind).high:g}%" for kind in KINDS)
    return f"{move.say}: says a move {move.direction}; {bands}; its figure is {move.figure}."


def _entries(having: Sequence[tuple[Entry, Pattern]]) -> Iterator[Entry]:
    yield from {entry.name: entry for entry, _ in having}.values()


def _one_a_day(firings: Sequence[Firing]) -> tuple[Firing, ...]:
    days: dict[str, Firing] = {}
    for firing in firings:
        days.setdefault(firing.day, firing)
    return tuple(days[day] for day in sorted(days))


def _lemmas(pattern: Pattern) -> set[str]:
    def walk(part: Part) -> Iterator[str]:
        if isinstance(part, Verb) and part.lemma is not None:
            yield part.lemma
        if isinstance(part, Clause):
            if part.verb is not None:
                yield from walk(part.verb)
            for inner in (*part.link, *part.subject, *part.rest):
                yield from walk(inner)

    return set(walk(pattern.root))
