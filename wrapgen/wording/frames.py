"""Slots that read the content of a typed event frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from wrapgen.clause import Phrase, words
from wrapgen.intake.snapshot import Event, Stock
from wrapgen.plan.types import Message, Place
from wrapgen.wording.dates import MONTHS, WEEKDAYS, month_words, when_phrase
from wrapgen.wording.discourse import Draft
from wrapgen.wording.figures import fixed, magnitude, money, rounded, with_percent
from wrapgen.wording.phrases import mentions
from wrapgen.wording.refer import possessive, the_company, without_home
from wrapgen.wording.spelling import house_spelling, own_spelling
from wrapgen.wording.style import Style

if TYPE_CHECKING:
    from wrapgen.wording.speaker import Speaker

Resolver = Callable[["Speaker", Message, str, Place, Draft], Phrase | None]


def _event(message: Message) -> Event | None:
    return message.event.event if message.event is not None else None


def _phrase(text: str, event: Event, key: str, proper: bool = False, ref: str | None = None) -> Phrase:
    return words(text, ref, False, proper, (f"{event.pointer}/{key}",))


def _spell(speaker: Speaker, text: str) -> str:
    return house_spelling(text, speaker.scene.style)


def _company(speaker: Speaker, ident: str) -> Stock | None:
    facts = speaker.scene.book.stocks.get(ident)
    return facts.stock if facts is not None else None


def name_of(speaker: Speaker, ident: str) -> str:
    """The short name of a company or place id, or the plain name that was sent."""
    company = _company(speaker, ident)
    if company is not None:
        return company.short_name.replace("'", speaker.scene.style.apostrophe)
    place = speaker.scene.places.get(ident)
    if place is not None:
        return f"the {place.name}" if place.article else place.name
    name = _spell(speaker, ident)
    return f"the {name}" if _takes_article(name, speaker.scene.rules.article_nouns) else name


def _titled(text: str, where: Place) -> str:
    """Without its article in a headline or subhead."""
    first, _, rest = text.partition(" ")
    return rest if rest and first in ("a", "an", "the") and where in ("headline", "subhead") else text


@lru_cache(maxsize=4096)
def _takes_article(name: str, nouns: frozenset[str]) -> bool:
    """Whether one of the nouns stands in a name without an article: Bank of Japan, Federal Reserve."""
    spaced = f" {name} "
    return not name.startswith(("the ", "The ")) and any(f" {noun} " in spaced for noun in nouns)


def _who(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    """Who did it. A pronoun where the sentence's subject is the same company: ``it``, ``its``."""
    event = _event(message)
    if event is None or event.who is None:
        return None
    same = (
        form != "name"
        and event.who == getattr(message.target, "id", None)
        and where == "body"
        or (where == "lede" and form != "name" and event.who == getattr(message.target, "id", None))
    )
    if same:
        company = _company(speaker, event.who) if where == "lede" else None  # there "it" could be another
        subject = the_company(speaker.scene, company) if company is not None else "it"
        return _phrase("its" if form == "possessive" else subject, event, "who", ref=event.who)
    name = without_home(speaker.scene, _titled(name_of(speaker, event.who), where), message, where)
    if form == "possessive":
        if "’s " in name or "'s " in name:
            return None  # China's cabinet's move
        name = possessive(name, speaker.scene.style.apostrophe)
    draft.named.append(event.who)
    if draft.subject is None and form == "name":
        draft.subject = event.who
    return _phrase(name, event, "who", proper=not name[:1].islower(), ref=event.who)


def _named(key: str) -> Resolver:
    """A key whose value is a company id, a place or a plain name."""

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        value = event.frame.get(key) if event is not None else None
        if event is None or not isinstance(value, str):
            return None
        if value == getattr(message.target, "id", None):
            if where in ("headline", "subhead"):
                return None  # no headline says "the company": a pattern without it is taken
            company = _company(speaker, value)
            said = the_company(speaker.scene, company) if company is not None else "the company"
            return _phrase(said, event, key, ref=value)
        if value == getattr(message.target, "place", None):
            return None  # the sentence has its place already
        if key == "place" and value.lower() == speaker.scene.book.snapshot.region:
            return None  # the story has it already
        name = name_of(speaker, value)
        place = speaker.scene.places.get(value)
        if form == "possessive" and place is not None:
            name = place.possessive if place.possessive and not place.article else place.adjective
        elif form == "possessive":
            name = possessive(name, speaker.scene.style.apostrophe)
        draft.named.append(value)
        return _phrase(name, event, key, proper=not name[:1].islower(), ref=value)

    return resolve


def _rated(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    """The company that an analyst takes a view of; None where it is the sentence's own subject, or not known."""
    event = _event(message)
    company = message.event.whose if message.event is not None else None
    if event is None or company is None or company == getattr(message.target or message.stock, "id", None):
        return None
    draft.named.append(company)
    return _phrase(name_of(speaker, company), event, "broker", proper=True, ref=company)


def _text(key: str, inner: str | None = None) -> Resolver:
    """A key whose value is words, used as sent in the house's spelling."""

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        value: Any = event.frame.get(key) if event is not None else None
        if inner is not None:
            value = value.get(inner) if isinstance(value, Mapping) else None
        if event is None or not isinstance(value, str) or not value:
            return None
        text = _spell(speaker, value)
        if key == "indicator" and form != "whole":
            text = text.removeprefix("the ")  # a possessive or a period stands before it
        if form == "attributive":
            text = text.replace(" ", "-")
        return _phrase(text, event, key if inner is None else f"{key}/{inner}")

    return resolve


_SPANS: Final = ("quarter", "half", "year")


def _period(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    """A period as sent (*third quarter*, *September*), as it stands before a noun, as a noun, or after in and for."""
    phrase = _text("period")(speaker, message, "", where, draft)
    if phrase is None:
        return None
    token = phrase.tokens[0]
    words_of = token.text.replace("-", " ").split()
    if not form and words_of[0] in ("last", "this", "the"):
        return None  # no "last week reading"
    spans = words_of[-1] in _SPANS and len(words_of) == 2 and words_of[0].islower()
    joint = "-" if spans and not form else " "
    text = joint.join(words_of) if spans else token.text
    if form in ("in", "for"):
        said_alone = words_of[0] in ("last", "this")
        article = "the " if spans and not said_alone else ""
        text = text if said_alone and form == "in" else f"{form} {article}{text}"
    return phrase._replace(tokens=(token._replace(text=text),))


def _guidance(inner: str) -> Resolver:
    """A key of the guidance: in a record of its own beside results, or the frame's own where guidance is the news."""
    nested, own = _text("guidance", inner), _text(inner)

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        alone = event is not None and event.type == "guidance"
        phrase = (own if alone else nested)(speaker, message, form, where, draft)
        if phrase is None or inner != "change":
            return phrase
        # The sender writes raised, cut, withdrawn: a clause needs the past tense, withdrew.
        token = phrase.tokens[0]
        found = speaker.scene.rules.lexicon.lemma_of(token.text)
        if found is None:
            return None
        past = speaker.scene.rules.lexicon.principal_parts(found[0]).past
        return phrase._replace(tokens=(token._replace(text=own_spelling(past, speaker.scene.style)),))

    return resolve


def _number(key: str, show: Callable[[float, Style], str]) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        value = event.frame.get(key) if event is not None else None
        if event is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return _phrase(show(value, speaker.scene.style), event, key)

    return resolve


def _rate(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    event = _event(message)
    value = event.frame.get("rate") if event is not None else None
    if event is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _phrase(with_percent(speaker.scene.style, rounded(value, 2)), event, "rate")


def _value(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    event = _event(message)
    value = event.frame.get("value") if event is not None else None
    if event is None or not isinstance(value, Mapping):
        return None
    amount, currency = value.get("amount"), value.get("currency")
    if not isinstance(amount, int | float) or not isinstance(currency, str):
        return None
    return _phrase(_money(speaker, amount, currency), event, "value")


def _money(speaker: Speaker, amount: float, currency: str) -> str:
    return money(amount, currency, speaker.scene.style, speaker.scene.rules.reference.currencies)


_TIMES: Final = frozenset((*WEEKDAYS, *MONTHS, "today", "tomorrow"))


def _when(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    event = _event(message)
    if event is None or not event.when:
        return None
    scene = speaker.scene
    words = (event.clause or "").replace(",", " ").split()
    if event.clause and (mentions(event.clause, event.when) or _TIMES.intersection(words)):
        return None
    if event.type == "holiday" and "on" in words:
        return None  # "on New Year's Eve" is a day
    if event.noun_phrase and {"next", "later", "this"} & set(event.noun_phrase.split()):
        return None  # the phrase has its own time
    if form == "month":
        said = month_words(event.when, scene.book.snapshot.date, scene.style)
    else:
        said = when_phrase(event.when, scene.book.snapshot.date, scene.style)
    return _phrase(said, event, "when") if said else None


def _reading(key: str) -> Resolver:
    """A figure of a data release, with its unit."""

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        value = event.frame.get(key) if event is not None else None
        if event is not None and isinstance(value, Mapping):
            amount, currency = value.get("amount"), value.get("currency")
            if isinstance(amount, int | float) and isinstance(currency, str):
                return _phrase(_money(speaker, amount, currency), event, key)
        if event is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        unit = event.frame.get("unit")
        others = [event.frame.get(k) for k in ("actual", "consensus", "prior")]
        places = max(
            (len(repr(float(v)).partition(".")[2].rstrip("0")) for v in others if isinstance(v, int | float)),
            default=0,
        )
        sign = "minus " if value < 0 and form != "size" else ""
        text = fixed(value, places)
        if unit in ("percent", "%", "pct"):
            text = with_percent(speaker.scene.style, text)
        elif isinstance(unit, str) and unit not in ("index", "points"):
            text = magnitude(abs(value), speaker.scene.style)
            if key == "actual" and unit.split()[-1] not in str(event.frame.get("indicator", "")):
                text = f"{text} {_spell(speaker, unit)}"
        return _phrase(sign + text, event, key)

    return resolve


def _figure(number: int, key: str) -> Resolver:
    """The units, or the thing counted, of one line of a sales ranking."""

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
        event = _event(message)
        figures = event.frame.get("figures") if event is not None else None
        if event is None or not isinstance(figures, list | tuple) or number >= len(figures):
            return None
        line = figures[number]
        value = line.get(key) if isinstance(line, Mapping) else None
        if isinstance(value, int | float):
            return _phrase(f"{value:,}", event, f"figures/{number}/{key}")
        if not isinstance(value, str):
            return None
        if key == "who":
            name = name_of(speaker, value)
            if form == "possessive":
                name = possessive(name, speaker.scene.style.apostrophe)
            draft.named.append(value)
            return _phrase(name, event, f"figures/{number}/who", proper=True, ref=value)
        return _phrase(_spell(speaker, value), event, f"figures/{number}/{key}")

    return resolve


def _rose(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    event = _event(message)
    change = message.event.frame.change if message.event is not None else "none"
    if event is None or change not in ("up", "down"):
        return None
    return _phrase("rose" if change == "up" else "fell", event, "actual")


def _act(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Phrase | None:
    """What is to be done: ``restrict rare earth exports`` (form ``base``), ``may restrict ...``, or done."""
    event = _event(message)
    source = event.frame.get("action") or event.frame.get("purpose") if event is not None else None
    if event is None or not isinstance(source, Mapping):
        return None
    verb, thing = source.get("verb"), source.get("object")
    if not isinstance(verb, str):
        return None
    tail = f" {_spell(speaker, thing)}" if isinstance(thing, str) else ""
    modality = source.get("modality")
    key = "action" if "action" in event.frame else "purpose"
    if form == "object":
        thing = tail.strip()  # by itself it says what was done only where it is new: "a tariff", not "its target"
        new = thing.startswith(("a ", "an ")) or thing[:1].isdigit()
        return _phrase(_titled(thing, where), event, key) if new and len(thing.split()) <= 7 else None
    if form == "base":
        return _phrase(f"{verb}{tail}", event, key)
    if isinstance(modality, str) and modality:
        return _phrase(f"{modality} {verb}{tail}", event, key)
    parts = speaker.scene.rules.lexicon.verbs.get(verb)
    return _phrase(f"{own_spelling(parts.past, speaker.scene.style)}{tail}", event, key) if parts is not None else None


FRAME_SLOTS: Final[dict[str, tuple[Resolver, str]]] = {
    "who": (_who, "who did it, a pronoun for the sentence's own subject; forms name, possessive"),
    "target": (_named("target"), "what was bought or sold; form possessive"),
    "target_place": (_named("place"), "the place it is about; form possessive"),
    "acquirer": (_named("acquirer"), "who buys"),
    "rival": (_named("rival"), "the rival; form possessive"),
    "broker": (_named("broker"), "the analyst's firm; form possessive"),
    "rated": (_rated, "the company that an analyst takes a view of, in a sentence that is not about it"),
    "source": (_text("source"), "who reports it"),
    "product": (_text("product"), "the product"),
    "rival_product": (_text("rival_product"), "the rival's product"),
    "extent": (_text("extent"), "entire, part of ..."),
    "period": (_period, "the period: fiscal Q2, third-quarter; forms noun, in, for (in the third quarter, for August)"),
    "guidance_period": (_guidance("period"), "the period of the guidance"),
    "driver": (_text("driver"), "what drove the results"),
    "measure": (_text("measure"), "revenue, net profit ..."),
    "indicator": (_text("indicator"), "consumer prices, manufacturing PMI ...; form whole: the manufacturing PMI"),
    "result": (_text("result"), "strong, weak, mixed"),
    "guidance": (_guidance("change"), "raised, cut, kept"),
    "rating": (_text("rating"), "the new rating"),
    "mood": (_text("mood"), "optimism, hopes, fears"),
    "rose": (_rose, "rose or fell, for a percent change"),
    "actual": (_reading("actual"), "the figure released"),
    "consensus": (_reading("consensus"), "the figure expected"),
    "prior": (_reading("prior"), "the figure before"),
    "shares": (_number("shares", magnitude), "how many shares"),
    "value": (_value, "what it is worth"),
    "size_bp": (_number("size_bp", lambda v, _: rounded(v, 0)), "the step in basis points"),
    "rate": (_rate, "the new rate"),
    "target_price": (_number("target_price", lambda v, _: rounded(v, 2)), "the new target price"),
    "when": (_when, "when: in October, this week; form month"),
    "act": (_act, "what is done or to be done; form base"),
    "figure1": (_figure(0, "units"), "first count of a ranking"),
    "figure2": (_figure(1, "units"), "second count"),
    "figure3": (_figure(2, "units"), "third count"),
    "what1": (_figure(0, "what"), "what the first count counts"),
    "what2": (_figure(1, "what"), "what the second counts"),
    "what3": (_figure(2, "what"), "what the third counts"),
    "who3": (_figure(2, "who"), "whose the third count is; form possessive"),
}

# The forms that they have; those that are not here have none.
FRAME_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "who": ("name", "possessive"),
    "target": ("possessive",),
    "target_place": ("possessive",),
    "acquirer": ("possessive",),
    "rival": ("possessive",),
    "broker": ("possessive",),
    "who3": ("possessive",),
    "guidance_period": ("attributive",),
    "indicator": ("whole",),
    "period": ("noun", "in", "for"),
    "actual": ("size",),
    "when": ("month",),
    "act": ("base", "object"),
}
