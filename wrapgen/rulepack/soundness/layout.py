"""How a rule file is set: one space, one comma, keys in one order.

None of it changes what a file says. But a slip that changes nothing today hides the next one, and a line that slid into
its neighbour's place shows by this alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wrapgen.rulepack import kinds
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.records import Kind, Nested
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Items, Record

# A text in quotes as far as it goes on its line; what stands in it is its own affair.
_QUOTED = re.compile(r"""(?<![^\s\[{(:,])(["'])(?:\\.|(?!\1).)*\1""")
_FAULTS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\S {2,}\S"), "two spaces where one is wanted after"),
    (re.compile(r" +$"), "a space at the end of the line, after"),
    (re.compile(r" ,"), "a space before a comma, after"),
    (re.compile(r"[\[{] "), "a space inside a bracket, after"),
    (re.compile(r" [\]}]"), "a space inside a bracket, after"),
    (re.compile(r",(?! |$|\d{3}(?!\d))"), "no space after the comma that follows"),
)
_SHOWN = 30  # characters before a fault

_SENTENCES = ("sentences/", "events/frames")
# The order of keys of files that have no `Kind`.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "reference/gates.yaml": ("gate", "severity", "says", "limits"),
    "reference/currencies.yaml": ("currency", "symbol", "word"),
    "reference/compositions.yaml": ("region", "main", "backdrop", "context", "futures"),
    "reference/holidays.yaml": ("calendars", "weekend", "also_open", "also_closed", "made", "closed"),
    "reference/newscodes.yaml": ("provider", "genre", "urgency", "version", "topics"),
    "reference/symbols.yaml": ("vendors", "markets", "exchanges"),
    "events/topics.yaml": ("topic", "words"),
    "check/words.yaml": ("role", "sense", "say"),
    "lexicon/verbs.yaml": ("verb", "forms", "that"),
    "lexicon/nouns.yaml": ("noun", "plural", "irregular", "number", "collective"),
    "lexicon/words.yaml": ("kind", "checker", "names", "words"),
    "lexicon/moves.yaml": ("verbs", "nouns"),
    "days/unheard.yaml": ("rule", "why"),
}


_Slid = tuple[int, str, str, tuple[str, ...]]  # line, the key that belongs there, the one that stands there, the order


def check_layout(sheets: Sheets, pack: RulePack) -> None:
    """Every file is spaced alike, and its keys stand in the order of the manual."""
    check_spaces(sheets)
    for file, value in sheets.files.items():
        for line, key, before, wanted in _out_of_order(file, value):
            sheets.refuse(file, line, f"keys out of order ({', '.join(wanted)}); before {before} belongs", key)


def check_spaces(sheets: Sheets) -> None:
    """One space between what stands on a line, none inside brackets, an even number before it."""
    for file in sheets.files:
        for number, text in enumerate((sheets.root / file).read_text("utf-8").splitlines(), start=1):
            stripped = text.lstrip()
            if stripped.startswith("#"):
                continue
            indent = len(text) - len(stripped)
            if indent % 2:
                sheets.refuse(file, number, "an odd number of spaces before", stripped[:_SHOWN])
            bare = _QUOTED.sub(lambda found: "x" * len(found[0]), stripped).partition(" # ")[0]
            for fault, message in _FAULTS:
                at = fault.search(bare)
                if at is not None:
                    sheets.refuse(file, number, message, stripped[: at.start() + 1][-_SHOWN:])
                    break


def _out_of_order(file: str, value: object) -> Iterator[_Slid]:
    """The records whose keys are not in their order."""
    kind = _kind(file)
    if kind is not None:
        yield from _of_kind(kind, value)
    elif file in _KEYS:
        for record in value if isinstance(value, Items) else (value,):
            if isinstance(record, Record):
                yield from _keys(record, _KEYS[file])


def _kind(file: str) -> Kind | None:
    """What the records of a file are."""
    if file.startswith(_SENTENCES):
        return kinds.SENTENCE
    folders = {"angles": kinds.ANGLE, "plans": kinds.PLAN, "styles": kinds.style_kind()}
    return folders.get(file.partition("/")[0])


def _of_kind(kind: Kind, value: object) -> Iterator[_Slid]:
    for record in value if isinstance(value, Items) else (value,):
        if not isinstance(record, Record):
            continue
        yield from _keys(record, tuple(field.name for field in kind.fields))
        for field in kind.fields:
            if isinstance(field.type, Nested) and field.name in record:
                yield from _of_kind(field.type[0], record[field.name])


def _keys(record: Record, order: tuple[str, ...]) -> Iterator[_Slid]:
    wanted = tuple(key for key in order if key in record)
    keys = [key for key in record if key in order]
    for key, right in zip(keys, wanted, strict=True):
        if key != right:
            yield record.line_of(key), right, key, wanted
            return
