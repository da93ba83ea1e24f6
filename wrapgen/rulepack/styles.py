"""House styles from their records: every key within what the engine can print, and no move left without a verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.lexicon import DIRECTIONS, KINDS, LARGEST, SMALLEST, Lexicon
from wrapgen.rulepack.yamlfile import Record
from wrapgen.wording.style import Style

# Whole numbers from and to: figures are words up to twelve, prices are sent with two decimals. Without a decimal a move
# of 0.8% would read as 1%, which the claim checker calls false, as readers do: only headlines round, from 3% on.
_RANGES = {
    "decimals": (1, 2),
    "headline_decimals": (0, 2),
    "numbers_as_words_below": (0, 13),
    "paragraph_sentences": (0, 50),
    "paragraph_words": (0, 1000),
}
_SLOT = re.compile(r"\{[^{}]*\}?|\}")
_SLOTS = ("{what}", "{old}", "{new}")


def read_styles(records: Iterable[Record], lexicon: Lexicon | None, problems: list[RuleProblem]) -> Mapping[str, Style]:
    """The styles by name; appends what is wrong with them to ``problems``."""
    made: dict[str, Style] = {}
    first: dict[str, str] = {}
    for record in records:
        name, place = record["style"], f"{record['_file']}, line {record.line_of('style')}"
        if name in first:
            message = f"this style is already in {first[name]}"
            problems.append(RuleProblem(record["_file"], record.line_of("style"), message, name))
            continue
        first[name] = place
        made[name] = _style(record, lexicon, problems)
    return made


def _style(record: Record, lexicon: Lexicon | None, problems: list[RuleProblem]) -> Style:
    file = record["_file"]
    given = {k: v for k, v in record.items() if v not in (None, ()) and k not in ("_file", "style")}

    def refuse(key: str, message: str, value: object = "") -> None:
        problems.append(RuleProblem(file, record.line_of(key), message, str(value)))

    for key, (low, high) in _RANGES.items():
        if key in given and not (low <= given[key] <= high and given[key] == int(given[key])):
            refuse(key, f"{key} must be a whole number from {low} to {high}, not", given[key])
        elif key in given:
            given[key] = int(given[key])
    for key, letters in (("us", "US"), ("uk", "UK")):
        if given.get(key, letters).replace(".", "").removesuffix("A") != letters:
            refuse(key, f"{key} must be {letters}, with stops or without, not", given[key])
    pairs = [tuple(pair.split()) for pair in given.get("spellings", ())]
    for pair in pairs:
        if len(pair) != 2:
            refuse("spellings", "a spelling must be two words, ours and the house's, not", " ".join(pair))
    given["spellings"] = tuple(pairs)
    if "correction" in given and sorted(_SLOT.findall(given["correction"])) != sorted(_SLOTS):
        refuse(
            "correction",
            f"a correction must have {', '.join(_SLOTS)}, each once, and no other slot, not",
            given["correction"],
        )
    left = _without_verb(lexicon, frozenset(given.get("barred_verbs", ()))) if lexicon is not None else None
    if left is not None:
        refuse("barred_verbs", f"the barred verbs leave none for {left}")
    return Style(name=record["style"], **given)


def _without_verb(lexicon: Lexicon, barred: frozenset[str]) -> str | None:
    """A move of which the bars leave no verb, in words; None where every move that had one still has one."""
    for direction in DIRECTIONS:
        for kind in KINDS:
            for printed in (True, False):
                fits = lexicon.verb_fits[direction, kind, printed]
                left = [fit for fit in fits if fit.word.say not in barred]
                ends = {end for fit in fits for end in (fit.low, fit.high) if SMALLEST < end < LARGEST}
                edges = sorted({SMALLEST, LARGEST, *ends})
                middles = [(a + b) / 2 for a, b in zip(edges, edges[1:], strict=False)]
                for size in sorted([*edges, *middles]):
                    had = any(fit.low <= size <= fit.high for fit in fits)
                    if had and not any(fit.low <= size <= fit.high for fit in left):
                        beside = "with" if printed else "without"
                        way = {"up": "rises", "down": "falls"}.get(direction, "moves of nothing")
                        return f"{way} of {size:g}% of an {kind} {beside} the figure".replace("an stock", "a stock")
    return None
