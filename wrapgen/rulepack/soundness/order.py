"""Lists in which people look things up: in alphabetical order under each of their headings.

An entry is found by eye, and a line that slid out of its place shows, as does a slip in the first letters of its name.
"""

from __future__ import annotations

from collections.abc import Sequence

from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Record

# The lists, and the key by which each is ordered; a heading is a line of comment. Not the markets: theirs is the order
# in which a house names them.
_LISTS: Sequence[tuple[str, str, str]] = (
    ("reference/places.yaml", "", "id"),
    ("reference/exchanges.yaml", "", "mic"),
    ("reference/currencies.yaml", "", "currency"),
    ("reference/symbols.yaml", "markets", "market"),
    ("reference/symbols.yaml", "exchanges", "mic"),
    ("lexicon/verbs.yaml", "", "verb"),
    ("lexicon/nouns.yaml", "", "noun"),
    ("check/moves.yaml", "", "say"),
    ("check/verbs.yaml", "", "verb"),
)


def check_order(sheets: Sheets, pack: RulePack | None) -> None:
    """Entries stand in order; of two that do not, the one is told that fits nowhere between its neighbours."""
    for file, part, key in _LISTS:
        records = sheets.part(file, part) if part else sheets.records(file)
        for group in _under_headings(sheets, file, records):
            names = [str(record.get(key, "")).strip("[]") for record in group]
            for at in out_of_order(names):
                message = f"out of alphabetical order under its heading; {whither(names, at)}:"
                sheets.refuse(file, group[at].line, message, group[at].get(key, ""))


def out_of_order(names: Sequence[str]) -> list[int]:
    """The positions of those that stand before one that comes before them in the alphabet, or behind it."""
    found: list[int] = []
    for number in range(1, len(names)):
        if names[number] < names[number - 1]:
            # The one that fits between its neighbours but for this is not the one out of place.
            after = names[number + 1] if number + 1 < len(names) else names[number]
            behind = names[number - 2] if number > 1 else ""
            fits = names[number] <= after and names[number] >= behind and (number > 1 or names[0] > after)
            found.append(number - 1 if fits else number)
    return found


def whither(names: Sequence[str], at: int) -> str:
    """Where the one that is out of order belongs."""
    before = max((name for name in names if name < names[at]), default="")
    return f"move it behind {before}" if before else "move it to the front"


def _under_headings(sheets: Sheets, file: str, records: Sequence[Record]) -> list[list[Record]]:
    lines = (sheets.root / file).read_text("utf-8").splitlines()
    headings = [number for number, text in enumerate(lines, start=1) if text.lstrip().startswith("#")]
    groups: dict[int, list[Record]] = {}
    for record in records:
        groups.setdefault(sum(heading < record.line for heading in headings), []).append(record)
    return list(groups.values())


# What one list asks for of another that has the same headings: (asking, its key, asked, its key, what is asked for).
_ASKED = (
    ("reference/places.yaml", "exchange", "reference/exchanges.yaml", "mic", "exchange"),
    ("reference/exchanges.yaml", "place", "reference/places.yaml", "id", "place"),
)


def check_lost(sheets: Sheets) -> None:
    """An entry that is asked for and is not there: where it would stand."""
    for asking, key, asked, own, what in _ASKED:
        known = {record.get(own) for record in sheets.records(asked)}
        groups = _headed(sheets, asked)
        for heading, records in _headed(sheets, asking).items():
            for record in records:
                name = record.get(key)
                if isinstance(name, str) and name not in known and groups.get(heading):
                    beside = groups[heading]
                    before = [other.line for other in beside if str(other.get(own)) < name]
                    at = max(before, default=beside[0].line - 1)
                    message = f"after this line no {what} that line {record.line} of {asking} has:"
                    sheets.refuse(asked, at, message, name)


def _headed(sheets: Sheets, file: str) -> dict[str, list[Record]]:
    """The entries under each heading."""
    if file not in sheets.files:
        return {}
    lines = (sheets.root / file).read_text("utf-8").splitlines()
    return {lines[max(0, group[0].line - 2)]: group for group in _under_headings(sheets, file, sheets.records(file))}
