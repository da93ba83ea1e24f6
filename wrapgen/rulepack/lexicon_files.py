"""Reads the three files of the lexicon: every fault of all of them at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wrapgen.rulepack.errors import RuleError, RuleProblem, unknown
from wrapgen.rulepack.lexicon import (
    DIRECTIONS,
    KINDS,
    LARGEST,
    SMALLEST,
    Band,
    Finder,
    Fit,
    Lexicon,
    MoveNoun,
    MoveVerb,
    Near,
    Parts,
    Word,
)
from wrapgen.rulepack.yamlfile import Items, Record, parse_yaml, read_bytes

_FILES = ("verbs.yaml", "nouns.yaml", "moves.yaml")
_FIGURES = ("printed", "required", "optional", "never")
_ENOUGH = 3
# Of a form that several tags share ("cut", "helped"), the first is what a lone verb is taken for.
_TAGS = ("third", "past", "past_participle", "participle")
_OF_BE = {"are": "third", "am": "third", "were": "past"}


def _finder(fits: Sequence[Fit[Word]]) -> Finder[Word]:
    """Finds the nearest; moves are sent with one or two decimals, so that few sizes come up again and again."""
    return lru_cache(maxsize=1024)(partial(_nearest, fits))


def _nearest(fits: Sequence[Fit[Word]], size: float) -> tuple[Near[Word], ...]:
    at = max(size, 0.01)
    fitting = [
        (at / typical if at > typical else typical / at, number, word)
        for number, (low, high, typical, word) in enumerate(fits)
        if low <= size <= high
    ]
    fitting.sort()
    return tuple([(ratio, word) for ratio, _, word in fitting])


def load_lexicon(folder: Path | str) -> Lexicon:
    """Reads ``verbs.yaml``, ``nouns.yaml`` and ``moves.yaml`` of a folder.

    Raises RuleError with every problem of all three.
    """
    contents: list[bytes] = []
    problems: list[RuleProblem] = []
    for file in _FILES:
        try:
            contents.append(read_bytes(Path(folder) / file, f"lexicon/{file}"))
        except RuleError as error:
            problems.extend(error.problems)
            contents.append(b"")
    try:
        lexicon = _lexicon(tuple(contents))
    except RuleError as error:
        problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    return lexicon


# One object for packs with the same words: what hangs on them alone, patterns and shapes, is then made once. An editor
# changes sentences ten times for every verb, and each change is checked.
@lru_cache(maxsize=4)
def _lexicon(contents: tuple[bytes, ...]) -> Lexicon:
    """The lexicon of the three files. Raises RuleError."""
    reader = _Reader(dict(zip(_FILES, contents, strict=True)))
    verbs = reader.verbs()
    nouns = reader.nouns()
    moves, move_nouns = reader.moves()
    if reader.problems:
        raise RuleError(reader.problems)
    by_name = sorted(move_nouns, key=lambda noun: noun.say)  # of nouns equally near
    verb_fits = {
        (direction, kind, printed): _fits(
            [m for m in moves if m.figure != ("never" if printed else "printed")], direction, kind
        )
        for direction in DIRECTIONS
        for kind in KINDS
        for printed in (True, False)
    }
    noun_fits = {(direction, kind): _fits(by_name, direction, kind) for direction in DIRECTIONS for kind in KINDS}
    return Lexicon(
        verbs=MappingProxyType(verbs),
        readings=MappingProxyType(_readings(verbs)),
        reporting=frozenset(reader.reporting),
        plurals=MappingProxyType(nouns),
        numbers=MappingProxyType(reader.numbers),
        collectives=frozenset(reader.collectives),
        moves=moves,
        move_nouns=move_nouns,
        by_say=MappingProxyType({move.say: move for move in moves}),
        verb_fits=MappingProxyType(verb_fits),
        noun_fits=MappingProxyType(noun_fits),
        unsized_verbs=MappingProxyType(
            {key: tuple(fit.word for fit in fits if fit.word.states_no_size) for key, fits in verb_fits.items()}
        ),
        near_verbs=MappingProxyType({key: _finder(fits) for key, fits in verb_fits.items()}),
        near_nouns=MappingProxyType({key: _finder(fits) for key, fits in noun_fits.items()}),
    )


def _fits(words: Sequence[Word], direction: str, kind: str) -> tuple[Fit[Word], ...]:
    bands = [(word, word.band(kind)) for word in words if word.direction == direction]
    return tuple(Fit(band.low, band.high, max(band.typical, 0.01), word) for word, band in bands)


def _readings(verbs: Mapping[str, Parts]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for position, tag in enumerate(_TAGS):
        for lemma, parts in verbs.items():
            found.setdefault(parts[position], []).append((lemma, tag))
    for form, tag in _OF_BE.items():
        found.setdefault(form, []).append(("be", tag))
    for lemma in verbs:
        found.setdefault(lemma, []).append((lemma, "base"))
    return {form: tuple(readings) for form, readings in found.items()}


class _Reader:
    """The three files being read; gathers problems as it goes."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.problems: list[RuleProblem] = []
        self.known: set[str] = set()  # verbs named in the file, be their forms right or wrong
        self.reporting: list[str] = []
        self.collectives: list[str] = []
        self.numbers: dict[str, bool] = {}
        self.nouns_known: dict[str, str] = {}

    def refuse(self, file: str, line: int, message: str, value: Any = "") -> None:
        self.problems.append(RuleProblem(f"lexicon/{file}", line, message, str(value)))

    def load(self, file: str) -> Any:
        try:
            return parse_yaml(self.contents[file], f"lexicon/{file}")
        except RuleError as error:
            self.problems.extend(error.problems)
            return None

    def records(self, file: str, value: Any, keys: tuple[str, ...]) -> list[Record]:
        """The mappings of a list, each with known keys only and the first of ``keys`` there as text."""
        if value is None:
            return []
        if not isinstance(value, Items):
            self.refuse(file, getattr(value, "line", 0), "must be a list of records")
            return []
        good: list[Record] = []
        seen: dict[str, int] = {}
        for record, line in zip(value, value.lines, strict=True):
            if not isinstance(record, Record):
                self.refuse(file, line, f"must be a record with {keys[0]}", record)
                continue
            for key in record:
                if key not in keys:
                    self.problems.append(unknown(f"lexicon/{file}", record.line_of(key), "unknown key", key, keys))
            name = record.get(keys[0])
            if not isinstance(name, str) or not name.strip():
                self.refuse(file, record.line, f"{keys[0]} is missing or not text")
                continue
            if keys[0] != "say":
                if name in seen:
                    self.refuse(file, record.line, f"{keys[0]} already on line {seen[name]}", name)
                    continue
                seen[name] = record.line
            good.append(record)
        return good

    def verbs(self) -> dict[str, Parts]:
        file = "verbs.yaml"
        found: dict[str, Parts] = {}
        for record in self.records(file, self.load(file), ("verb", "forms", "that")):
            self.known.add(record["verb"])
            forms = record.get("forms")
            line = record.line_of("forms")
            if not isinstance(forms, Items) or len(forms) != 4 or not all(isinstance(f, str) and f for f in forms):
                self.refuse(
                    file,
                    line,
                    "forms must be [third person, past, past participle, participle] of",
                    record["verb"],
                )
                continue
            found[record["verb"]] = Parts(*forms)
            if record.get("that") is True:
                self.reporting.append(record["verb"])
            elif "that" in record:
                self.refuse(file, record.line_of("that"), "that must be true or left out", record["that"])
        return found

    def nouns(self) -> dict[str, str]:
        file = "nouns.yaml"
        found: dict[str, str] = {}
        for record in self.records(file, self.load(file), ("noun", "plural", "number", "irregular", "collective")):
            noun = record["noun"]
            plural = record.get("plural", Items())
            forms = [plural] if isinstance(plural, str) else plural
            if not isinstance(forms, list) or not all(isinstance(form, str) and form for form in forms):
                self.refuse(file, record.line_of("plural"), "plural must be a word or a list of words", plural)
                continue
            number = record.get("number", "singular")
            if number not in ("singular", "plural"):
                self.problems.append(
                    unknown(
                        f"lexicon/{file}",
                        record.line_of("number"),
                        "unknown number",
                        str(number),
                        ("singular", "plural"),
                    )
                )
            for form in forms:
                self.numbers[form] = True
            self.numbers[noun] = number == "plural"
            if forms:
                found[noun] = forms[0]
            elif number == "plural":
                found[noun] = noun
            if record.get("collective") is True:
                self.collectives.append(noun)
            elif "collective" in record:
                self.refuse(
                    file,
                    record.line_of("collective"),
                    "collective must be true or left out",
                    record["collective"],
                )
        self.nouns_known = found
        return found

    def moves(self) -> tuple[tuple[MoveVerb, ...], tuple[MoveNoun, ...]]:
        file = "moves.yaml"
        data = self.load(file)
        if data is None:
            return (), ()
        if not isinstance(data, Record):
            self.refuse(file, 0, "must have the keys verbs and nouns")
            return (), ()
        for key in data:
            if key not in ("verbs", "nouns"):
                self.problems.append(
                    unknown(f"lexicon/{file}", data.line_of(key), "unknown key", key, ("verbs", "nouns"))
                )
        before = len(self.problems)
        said = [
            move
            for record in self.records(
                file, data.get("verbs"), ("say", "direction", "index", "stock", "figure", "figure_join")
            )
            if (move := self.move_verb(file, record)) is not None
        ]
        nouns = [
            noun
            for record in self.records(file, data.get("nouns"), ("say", "direction", "index", "stock"))
            if (noun := self.move_noun(file, record)) is not None
        ]
        if len(self.problems) == before:
            self.cover(file, data.line_of("verbs"), said)
        return tuple(said), tuple(nouns)

    def move_verb(self, file: str, record: Record) -> MoveVerb | None:
        lemma = record["say"].split()[0]
        if self.known and lemma not in self.known:
            self.problems.append(
                RuleProblem(
                    f"lexicon/{file}",
                    record.line_of("say"),
                    "verb that lexicon/verbs.yaml does not list; a new one needs its four forms there, a line in "
                    f'check/moves.yaml (say: "[{lemma}]"), and one in check/verbs.yaml where it is irregular:',
                    lemma,
                    nearest=unknown("", 0, "", lemma, self.known).nearest,
                )
            )
        direction = self.one_of(file, record, "direction", DIRECTIONS)
        figure = self.one_of(file, record, "figure", _FIGURES, "optional")
        join = record.get("figure_join", "")
        if join is None or not isinstance(join, str):
            self.refuse(file, record.line_of("figure_join"), "figure_join must be a word or left out", join)
        index, stock = self.band(file, record, "index"), self.band(file, record, "stock")
        if direction is None or figure is None or index is None or stock is None:
            return None
        return MoveVerb(record["say"], direction, index, stock, figure, join)

    def move_noun(self, file: str, record: Record) -> MoveNoun | None:
        noun = record["say"]
        if self.numbers and noun not in self.numbers:
            self.problems.append(
                RuleProblem(
                    f"lexicon/{file}",
                    record.line_of("say"),
                    "noun that nouns.yaml does not list",
                    noun,
                    nearest=unknown("", 0, "", noun, self.numbers).nearest,
                )
            )
        direction = self.one_of(file, record, "direction", DIRECTIONS)
        index, stock = self.band(file, record, "index"), self.band(file, record, "stock")
        if direction is None or index is None or stock is None:
            return None
        return MoveNoun(noun, self.nouns_known.get(noun), direction, index, stock)

    def one_of(self, file: str, record: Record, key: str, allowed: tuple[str, ...], default: str = "") -> str | None:
        value = record.get(key, default)
        if value in allowed:
            return str(value)
        self.problems.append(unknown(f"lexicon/{file}", record.line_of(key), f"unknown {key}", str(value), allowed))
        return None

    def band(self, file: str, record: Record, key: str) -> Band | None:
        value = record.get(key)
        if isinstance(value, list) and len(value) == 3 and all(type(item) in (int, float) for item in value):
            low, high, typical = (float(item) for item in value)
            if 0 <= low <= typical <= high:
                return Band(low, high, typical)
        shown = list(value) if isinstance(value, list) else value
        self.refuse(
            file,
            record.line_of(key),
            f"{key} must be [from, to, typical] with 0 <= from <= typical <= to, not",
            shown,
        )
        return None

    def cover(self, file: str, line: int, moves: list[MoveVerb]) -> None:
        """Refuses a table in which some size of move has fewer verbs than variation needs."""
        for direction in ("up", "down"):
            for kind in KINDS:
                bands = [move.band(kind) for move in moves if move.direction == direction]
                edges = sorted({SMALLEST, LARGEST, *(e for b in bands for e in b[:2] if SMALLEST < e < LARGEST)})
                middles = [(a + b) / 2 for a, b in zip(edges, edges[1:], strict=False)]
                for size in sorted([*edges, *middles]):
                    if sum(band.holds(size) for band in bands) < _ENOUGH:
                        self.refuse(
                            file,
                            line,
                            f"fewer than {_ENOUGH} verbs of {kind} moves {direction} for a size of",
                            f"{size:g}%",
                        )
                        break
