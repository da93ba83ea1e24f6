"""From a fact back to what was sent: pointers with their values, the operation, the rounding.

Each figure is worked out anew from the JSON, by its own arithmetic, and held against the printed words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from wrapgen.intake.snapshot import Snapshot
from wrapgen.text import Derived, FactRef
from wrapgen.wording.figures import MAGNITUDES, count_words, number_of, ordinal
from wrapgen.wording.style import Style

_SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_LETTERS = {letters: word for word, letters in MAGNITUDES.items()}
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST_DECIMALS = 4
# What an approximation lets rounding do: "more than 2%" of 2.06 must stay true.
_WAYS = (
    ("more than ", ROUND_FLOOR, "rounded down"),
    ("nearly ", ROUND_CEILING, "rounded up"),
    ("less than ", ROUND_CEILING, "rounded up"),
)
_SUMMARY = ("id", "direction", "change_pct", "change", "level", "session", "closed")


class Input(NamedTuple):
    """A value that was sent, and where."""

    pointer: str
    value: Any


class Step(NamedTuple):
    """From words to data: ``text`` states ``fact`` (a pointer, or the name of a derived fact), which ``operation``
    made of ``inputs``; it gave ``value``, which ``rounding`` made the text. ``names`` is the id that it names.
    """

    text: str
    names: str | None
    fact: str
    operation: str
    inputs: tuple[Input, ...]
    value: Any = None
    rounding: str = ""
    borne_out: bool = True

    def to_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "inputs": [source._asdict() for source in self.inputs]}


class Origins:
    """The facts of one article, traced. ``derived`` has value and operation of the derived facts by name."""

    def __init__(
        self, sent: Mapping[str, Any], snapshot: Snapshot, style: Style, derived: Mapping[str, tuple[Any, str]]
    ) -> None:
        self.sent, self.snapshot, self.style, self.derived = sent, snapshot, style, derived
        self.pointers = {
            **{
                m.id: (m.pointer, "name" if "name" in self.at(m.pointer) and not m.known else "id")
                for m in snapshot.markets
            },
            **{s.id: (s.pointer, "name") for s in snapshot.stocks},
        }

    def at(self, place: str) -> Any:
        """The value at a JSON pointer. LookupError where nothing was sent there."""
        value: Any = self.sent
        for token in place.split("/")[1:]:
            token = token.replace("~1", "/").replace("~0", "~")
            value = value[int(token)] if isinstance(value, (list, tuple)) else value[token]
        return value

    def step(self, fact: FactRef, text: str, names: str | None) -> Step:
        """The chain of one fact behind ``text``; without text, of a fact on which the sentence rests."""
        if isinstance(fact, Derived):
            return self._derived(fact, text, names)
        try:
            value = self.at(fact)
        except (LookupError, TypeError, ValueError):
            return Step(text, names, fact, "nothing was sent there", (), borne_out=False)
        source = (Input(fact, _brief(value)),)
        if isinstance(value, Mapping) and isinstance(value.get("amount"), (int, float)):
            value = value["amount"]
        if isinstance(value, (int, float)) and not isinstance(value, bool) and text:
            return _printed(Step(text, names, fact, "as sent", source, value))
        return _in_words(Step(text, names, fact, "as sent", source, value))

    def name(self, ident: str, text: str) -> Step | None:
        """The chain of a name: what was sent, or the reference data's name for the id that was."""
        if ident not in self.pointers:
            return None
        place, key = self.pointers[ident]
        value = self.at(f"{place}/{key}")
        how = (
            "the name sent, or a short form of it"
            if key == "name"
            else "the name of the id, or of its place, in the reference data"
        )
        return Step(text, ident, "", how, (Input(f"{place}/{key}", value),), value)

    def _derived(self, fact: Derived, text: str, names: str | None) -> Step:
        inputs = tuple(Input(place, self.at(place)) for place in fact.sources)
        family = fact.name.partition(".")[0]
        if family == "span" and len(inputs) == 2:
            before, after = (float(source.value) for source in inputs)
            how = "the later close or level over the earlier close, in percent"
            return _printed(Step(text, names, fact.name, how, inputs, round(100 * (after / before - 1), 6)))
        if fact.name in _ARITHMETIC:
            operation, value = _ARITHMETIC[fact.name](self._given(inputs))
            return _printed(Step(text, names, fact.name, operation, inputs, value))
        if family == "milestone" and (found := self._since(fact, inputs)) is not None:
            return _in_words(found._replace(text=text, names=names))
        known, operation = self._listed(fact)
        step = Step(text, names, fact.name, operation, tuple(_brief_input(source) for source in inputs), known)
        if isinstance(known, int) and text and not isinstance(known, bool):
            return _counted(step)
        return _in_words(step) if any(char.isdigit() for char in text) else step

    def _listed(self, fact: Derived) -> tuple[Any, str]:
        """Value and operation as ``wrapgen facts`` lists them; a market's facts under the market that it is of."""
        if fact.name in self.derived:
            return self.derived[fact.name]
        for market in self.snapshot.markets:
            own = f"markets.{market.id}.{fact.name}"
            of_it = market.pointer in fact.sources or f"/history/{market.id}" in fact.sources
            if of_it and own in self.derived:
                return self.derived[own]
        return None, _OTHERS.get(fact.name, "worked out from")

    def _given(self, inputs: tuple[Input, ...]) -> _Given:
        market: dict[str, float] = {}
        stock: dict[str, float] = {}
        of = None
        for source in inputs:
            holder, _, key = source.pointer.rpartition("/")
            if holder.startswith("/history/"):
                market["previous_close"] = float(source.value)
            else:
                (stock if holder.startswith("/stocks/") else market)[key] = float(source.value)
                of = next((m for m in self.snapshot.markets if m.pointer == holder), of)
        return _Given(market, stock, of.decimals if of is not None else 2, of is not None and of.kind == "yield")

    def _since(self, fact: Derived, inputs: tuple[Input, ...]) -> Step | None:
        """The day that a derived milestone is counted from: the last whose close, or move, is not beaten."""
        kind = fact.name.partition(".")[2]
        place = next((source.pointer for source in inputs if source.pointer.startswith("/history/")), None)
        market = next((m for m in self.snapshot.markets if m.pointer in fact.sources), None)
        if place is None or market is None or kind not in _BEYOND:
            return None
        dates, closes = self.at(f"{place}/dates"), self.at(f"{place}/closes")
        if kind in ("highest", "lowest"):
            today, series = market.level, list(enumerate(closes))
        else:
            moves = [100 * (b / a - 1) for a, b in zip(closes, closes[1:], strict=False)]
            today, series = market.change_pct, list(enumerate(moves, start=1))
        if today is None:
            return None
        beyond = [index for index, value in series if not _BEYOND[kind](today, value)]
        figure = "level" if kind in ("highest", "lowest") else "change_pct"
        sources = market.worked_out.get(figure) or (f"{market.pointer}/{figure}",)
        values = [Input(source, self.at(source)) for source in sources]
        if not beyond:
            first = Input(f"{place}/dates/0", dates[0])
            return Step(
                "", None, fact.name, "beyond every close sent, the first of which is of", (first, *values), dates[0]
            )
        last = beyond[-1]
        found = (Input(f"{place}/dates/{last}", dates[last]), Input(f"{place}/closes/{last}", closes[last]))
        operation = f"the last day of the history with a {_DAYS[kind]} as {kind.split('_')[0]}"
        return Step("", None, fact.name, operation, (*found, *values), dates[last])


_BEYOND: Mapping[str, Callable[[float, float], bool]] = {
    "highest": lambda today, then: today > then,
    "lowest": lambda today, then: today < then,
    "best_day": lambda today, then: today > then,
    "worst_day": lambda today, then: today < then,
}
_DAYS = {
    "highest": "close as high",
    "lowest": "close as low",
    "best_day": "rise as large",
    "worst_day": "fall as large",
}
_OTHERS = {
    "ratio": "its move over the next largest place's",
    "margin": "its move less the next place's",
    "near": "the peak or trough of the closes sent that it comes near",
}


class _Given(NamedTuple):
    """The inputs of one figure: the market's, and a stock's, by key; ``previous_close`` may be history's last."""

    market: Mapping[str, float]
    stock: Mapping[str, float]
    decimals: int  # of the market's level
    is_yield: bool

    @property
    def change(self) -> float:
        if "change" in self.market:
            return self.market["change"]
        made = self.market["level"] - self.market["previous_close"]
        return round(100 * made, 1) if self.is_yield else round(made, self.decimals)

    @property
    def before(self) -> float:
        """The close before today's."""
        if "previous_close" in self.market:
            return self.market["previous_close"]
        if "change" in self.market:
            return round(self.market["level"] - self.market["change"], self.decimals)
        return self.market["level"] / (1 + self.market.get("change_pct", 0.0) / 100)


def _change(given: _Given) -> tuple[str, float]:
    return f"level less the close before{', in basis points' if given.is_yield else ''}", given.change


def _change_pct(given: _Given) -> tuple[str, float]:
    how = "change" if "change" in given.market else "(level less the close before)"
    before = "the close before" if "previous_close" in given.market else "(level less change)"
    return f"{how} over {before}, in percent to two decimals", round(100 * given.change / given.before, 2)


def _level(given: _Given) -> tuple[str, float]:
    change = given.change / 100 if given.is_yield else given.change
    return "the close before and the change", round(given.before + change, given.decimals)


def _index_points(given: _Given) -> tuple[str, float]:
    made = given.before * given.stock["weight_pct"] / 100 * given.stock["change_pct"] / 100
    return "weight times move, of the index before its own move", round(made, 2)


_ARITHMETIC: Mapping[str, Callable[[_Given], tuple[str, float]]] = {
    "change": _change,
    "change_pct": _change_pct,
    "level": _level,
    "index_points": _index_points,
}


def _printed(step: Step) -> Step:
    """How a figure became its text: as it is, or by the finest rounding that gives it."""
    value = abs(step.value)
    for match in _FIGURE.finditer(step.text):
        behind = step.text[match.end() :].split()[:1]
        word = _LETTERS.get(behind[0], behind[0]) if behind else ""
        scale = _SCALES.get(word, 1)
        shown = Decimal(match[0].replace(",", ""))
        exact = Decimal(repr(float(value))) / scale
        sign = "" if step.value >= 0 or "minus" in step.text else "without its sign, "
        unit = f"in {word}s, " if scale > 1 else ""
        if exact == shown:
            return step._replace(rounding=f"{sign}{unit}printed as it is".strip())
        for opening, way, said in (*_WAYS, ("", ROUND_HALF_UP, "rounded")):
            if not step.text.startswith(opening):
                continue
            for places in range(_MOST_DECIMALS, -1, -1):
                figure = exact.quantize(Decimal(1).scaleb(-places), rounding=way)
                if figure == shown:
                    many = "no decimal" if not places else f"{places} decimal{'s' if places > 1 else ''}"
                    return step._replace(rounding=f"{sign}{unit}{said} to {many}: {figure:,f}")
    if any(char.isdigit() for char in step.text):
        return step._replace(borne_out=False)
    counted = _counted(step) if float(step.value).is_integer() else None
    return counted if counted is not None and counted.borne_out else step._replace(rounding="its sign, in a word")


def _counted(step: Step) -> Step:
    """A small number in words, or an ordinal."""
    number = int(step.value)
    ways = (ordinal, lambda n: ordinal(n, 13), lambda n: count_words(n, 13))
    words = {f"{number:,}", *(way(number) for way in ways if number >= 0)}
    first = re.split(r"[ -]", step.text.lower())[0]
    return step._replace(rounding="printed as it is" if first[:1].isdigit() else "in words", borne_out=first in words)


def _in_words(step: Step) -> Step:
    """Words of what was sent: every number in them must be one that stands there."""
    own = _numbers(step.value if step.value is not None else [source.value for source in step.inputs])
    own |= _numbers_in_words(step.value)
    said = _numbers(step.text)
    changed = bool(step.text) and step.text != step.value
    return step._replace(rounding="in the words of the house" if changed else "", borne_out=said <= own)


def _numbers(value: Any) -> set[str]:
    """Every number in a value and in what it holds: of 2025-10-02 2025, 10 and 2."""
    if isinstance(value, Mapping):
        return {number for item in value.values() for number in _numbers(item)}
    if isinstance(value, (list, tuple)):
        return {number for item in value for number in _numbers(item)}
    found = _FIGURE.findall(str(value))
    return {str(Decimal(number.replace(",", "")).normalize()) for number in found}


def _numbers_in_words(value: Any) -> set[str]:
    """The small numbers that stand in words in a text that was sent: the house may print them in figures."""
    counted = [number_of(word) for word in value.split()] if isinstance(value, str) else []
    return {str(Decimal(number).normalize()) for number in counted if number is not None}


def _brief(value: Any) -> Any:
    """A value as an explanation shows it: of a market its figures, of a history its span."""
    if not isinstance(value, Mapping):
        return value
    if "dates" in value and "closes" in value:
        dates = value["dates"]
        return {"closes": len(dates), **({"from": dates[0], "to": dates[-1]} if dates else {})}
    if "id" in value and "type" not in value:
        return {key: value[key] for key in _SUMMARY if key in value}
    return value


def _brief_input(source: Input) -> Input:
    return Input(source.pointer, _brief(source.value))
