"""The words of moves: their sizes against each other, against the claim checker's, and without a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from wrapgen.rulepack.lexicon import KINDS, MoveNoun, MoveVerb
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Record
from wrapgen.wording.style import Style

MOVES, CHECKED = "lexicon/moves.yaml", "check/moves.yaml"
_WAYS = {"up": "up", "higher": "up", "upward": "up", "down": "down", "lower": "down", "downward": "down"}
_SMALLEST, _LARGEST = 0.03, 30.0  # percent; between them every move has its words
_FLAT = 0.05  # what an index may have moved and be flat
_VERBS, _NOUNS = 2, 1  # words for every size, so that one need not follow itself
# A stock moves so many times as much for the same word: from hardly more to what a quiet index never does.
_RATIO = (1.4, 8.0)
_LONGEST = 60  # times the smallest move that a word is fit for, where it states a size


def check_moves(sheets: Sheets, pack: RulePack) -> None:
    """Bands in their order, a stock's beside an index's, a noun's beside its verb's, all within the checker's."""
    verbs = {record["say"]: record for record in sheets.part(MOVES, "verbs")}
    nouns = {record["say"]: record for record in sheets.part(MOVES, "nouns")}
    for part in ("verbs", "nouns"):
        records = sheets.part(MOVES, part)
        for word, count in Counter(record["say"] for record in records).items():
            if count > 1:
                line = [record.line for record in records if record["say"] == word][-1]
                sheets.refuse(MOVES, line, f"stands {count} times among the {part}:", word)
    # Of a noun and a verb that are spelled alike, the verb: what stands in brackets.
    by_brackets = sorted(sheets.records(CHECKED), key=lambda record: "[" in record["say"])
    checked = {_plain(record["say"]): record for record in by_brackets}
    for record in (*verbs.values(), *nouns.values()):
        _direction(sheets, MOVES, record)
        _stock_beside_index(sheets, record)
        _checked(sheets, record, checked)
    _twins(sheets, verbs)
    for word, noun in nouns.items():
        verb = verbs.get(word)
        if verb is not None:
            _noun_beside_verb(sheets, noun, verb)
    _order(sheets, verbs.values())
    _cover(sheets, pack)
    for record in checked.values():
        _direction(sheets, CHECKED, record)
        _wide(sheets, record)


def _plain(say: str) -> str:
    return say.replace("[", "").replace("]", "")


def _direction(sheets: Sheets, file: str, record: Record) -> None:
    """What ends in up or higher goes up; what states a size needs a figure, and a flat word takes none."""
    words = _plain(record["say"]).split()
    way = _WAYS.get(words[-1])
    plain = len(words) < 3 and record["say"] != "[give] up"
    if way is not None and plain and record["direction"] not in (way, "follows"):
        sheets.refuse(file, record.line_of("direction"), f"{record['say']} goes {way}, not", record["direction"])
    if file == MOVES and record["direction"] == "flat" and record.get("figure") != "never":
        sheets.refuse(file, record.line_of("figure"), "what stands still has no figure:", record["say"])


def _stock_beside_index(sheets: Sheets, record: Record) -> None:
    index, stock = record["index"], record["stock"]
    line = record.line_of("stock")
    for name, at in (("smallest", 0), ("typical", 2)):
        if stock[at] < index[at]:
            message = f"{name} move of a stock is below that of an index ({index[at]:g}) for"
            sheets.refuse(MOVES, line, message, record["say"])
    if index[2] >= 0.05 and not _RATIO[0] <= stock[2] / index[2] <= _RATIO[1]:
        message = f"typical move of a stock ({stock[2]:g}) is out of proportion to that of an index ({index[2]:g}) for"
        sheets.refuse(MOVES, line, message, record["say"])
    for kind, band in (("index", index), ("stock", stock)):
        low, high, typical = band
        if low and (high / low > _LONGEST and record.get("figure") == "required" or typical > 25 * low):
            message = f"{kind} move from {low:g} to {high:g}, typically {typical:g}, is no size for"
            sheets.refuse(MOVES, record.line_of(kind), message, record["say"])


def _checked(sheets: Sheets, record: Record, checked: Mapping[str, Record]) -> None:
    """The claim checker knows the word, and would not call it false of any of its sizes."""
    word = record["say"].removeprefix("be ").removeprefix("remain ")
    head, _, particle = word.partition(" ")
    judged = checked.get(word) or (checked.get(head) if particle in _WAYS else None)
    if judged is None:
        said = f"[{head}]" if not particle or particle in _WAYS else f"[{head}] {particle}"
        how = f'add a line there, say: "{said}"' if "figure" in record else "add a line there"
        message = f"move that {CHECKED} does not have, so that nothing can be written with it; {how}, for"
        sheets.unknown(MOVES, record.line_of("say"), message, word, checked)
        return
    if "figure" in record and record["say"].split()[0] not in _STILL and "[" not in judged["say"]:
        bracketed = judged["say"].replace(head, f"[{head}]", 1)
        message = f'the verb must stand in brackets and quotes, "{bracketed}", so that every form of it is known; not'
        sheets.refuse(CHECKED, judged.line_of("say"), message, judged["say"])
    if judged["direction"] not in (record["direction"], "follows"):
        message = f"{CHECKED} line {judged.line} says {judged['direction']}, not {record['direction']}, of"
        sheets.refuse(MOVES, record.line_of("direction"), message, record["say"])
        message = f"{MOVES} line {record.line} says {record['direction']}, not {judged['direction']}, of"
        sheets.refuse(CHECKED, judged.line_of("direction"), message, word)
    for kind in KINDS:
        band = judged.get(kind)
        if band is None:
            continue
        low, high, _ = record[kind]
        if low < band[0] or min(high, _LARGEST) > band[1]:
            message = f"{kind} move from {low:g} to {high:g} is beyond what {CHECKED} line {judged.line} allows of"
            sheets.refuse(MOVES, record.line_of(kind), message, record["say"])
            message = f"{kind} move from {band[0]:g} to {band[1]:g} is narrower than in {MOVES} line {record.line}, of"
            sheets.refuse(CHECKED, judged.line_of(kind), message, record["say"])
        if band[0] and low > 10 * band[0]:
            message = f"{kind} move from {low:g} is far above what {CHECKED} line {judged.line} allows of"
            sheets.refuse(MOVES, record.line_of(kind), message, record["say"])
            sheets.refuse(CHECKED, judged.line_of(kind), f"{kind} from {band[0]:g} is far below {low:g} of", word)


def _twins(sheets: Sheets, verbs: Mapping[str, Record]) -> None:
    """``edge up`` and ``edge higher`` are of the same moves."""
    for word, record in verbs.items():
        head, _, particle = word.partition(" ")
        other = verbs.get(f"{head} {dict(up='higher', down='lower').get(particle, '')}")
        for kind in KINDS if other is not None else ():
            if other is not None and list(record[kind]) != list(other[kind]):
                message = f"{kind} is not that of line {other.line}, {other['say']}:"
                sheets.refuse(MOVES, record.line_of(kind), message, word)
                message = f"{kind} is not that of line {record.line}, {word}:"
                sheets.refuse(MOVES, other.line_of(kind), message, other["say"])


def _noun_beside_verb(sheets: Sheets, noun: Record, verb: Record) -> None:
    word = noun["say"]
    if noun["direction"] != verb["direction"]:
        sheets.refuse(MOVES, noun.line_of("direction"), f"the verb on line {verb.line} goes the other way:", word)
    for kind in KINDS:
        if noun[kind][2] != verb[kind][2] or noun[kind][0] > verb[kind][0]:
            message = f"{kind}: the verb on line {verb.line} is of moves from {verb[kind][0]:g}, typically"
            message += f" {verb[kind][2]:g}; not so the noun"
            sheets.refuse(MOVES, noun.line_of(kind), message, word)
            sheets.refuse(MOVES, verb.line_of(kind), f"{kind} does not fit the noun on line {noun.line}:", word)


def _order(sheets: Sheets, verbs: Iterable[Record]) -> None:
    """Of two words of which one begins and is typical higher for an index, it does not begin lower for a stock too."""
    sized = [record for record in verbs if record.get("figure") == "required"]
    for one in sized:
        for other in sized:
            if one["direction"] == other["direction"] and all(
                one["index"][at] >= 1.3 * other["index"][at] > 0 and one["stock"][at] * 1.3 < other["stock"][at]
                for at in (0, 2)
            ):
                message = f"stronger than line {other.line} ({other['say']}) of an index, and weaker of a stock:"
                sheets.refuse(MOVES, one.line, message, one["say"])


_STILL = ("be", "remain")  # which the checker reads apart from the word behind them
_A = {"index": "an index", "stock": "a stock"}


def _bars(sheets: Sheets, style: Style) -> tuple[str, int]:
    """Where a style bars verbs; the table of verbs where it bars none."""
    for file, records in sheets.files.items():
        if style.barred_verbs and file.startswith("styles/"):
            for record in records:
                if record.get("style") == style.name:
                    return file, record.line_of("barred_verbs")
    return MOVES, sheets.files[MOVES].line_of("verbs")


def _cover(sheets: Sheets, pack: RulePack) -> None:
    """Every move has words enough: up, down and flat; in every style; with the figure printed and without."""
    lexicon = pack.lexicon
    for style in pack.styles.values():
        file, line = _bars(sheets, style)
        for kind in KINDS:
            for direction in ("up", "down"):
                for printed in (True, False):
                    moves = [m for m in lexicon.moves if m.direction == direction and m.say not in style.barred_verbs]
                    fit = [m for m in moves if m.figure != ("never" if printed else "printed")]
                    gap = _gap(fit, kind, _SMALLEST, _LARGEST, _VERBS)
                    if gap is not None:
                        how = "with its figure" if printed else "without a figure"
                        moved = f"{_A[kind]} move {direction}, {how}"
                        message = f"style {style.name} has fewer than {_VERBS} verbs for {moved}, at"
                        sheets.refuse(file, line, message, f"{gap:g}%")
                nouns = [noun for noun in lexicon.move_nouns if noun.direction == direction]
                gap = _gap(nouns, kind, _SMALLEST, _LARGEST, _NOUNS)
                if gap is not None:
                    at = sheets.files[MOVES].line_of("nouns")
                    sheets.refuse(MOVES, at, f"no noun for {_A[kind]} move {direction} at", f"{gap:g}%")
            flat = [m for m in lexicon.moves if m.direction == "flat" and m.say not in style.barred_verbs]
            gap = _gap(flat, kind, 0.0, _FLAT, _VERBS)
            if gap is not None:
                message = f"style {style.name} has fewer than {_VERBS} verbs for {_A[kind]} that stood still, at"
                sheets.refuse(file, line, message, f"{gap:g}%")


def _gap(words: Iterable[MoveVerb | MoveNoun], kind: str, low: float, high: float, enough: int) -> float | None:
    """The first size for which there are too few words."""
    bands = [word.band(kind) for word in words]
    edges = sorted({low, high, *(edge for band in bands for edge in band[:2] if low < edge < high)})
    sizes = sorted([*edges, *((a + b) / 2 for a, b in zip(edges, edges[1:], strict=False))])
    return next((size for size in sizes if sum(band.holds(size) for band in bands) < enough), None)


def _wide(sheets: Sheets, record: Record) -> None:
    """What the checker allows of a stock begins and ends no lower than what it allows of an index."""
    index, stock = record.get("index"), record.get("stock")
    mixed = record["direction"] == "mixed"
    if (index is None or stock is None) is not mixed:
        sheets.refuse(CHECKED, record.line, "index and stock are wanted of all but what is mixed:", record["say"])
    elif index is not None and stock is not None and not _in_proportion(index, stock):
        message = f"stock {stock[0]:g} to {stock[1]:g} is out of proportion to index {index[0]:g} to {index[1]:g} of"
        sheets.refuse(CHECKED, record.line_of("stock"), message, record["say"])


def _in_proportion(index: list[float], stock: list[float]) -> bool:
    return index[0] <= stock[0] <= 4 * index[0] and index[1] <= stock[1] <= 8 * index[1]
