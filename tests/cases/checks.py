"""What must hold for every article, as functions from what was sent and written to what is wrong."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import wrapgen
from tests.cases.library import ROOT, Written
from wrapgen.article import Article
from wrapgen.text import Block, Derived, Sentence, Token
from wrapgen.wording.spelling import house_spelling
from wrapgen.wording.style import Style

Check = Callable[[Written], Iterator[str]]
CHECKS: dict[str, Check] = {}

CONNECTIVES = ("after", "as", "amid", "while", "despite", "with", "following", "but")
_SLIPS = {
    "two spaces": r"  ",
    "a space before punctuation": r" [,.;:!?)%’]",
    "no space after punctuation": r"[,;](?=[^\s\d’”])|\)(?=\w)",
    "two stops or commas": r"\.\.|,,|,\.|;\.|:\.|\. ,",
    "a brace or bracket": r"[{}\[\]]",
    "a before a vowel": r"\b[Aa] (?:8|1[18](?:th)?\b|(?!one\b|once\b|eu|u)[aeiou]\w)",
    "an before a consonant": r"\b[Aa]n (?:(?!1[18](?:th)?\b)[1-79]|(?!hour|honest|heir|honou?r)[bcdfghj-np-tv-z]\w)",
    "a doubled word": r"(?i)(?<![\w’])([\w’]+) \1\b(?!’|-)",
    "a doubled phrase": r"(?i)(?<![\w’])((?:[\w’.]+,? ){1,4}[\w’.]+),? \1\b(?!’|-)",
    "a dangling word": r"(?i)\b(?:as|after|amid|with|on|of|by|and|but|while|the|a|an|from|at|in|for|ahead of)[.,;]",
    "a missing value": r"\b(?:None|nan|inf|null|True|False)\b|(?<!\w)-\d",
}


def check(function: Check) -> Check:
    CHECKS[function.__name__] = function
    return function


def problems(made: Written, which: str) -> list[str]:
    return list(CHECKS[which](made))


def paragraphs(written: Article) -> list[Block]:
    return [block for block in written.blocks if block.kind == "paragraph"]


def titles(written: Article) -> list[Sentence]:
    return [written.headline, *(b.sentences[0] for b in written.blocks if b.kind == "subhead")]


def body(written: Article) -> list[Sentence]:
    return [s for block in paragraphs(written) for s in block.sentences]


def stated(sentence: Sentence) -> set[str]:
    """The JSON pointers whose values the sentence's words state."""
    return {fact for token in sentence.tokens for fact in token.facts if isinstance(fact, str)}


# -- form


@check
def reads_cleanly(made: Written) -> Iterator[str]:
    """No slip that a copy editor would ring: spaces, articles, doubled words, unfilled places."""
    written = made.article
    for text in (written.headline.text, *(b.text for b in written.blocks)):
        for slip, pattern in _SLIPS.items():
            if found := re.search(pattern, text):
                yield f"{slip}: …{text[max(0, found.start() - 30) : found.end() + 20]}…"
        if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
            yield f"unbalanced: {text}"


@check
def sentences_are_whole(made: Written) -> Iterator[str]:
    """A sentence begins with a capital (or a name that has none), ends with one stop, and says something."""
    names = {n.split()[0] for n in _names(made)}
    for sentence in body(made.article):
        text = sentence.text
        first = text.split()[0] if text.split() else ""
        if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "“$" or first.strip(",.’s") in names):
            yield f"begins with {first!r}: {text}"
        if text != text.strip() or not text.endswith((".", ".”")) or text.endswith(".."):
            yield f"ends badly: {text}"
        if len(text.split()) < 2:
            yield f"says nothing: {text!r}"


@check
def titles_are_short(made: Written) -> Iterator[str]:
    """Headline and subheads are no sentences: 3 to 18 words, no stop."""
    for number, title in enumerate(titles(made.article)):
        words = len(title.text.split())
        if not (3 if number == 0 else 2) <= words <= (18 if number == 0 else 14):
            yield f"{words} words: {title.text}"
        if title.text.removesuffix("U.S.").removesuffix("U.K.").endswith((".", ",", ";", ":")):
            yield f"ends with a stop: {title.text}"
        if title.text[:1].islower():
            yield f"begins in lower case: {title.text}"


@check
def lede_is_short(made: Written) -> Iterator[str]:
    lede = made.article.blocks[0]
    if lede.section != "lede" or lede.kind != "paragraph":
        yield f"the article begins with {lede.kind} {lede.section}"
    if len(lede.text.split()) > 48:
        yield f"{len(lede.text.split())} words: {lede.text}"


@check
def paragraphs_follow_subheads(made: Written) -> Iterator[str]:
    blocks = made.article.blocks
    for number, block in enumerate(blocks):
        if not block.text.strip():
            yield f"block {number} is empty"
        if block.kind == "subhead" and (number + 1 == len(blocks) or blocks[number + 1].kind != "paragraph"):
            yield f"nothing under {block.text!r}"
        if block.kind == "subhead" and number + 1 < len(blocks) and blocks[number + 1].section != block.section:
            yield f"{block.text!r} stands over section {blocks[number + 1].section}"


# -- origin


@check
def sentences_have_origins(made: Written) -> Iterator[str]:
    """Every sentence names a rule that is there, and at least one fact."""
    written = made.article.to_dict()
    pointers = set(_walk(made.sent))
    for block in written["body"]:
        for sentence in block["sentences"]:
            found = re.fullmatch(r"([\w/]+\.yaml):(\d+) ([\w.]+)", sentence["rule"])
            if found is None:
                yield f"the rule {sentence['rule']!r} of {sentence['text']}"
            elif int(found[2]) > _lines_of(found[1]):
                yield f"{sentence['rule']} is beyond the end of its file"
            if not sentence["facts"]:
                yield f"no fact ({sentence['rule']}): {sentence['text']}"
            for fact in sentence["facts"]:
                for pointer in [fact] if isinstance(fact, str) else fact["from"]:
                    if pointer not in pointers and not _is_filled_in(pointer):
                        yield f"no such fact {pointer} ({sentence['rule']}): {sentence['text']}"


def _is_filled_in(pointer: str) -> bool:
    """What intake works out where the sender left it out."""
    return pointer in ("/phase",) or pointer.endswith(("/change_pct", "/change", "/level", "/value"))


@functools.cache
def _lines_of(file: str) -> int:
    path = ROOT / "rules" / file
    return len(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else 0


def _walk(value: Any, at: str = "") -> Iterator[str]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _walk(inner, f"{at}/{key}")


# -- figures


@check
def figures_are_those_sent(made: Written) -> Iterator[str]:
    """Every number in the text is in the snapshot, rounded as the house does, or among the derived facts."""
    known = _numbers(made)
    written = made.article
    for text in (written.headline.text, *(b.text for b in written.blocks)):
        for figure, places, raw in _figures(text):
            if not any(_rounds_to(value, figure, places) for value in known):
                yield f"{raw} is not in the data: {text}"


@check
def figures_match_their_fact(made: Written) -> Iterator[str]:
    """A figure whose token points into the snapshot is the value that stands there, and keeps its sign's meaning."""
    data = made.sent
    written = made.article
    for sentence in (*titles(written), *body(written)):
        for token in sentence.tokens:
            values = [v for fact in token.facts if isinstance(fact, str) for v in [_at(data, fact)]]
            numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
            figures = list(_figures(token.text))
            if numbers and figures and not any(_rounds_to(abs(numbers[0]), f, p) for f, p, _ in figures):
                yield f"{token.text!r} for {numbers[0]} ({token.facts[0]}): {sentence.text}"


@functools.lru_cache(maxsize=65536)  # the same names and clauses come up in every article of a day
def _figures(text: str) -> tuple[tuple[float, int, str], ...]:
    """(value, decimals of it that count, as written) of the numbers in a text."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[float, int, str]]:
    for found in re.finditer(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?: (?:million|billion|trillion)|(?:m|bn|tn)(?!\w))?", text):
        raw = found[0].rstrip(",")
        digits = re.match(r"[\d,.]*\d", raw)[0]  # type: ignore[index]
        power = {"m": 6, "b": 9, "t": 12}.get(raw[len(digits) :].strip()[:1], 0)
        places = len(digits.partition(".")[2]) - power
        yield float(digits.replace(",", "")) * 10**power, places, raw


def _rounds_to(value: float, figure: float, places: int) -> bool:
    """Within a unit of the last printed place: an approximation may be rounded towards its side."""
    return abs(value - figure) < 10.0**-places - 1e-9 or math.isclose(value, figure)


def _numbers(made: Written) -> set[float]:
    found: set[float] = set()
    for value in _leaves(made.sent):
        _take(found, value)
    for fact in wrapgen.derive_facts(made.snapshot):
        _take(found, fact.value)
    for market in made.snapshot.markets:
        for key in ("change", "level", "change_pct", "previous_close"):
            _take(found, getattr(market, key))
    for text in _names(made):
        _take(found, text)
    for milestone in (m for f in made.facts.markets.values() for m in f.milestones):
        if milestone.since_date is not None:
            _take(found, milestone.since_date.isoformat())
        _take(found, milestone.near_when)
    return found


def _take(found: set[float], value: Any) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        found.add(abs(float(value)))
    elif isinstance(value, str):
        found.update(figure for figure, _, _ in _figures(re.sub(r"(?<=\d)-|[A-Za-z](?=\d)|[:P]", " ", value)))
        found.update(figure for figure, _, _ in _figures(value))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    else:
        yield value


def _at(data: Any, pointer: str) -> Any:
    for key in pointer.split("/")[1:]:
        if isinstance(data, list) and key.isdigit() and int(key) < len(data):
            data = data[int(key)]
        elif isinstance(data, dict):
            data = data.get(key)
        else:
            return None
    return data


def _names(made: Written) -> list[str]:
    """What markets and companies are called in print."""
    found = made.snapshot
    markets = [n for m in found.markets for n in (m.name, m.short_name, m.headline_name, m.group or "")]
    stocks = [n for s in found.stocks for n in (s.name, s.short_name, s.symbol, s.symbol.replace(":", " "))]
    return [n for n in (*markets, *stocks) if n]


# -- what is told


@check
def own_markets_are_told(made: Written) -> Iterator[str]:
    """Each of the region's own markets with a move stands in the text."""
    written = made.article
    told = {t.ref for s in body(written) for t in s.tokens} | {
        ref.split("/")[2]
        for s in body(written)
        for ref in s.facts
        if isinstance(ref, str) and ref.startswith("/markets/")
    }
    for number, market in enumerate(made.snapshot.markets):
        facts = made.facts.markets[market.id]
        if facts.main and market.id not in told and str(number) not in told:
            yield f"{market.id} ({facts.direction} {facts.pct}) is not told"


@check
def figures_are_told_once(made: Written) -> Iterator[str]:
    """Below the lede, the move of a market or a stock is told once."""
    seen: dict[str, str] = {}
    for sentence in body(made.article)[1:]:
        for fact in sorted(stated(sentence)):
            if fact.endswith("/change_pct"):
                if fact in seen:
                    yield f"{fact} twice: {seen[fact]} | {sentence.text}"
                seen[fact] = sentence.text


@check
def events_are_told_once(made: Written) -> Iterator[str]:
    """A phrase of the sender's stands once in the body, and so does every sentence."""
    texts = [s.text for s in body(made.article)]
    whole = " ".join(texts)
    for text in {t for t in texts if texts.count(t) > 1}:
        yield f"sentence twice: {text}"
    for happening in made.sent.get("events", ()):
        for key in ("clause", "noun_phrase"):
            phrase = happening.get(key)
            if phrase and len(phrase.split()) >= 4:
                spelled = house_spelling(phrase, Style("house", ""))
                if whole.lower().count(spelled.lower()) > 1:
                    yield f"{happening['id']} twice: {spelled}"


@check
def connectives_stand_once(made: Written) -> Iterator[str]:
    """Our own words join a sentence with each connective once; the sender's phrases are his own."""
    for sentence in body(made.article):
        own = " ".join(token.text for token in sentence.tokens if not _is_senders(token))
        words = re.findall(r"[a-z]+", own.lower())
        for word in CONNECTIVES:
            if words.count(word) > 1:
                yield f"{word} {words.count(word)} times ({sentence.rule}): {sentence.text}"


def _is_senders(token: Token) -> bool:
    return any(isinstance(f, Derived) or f.startswith("/events/") for f in token.facts)


@check
def verbs_vary(made: Written) -> Iterator[str]:
    """Within a paragraph no move is said with a verb that said one of the two before it.

    Beside the scores, what is known without figures has three verbs only: there the last one counts. Yields rise
    and fall.
    """
    forms = _verb_forms()
    yields = {m.id for m in made.snapshot.markets if m.kind == "yield"}
    pattern = rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})\b(?! short)"
    for block in paragraphs(made.article):
        told = [s for s in block.sentences if not yields.intersection(t.ref for t in s.tokens)]
        own = " ".join(t.text for s in told for t in s.tokens if not _is_senders(t))
        reach = 1 if block.section == "context" else 2
        used = [forms[found[0]] for found in re.finditer(pattern, own)]
        for number, verb in enumerate(used):
            if verb in used[max(0, number - reach) : number]:
                yield f"{verb} again in {block.section}: {block.text}"


@functools.cache
def _verb_forms() -> dict[str, str]:
    """Past and participle of every verb that says a rise or a fall, with the verb."""
    lexicon = wrapgen.load_rules().lexicon
    forms = {}
    for move in lexicon.moves:
        verb, _, particle = move.say.partition(" ")
        parts = lexicon.principal_parts(verb)
        if move.direction != "flat":
            for form in (parts.past, parts.participle):
                forms[f"{form} {particle}".strip()] = move.say
    return forms
