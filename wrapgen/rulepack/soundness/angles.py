"""What an angle can know, by what it is asked of: facts that are never there, markets that are never asked, slots
that are never filled. Each would be an angle that no day supports, or a headline that is never said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wrapgen.angles.rank import FACTS_OVER, KINDS_ASKED
from wrapgen.rulepack import kinds
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.soundness.logic import Logic, TooMany
from wrapgen.rulepack.soundness.sayings import WAYS, slots_of
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Record
from wrapgen.wording.frames import FRAME_SLOTS

# Slots that stand for nothing but the subject of an angle over these.
_OF_SUBJECT: Mapping[str, tuple[str, ...]] = {
    "stock": ("stock", "index", "index_points", "price", "stock_change", "stock_noun", "index_change"),
    "sector": ("sector", "sector_index", "sector_index_change"),
    "event": ("event", *FRAME_SLOTS),
}
SUBJECT_OF = {slot: over for over, slots in _OF_SUBJECT.items() for slot in slots}


def check_angles(sheets: Sheets, pack: RulePack) -> None:
    """The facts, markets and slots of each angle are those of what it is asked of."""
    for file in sheets.folder("angles"):
        # As the loader checks them; what is wrong with them it has told.
        for record in check_all(sheets.files[file], kinds.ANGLE, file, []):
            _facts(sheets, file, record)
            if record["over"] == "market":
                _asked(sheets, file, record, pack)
            for part in WAYS:
                for way in record[part]:
                    for source, line in zip(way["say"], way["say"].lines, strict=True):
                        _slots(sheets, file, line, source, record["over"])


def _facts(sheets: Sheets, file: str, angle: Record) -> None:
    over = angle["over"]
    there = FACTS_OVER[over]
    for expression, line in _expressions(angle):
        for name in expression.names:
            group = name.partition(".")[0]
            if group not in there:
                message = f"an angle over {over} knows only the facts of {', '.join(there)}; it never has"
                sheets.refuse(file, line, message, name)


def _expressions(angle: Record) -> Iterator[tuple[Expression, int]]:
    yield angle["when"], angle.line_of("when")
    for points in angle["score"]:
        yield points["points"], points.line_of("points")
    for evidence in angle["evidence"]:
        if evidence["when"] is not None:
            yield evidence["when"], evidence.line_of("when")


def _asked(sheets: Sheets, file: str, angle: Record, pack: RulePack) -> None:
    """Of all the kinds and ids that a condition names, one at least is of a market that is asked."""
    text = angle["when"].text
    asked = {"market.kind": set(KINDS_ASKED)}
    known = pack.reference.markets
    asked["market.id"] = {ident for ident, market in known.items() if market.kind in KINDS_ASKED}
    try:
        cases = Logic.of([text], kinds.NAMES).cases(text)
    except TooMany:
        return
    for name, possible in asked.items():
        named = [case.get(name) for case in cases]
        everything = pack.reference.markets if name == "market.id" else ()
        if named and all(values is not None and not _may_be(values, possible, everything) for values in named):
            wrong = sorted({str(value) for values in named for value in values or ()})
            message = f"this never holds, for over: market is asked of the region's own indices only; {name} is never"
            sheets.refuse(file, angle.line_of("when"), message, ", ".join(wrong))


def _may_be(values: frozenset[object], possible: set[str], everything: Mapping[str, object] | tuple[()]) -> bool:
    """Whether one of the values can be: one that is asked, or (of ids) one that only the sender knows."""
    return any(value in possible or (everything and value not in everything) for value in values)


def _slots(sheets: Sheets, file: str, line: int, source: str, over: str) -> None:
    for name, _ in slots_of(source):
        subject = SUBJECT_OF.get(name, over)
        if subject != over:
            message = f"never said: only an angle over {subject} fills the slot, and this one is over {over}:"
            sheets.refuse(file, line, message, name)
