"""An event as clause, noun phrase, back-reference or headline gist: from its frame, or the sender's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wrapgen.clause import Bound, Phrase, make_phrase
from wrapgen.facts.types import EventFacts, MarketFacts, StockFacts
from wrapgen.plan.types import Message, Place
from wrapgen.text import Token, make_token
from wrapgen.wording.discourse import LINKS, Draft
from wrapgen.wording.phrases import find_name, heads_plural, mentions, own_reason, without_name
from wrapgen.wording.refer import index_name, possessive, the_company, without_home
from wrapgen.wording.spelling import house_spelling

if TYPE_CHECKING:
    from wrapgen.wording.scene import Scene
    from wrapgen.wording.speaker import Speaker

# A headline has room for a short reason only.
_GIST_WORDS: Final = 8
_SENTENCES: Final = frozenset(("cause.more", "cause.sentence"))  # an event in a sentence of its own
# What says of itself that it is not known for a fact.
_HEDGED: Final = re.compile(
    r"\b(?:report(?:s|ed|edly)?|rumou?rs?|speculation|talks?|said|consider(?:s|ed|ing)?|signs|hopes?|fears?|worries"
    r"|expectations?|prospects?|possib(?:le|ly|ility)|concerns?)\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)


def event_phrase(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | Bound | None:
    """The event in the form asked for; None where it has none, or where it has been told already.

    An event is told once in the body: after that only ``back`` (``the sale``) will do. Headlines and
    subheads are apart from that count.
    """
    facts = message.event
    assert facts is not None
    headline = where in ("headline", "subhead")
    if form in ("clause", "noun") and not headline and draft.has_told(facts.id):
        return None
    if form == "gist":
        if draft.has_told(facts.id):
            return None
        draft.told.append(facts.id)
    if facts.typed:
        kind = "reported" if facts.status == "reported" else "event"
        said = speaker.say(message, where, draft, kind=f"{kind}.{form}")
        if said is not None:
            if not headline:
                draft.told.append(facts.id if form in ("clause", "noun") else f"back:{facts.id}")
            return said
    text = _as_reported(facts, form, _plain(speaker, message, form, where, draft))
    if text is None:
        return None
    joiners = LINKS.intersection(text.split())
    if joiners & draft.links and where in ("lede", "body") and form == "noun":
        return None  # "following profit-taking following a rapid rise"
    if form in ("clause", "noun") and not headline:
        draft.told.append(facts.id)
    key = "clause" if form == "clause" or _moody(message) and form == "noun" else "noun_phrase"
    tokens = _linked(speaker, text, f"{facts.event.pointer}/{key}", draft)
    if message.kind == "market.closed" and message.market is not None and tokens[0].ref is None:
        tokens = (tokens[0]._replace(ref=message.market.id), *tokens[1:])  # the sentence is about that market
    plural = form != "clause" and heads_plural(text, speaker.scene.rules.lexicon.is_plural)
    return make_phrase(tokens, plural)


def deed(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Bound | None:
    """What is reported, in the words for what is known; for a rule that says that it is a report."""
    facts = message.event
    if facts is None:
        return None
    known = message._replace(event=facts._replace(status="happened", happened=True))
    return speaker.say(known, where, draft, kind=f"event.{form or 'noun'}")


def _as_reported(event: EventFacts, form: str, text: str | None) -> str | None:
    """The sender's phrase; of what is reported as a report, where the phrase does not say so itself."""
    if text is None or event.status != "reported" or _HEDGED.search(text) is not None:
        return text
    if form == "gist":
        return None
    return f"reports said {text}" if form == "clause" else f"reports of {text}"


def _linked(speaker: Speaker, text: str, fact: str, draft: Draft) -> tuple[Token, ...]:
    """The phrase as tokens, each company or market of the snapshot that it names under its own id."""
    tokens: list[Token] = []
    names = [(name, ident) for name, ident in speaker.scene.names if name in text]
    rest = text
    while rest:
        found = min(
            [(at, -len(name), name, ident) for name, ident in names if (at := find_name(rest, name)) >= 0],
            default=None,
        )
        if found is None:
            tokens.append(make_token(rest, None, (fact,)))
            break
        at, _, name, ident = found
        if at:
            tokens.append(make_token(rest[:at], None, (fact,)))
        market = speaker.scene.book.markets.get(ident)
        known = draft.knows(ident) or draft.knows(f"named:{ident}")
        said = index_name(speaker.scene, market.market, known) if market is not None else name
        tokens.append(make_token(said, ident, (fact,)))
        draft.named.append(f"named:{ident}")
        rest = rest[at + len(name) :]
    return tuple(tokens)


def _plain(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> str | None:
    """The sender's phrase in house spelling, its subject not named twice."""
    event = message.event.event  # type: ignore[union-attr]
    if form == "clause":
        source = event.clause
    elif form in ("noun", "gist"):
        source = event.noun_phrase
    else:
        return None
    if form == "noun" and _moody(message):
        source = f"{event.frame['mood']} that {event.clause}"
    if source is None:
        return None
    style = speaker.scene.style
    text = house_spelling(source, style)
    if form == "gist":
        text = text.removeprefix("a ").removeprefix("an ").removeprefix("the ")
        text = without_home(speaker.scene, text, message, where)
        if len(text.split()) > _GIST_WORDS:
            return None
    if len(message.items) > 1:
        return _for_group(text, message)
    owner = speaker.scene.book.stocks.get(event.who or "")
    if owner is not None and owner.id != getattr(message.target, "id", None):
        text = _owned_by(owner.stock.short_name.replace("'", style.apostrophe), text, style.apostrophe)
    names = names_of(message, speaker.scene)
    if not names:
        return text
    if form == "clause" and isinstance(message.target, MarketFacts) and draft.base.sole == message.target.id:
        named = next((f"the {name} " for name in names if text.startswith(f"the {name} ")), None)
        if named is not None:  # behind a sentence on it alone
            return f"it {text.removeprefix(named)}"
    lexicon = speaker.scene.rules.lexicon
    two_meant = where == "lede" or message.kind in _SENTENCES and _names_another(speaker, message, draft)
    front = names[next(iter(names))] if two_meant else "it"
    if two_meant and form == "clause" and text.startswith("it ") and isinstance(message.target, StockFacts):
        return f"{front}{text.removeprefix('it')}"
    said = without_name(
        text,
        names,
        style.apostrophe,
        lambda word: lexicon.lemma_of(word) is not None,
        lambda word: lexicon.is_plural(word) is not None,
        front,
    )
    if form == "noun" and said is not None and said.startswith("its ") and not text.startswith("its "):
        return own_reason(said.removeprefix("its "), lexicon.is_plural, lexicon.is_uncounted)
    return said


def _names_another(speaker: Speaker, message: Message, draft: Draft) -> bool:
    """Whether the sentence before told what someone else did, a broker say, so that *it* might mean that one."""
    own = getattr(message.target, "id", None)
    events = speaker.scene.book.events
    told = [events[key] for key in draft.base.last_told if key in events]
    return any([event.type == "analyst" or event.whose not in (None, own) for event in told])


def _owned_by(name: str, text: str, apostrophe: str) -> str:
    """A company's phrase in a sentence that is not about it: ``its heart drug`` becomes ``Tessin's heart drug``."""
    if name in text:
        return text
    return _PRONOUN.sub(lambda found: name if found[0].lower() == "it" else possessive(name, apostrophe), text, count=1)


def _moody(message: Message) -> bool:
    """Whether the event is a mood that its clause says the reason of: ``optimism that a deal is near``."""
    event = message.event.event  # type: ignore[union-attr]
    return isinstance(event.frame.get("mood"), str) and bool(event.clause)


def _for_group(text: str, message: Message) -> str | None:
    """For several companies: their names at the front become *they*; named elsewhere, the phrase is not used."""
    stocks = [i.stock for i in message.items if isinstance(i, StockFacts)]
    for first, second in ((0, 1), (1, 0)):
        if len(stocks) == 2:
            for name in ("short_name", "name"):
                front = f"{getattr(stocks[first], name)} and {getattr(stocks[second], name)} "
                if text.startswith(front):
                    return "they " + text.removeprefix(front)
    return None if any(mentions(text, s.short_name) for s in stocks) else text


def names_of(message: Message, scene: Scene) -> dict[str, str]:
    """Each name under which the sentence's subject may stand in a phrase, with what may replace it."""
    target = message.target
    if isinstance(target, StockFacts):
        stock = target.stock
        return dict.fromkeys((stock.name, stock.short_name), the_company(scene, stock))
    if isinstance(target, MarketFacts) and target.kind == "index":
        market = target.market
        article = "the " if market.article else ""
        said = "the index" if scene.style.the_index else article + market.short_name
        return dict.fromkeys((market.name, market.short_name), said)
    return {}
