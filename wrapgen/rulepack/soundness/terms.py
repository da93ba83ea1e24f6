"""Words that conditions ask for, and slots that events fill, against the contract of a snapshot.

The sender writes them as free text, so that loading takes any word: ``event.type == 'stake_sole'`` would never hold.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

from wrapgen.intake.schema import FRAMES
from wrapgen.rulepack import kinds
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.language import EVENTS
from wrapgen.rulepack.soundness.logic import Logic, TooMany, constants_of, name_of, parsed
from wrapgen.rulepack.soundness.reach import conditions
from wrapgen.rulepack.soundness.sayings import entries, slots_of
from wrapgen.rulepack.soundness.sheets import Sheets

# What a message says of itself (wrapgen/plan), and what a milestone may be measured by.
DETAILS = (
    *("backdrop", "first", "elsewhere", "behind", "above", "below", "before", "month", "year"),
    *("before.more", "month.more", "year.more", "again", "alike", "bucks", "more", "too"),
)
_BASES = ("close", "intraday", "level")
# The keys of a frame that fill a slot: one of them must be in the frame of the type.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "target_place": ("place",),
    "guidance": ("guidance", "change"),
    "guidance_period": ("guidance", "period"),
    "rose": ("actual",),
    "act": ("action", "purpose"),
    **{f"{name}{number}": ("figures",) for name in ("figure", "what", "who") for number in (1, 2, 3)},
    **{
        name: (name,)
        for name in (
            *("target", "rival", "broker", "product", "rival_product", "extent", "period", "driver", "measure"),
            *("indicator", "result", "rating", "actual", "consensus", "prior", "shares", "value", "size_bp", "rate"),
            "target_price",
        )
    },
}
_SHARED = ("place", "source", "mood", "overshadowed_by")
# Keys of FrameFacts that are worked out from others of the frame.
_WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "guidance": ("guidance", "change"),
    "modality": ("action", "purpose"),
    **dict.fromkeys(("above", "below", "in_line"), ("consensus",)),
    "change": ("actual",),
    "key": (),
}


def check_terms(sheets: Sheets, pack: RulePack) -> None:
    """Every word that a condition compares a text with is one that the text can be."""
    allowed: Mapping[str, Callable[[str], tuple[str, ...]]] = {
        "event.type": lambda word: tuple(FRAMES),
        "this.detail": lambda word: DETAILS,
        "this.mood": lambda word: ("none", word),
        "milestone.basis": lambda word: _BASES,
        "region.region": lambda word: pack.reference.region_keys(),
        **{f"frame.{key}": _said(sheets, key) for key in ("extent", "result", "guidance", "stage", "action")},
    }
    for file, line, text in conditions(sheets):
        for name, word in _compared(text):
            known = allowed[name](word) if name in allowed else None
            if known is not None and word not in known:
                sheets.unknown(file, line, f"{name} is never", word, known)


def _compared(text: str) -> Iterator[tuple[str, str]]:
    """Each text of the facts with each word that it is compared with."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            words = [word for side in sides for word in constants_of(side) if isinstance(word, str)]
            for side in sides:
                named = kinds.NAMES.get(name_of(side) or "")
                if named is not None and named.type == "text":
                    yield from ((named.name, word) for word in words)


def _said(sheets: Sheets, key: str) -> Callable[[str], tuple[str, ...]]:
    """What check/events.yaml has words for under a key; of several words, one is enough (``target raised``)."""
    values = {record["value"] for record in sheets.records(EVENTS) if record.get("key") == key and "value" in record}
    extra = {"agreed", "announced"} if key == "stage" else set()  # a deal is one anyway

    def allowed(word: str) -> tuple[str, ...]:
        parts = (word,) if values & set(word.split()) else ()
        return (*sorted(values | extra), *parts)

    return allowed


def check_values(sheets: Sheets, pack: RulePack) -> None:
    """What check/events.yaml has words for is a word that some condition asks for, where these ask for words."""
    asked: dict[str, set[str]] = {}
    for _, _, text in conditions(sheets):
        for name, word in _compared(text):
            asked.setdefault(name, set()).update((word, *word.split()))
    for record in sheets.records(EVENTS):
        name = f"frame.{record.get('key')}"
        if "value" in record and name in asked and record["value"] not in asked[name]:
            sheets.unknown(EVENTS, record.line, "value that no rule of an event asks for", record["value"], asked[name])


def check_frames(sheets: Sheets, pack: RulePack) -> None:
    """A rule for events of one type asks for what its frame has, in its condition and in its slots."""
    logic = Logic.of([text for _, _, text in conditions(sheets)], kinds.NAMES)
    for entry in entries(sheets):
        when = entry.record.get("when")
        if when is None:
            continue
        try:
            cases = logic.cases(str(when))
        except TooMany:
            continue
        every = [case.get("event.type") for case in cases]
        if not every or any(types is None or not types <= set(FRAMES) for types in every):
            continue
        types = sorted({kind for kind_set in every if kind_set is not None for kind in kind_set})
        fields = {*_SHARED, *(field for kind in types for field in FRAMES[kind])}
        for text in entry.says:
            for name, _ in slots_of(text.text):
                if name in _KEYS and not fields & set(_KEYS[name]):
                    has = [slot for slot, keys in _KEYS.items() if fields & set(keys)]
                    sheets.unknown(entry.file, text.line, f"an event of type {', '.join(types)} has no", name, has)
        for node in ast.walk(parsed(str(when))):
            group, _, key = (name_of(node) or "").partition(".") if isinstance(node, ast.expr) else ("", "", "")
            keys = _WORKED_OUT.get(key, (key,))
            if group == "frame" and key and keys and not fields & set(keys):
                line = entry.record.line_of("when")
                sheets.unknown(entry.file, line, f"an event of type {', '.join(types)} has no", key, sorted(fields))
