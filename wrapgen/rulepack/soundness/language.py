"""What the claim checker reads: words that are known, each once, about things that the contract has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wrapgen.check.words import ROLES
from wrapgen.intake.kinds import Choice
from wrapgen.intake.schema import FRAMES, STATUSES
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets, Text, texts_of

LISTED = "lexicon/words.yaml"
WORDS, MOVES, EVENTS, NAMES = "check/words.yaml", "check/moves.yaml", "check/events.yaml", "check/names.yaml"
_WORD = re.compile(r"[A-Za-z][A-Za-z’'.-]*|-[a-z-]+")
_BASE_FORM = re.compile(r"[a-z]+(?:-[a-z]+)*")
_GROUPS = ("wall_street", "futures")
# What the checker asks of an event besides its frame (wrapgen/check/events.py).
_ASKED = ("status", "guidance", "surprise", "change", "overshadowed_by")
_SURPRISES = {"surprise": ("above", "below", "in_line"), "change": ("up", "down")}


def check_vocabulary(sheets: Sheets, pack: RulePack) -> None:
    """Each word is spelled as the lexicon or the list of words has it; what is listed for the checker is used."""
    listed: dict[str, Text] = {}
    own: dict[str, Text] = {}
    for record in sheets.records(LISTED):
        for text in texts_of(record, "words"):
            (own if record.get("checker") is True else listed)[text.text] = text
    used: set[str] = set()
    known = {*listed, *own}
    lexicon = pack.lexicon
    for file, key in ((WORDS, "say"), (MOVES, "say"), (EVENTS, "words"), (NAMES, "say")):
        seen: dict[str, int] = {}
        for record in sheets.records(file):
            within: set[str] = set()
            for text in texts_of(record, key):
                if text.text in within:
                    sheets.refuse(file, text.line, "stands twice in one entry:", text.text)
                within.add(text.text)
                if file in (WORDS, MOVES) and text.text in seen:
                    sheets.refuse(file, text.line, f"stands on line {seen[text.text]} too:", text.text)
                seen[text.text] = text.line
                for verb in re.findall(r"\[([^\]]*)\]", text.text):
                    if verb not in lexicon.verbs and verb not in own:
                        sheets.unknown(
                            file, text.line, "verb that lexicon/verbs.yaml does not list", verb, lexicon.verbs
                        )
                if text.text.count("[") != text.text.count("]"):
                    sheets.refuse(
                        file, text.line, "a bracket is opened or closed alone; a verb stands in [two]:", text.text
                    )
                elif text.text.count("[") > 1:
                    sheets.refuse(file, text.line, "one verb in brackets at most:", text.text)
                for word in _common(text.text) if file == NAMES else _words(text.text):
                    used.add(word)
                    if word not in known and word not in lexicon.readings and word not in lexicon.numbers:
                        every = (*known, *lexicon.readings, *lexicon.numbers)
                        sheets.unknown(file, text.line, f"word that {LISTED} does not list", word, every)
    for word, text in own.items():
        if word not in used:
            sheets.refuse(LISTED, text.line, "word that the claim checker does not use", word)
        if word in listed or word in lexicon.readings or word in lexicon.numbers:
            sheets.refuse(LISTED, text.line, "word that stands elsewhere in the lexicon", word)


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.replace("[", "").replace("]", "")):
        yield word.removesuffix("’s").rstrip(".") or word


def _common(name: str) -> Iterator[str]:
    """The words of a name that are no names themselves: *2-year* Treasury *yield*."""
    yield from (word for word in re.split(r"[\s-]", name) if word.isalpha() and word.islower())


def check_senses(sheets: Sheets, pack: RulePack) -> None:
    """Every sense that the checker knows has its words, in one entry."""
    seen: dict[tuple[str, str], int] = {}
    for record in sheets.records(WORDS):
        key = (record["role"], record.get("sense", ""))
        if key in seen:
            sheets.refuse(WORDS, record.line, f"role and sense already on line {seen[key]}:", " ".join(key))
        seen[key] = record.line
    last = 0
    for role, senses in ROLES.items():
        beside = [line for (other, _), line in seen.items() if other == role]
        for sense in senses or ("",):
            if (role, sense) not in seen:
                where = f"those of {role} stand on line {max(beside)}" if beside else "they stand after this line"
                sheets.refuse(
                    WORDS, max(beside, default=last), f"no words for the role and sense; {where}:", f"{role} {sense}"
                )
            last = seen.get((role, sense), last)


def check_event_words(sheets: Sheets, pack: RulePack) -> None:
    """Types and keys are those of the contract; each type, key and value has one line."""
    seen: dict[tuple[str, ...], int] = {}
    types = ("any", *FRAMES)
    for record in sheets.records(EVENTS):
        kind, key, value = record["type"], record.get("key"), record.get("value")
        line = record.line
        place = (kind, str(key), str(value))
        if place in seen:
            sheets.refuse(EVENTS, line, f"type, key and value already on line {seen[place]}:", " ".join(place))
        seen[place] = line
        if kind not in types:
            sheets.unknown(EVENTS, record.line_of("type"), "no type of event", kind, types)
            continue
        fields = {*_ASKED, *FRAMES.get(kind, {}), *(f for frame in FRAMES.values() for f in frame if kind == "any")}
        if key is not None and key not in fields:
            sheets.unknown(EVENTS, record.line_of("key"), f"an event of type {kind} has no", key, sorted(fields))
        if value is not None and key is None:
            sheets.refuse(EVENTS, record.line_of("value"), "a value of no key:", value)
        for text in texts_of(record, "words"):
            if not _BASE_FORM.fullmatch(text.text):
                sheets.refuse(EVENTS, text.line, "one word each, in its base form, not", text.text)
        allowed = _SURPRISES.get(key or "") or _choices(kind, key) or _statuses(key)
        if allowed and value is not None and value not in allowed:
            sheets.unknown(EVENTS, record.line_of("value"), f"{key} cannot be", value, allowed)
    written = {record["type"] for record in sheets.records(EVENTS)}
    for kind in ("earnings", "central_bank"):
        for key in FRAMES[kind]:
            for value in _choices(kind, key):
                if (kind, key, value) not in seen:
                    sheets.refuse(EVENTS, 0, f"no words for {key} {value} of type", kind)
    for kind in FRAMES:
        if kind in _TOLD and kind not in written:
            sheets.refuse(EVENTS, 0, "no words for events of type", kind)


# The types whose frames make sentences, so that words of ours stand for what was sent.
_TOLD = (
    *("stake_sale", "stake_purchase", "earnings", "guidance", "sales_ranking", "merger", "data_release"),
    *("central_bank", "vote", "analyst", "policy", "statement", "flow", "holiday"),
)


def _choices(kind: str, key: str | None) -> tuple[str, ...]:
    """What a key of a frame can be, where the contract says."""
    make = FRAMES.get(kind, {}).get(key or "")
    made = make().kind if make is not None else None
    return made.allowed if isinstance(made, Choice) else ()


def _statuses(key: str | None) -> tuple[str, ...]:
    return STATUSES if key == "status" else ()


def check_names(sheets: Sheets, pack: RulePack) -> None:
    """Other names are of what is known, each for one thing, and none that it has anyway."""
    reference = pack.reference
    known = {
        "market": tuple(reference.markets),
        "place": tuple(reference.places),
        "region": (*reference.regions, "own"),
        "group": _GROUPS,
    }
    seen: dict[str, int] = {}
    for record in sheets.records(NAMES):
        of, ident = record["of"], record["id"]
        if ident not in known[of]:
            sheets.unknown(NAMES, record.line_of("id"), f"no {of} has the id", ident, known[of])
            continue
        for text in texts_of(record, "say"):
            if text.text in seen and of != "region":
                sheets.refuse(NAMES, text.line, f"name already on line {seen[text.text]}:", text.text)
            seen[text.text] = text.line
