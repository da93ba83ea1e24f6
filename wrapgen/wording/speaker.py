"""From a message to a bound pattern: the first rule that holds, the first of its patterns that can be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wrapgen.clause import (
    Bound,
    Clause,
    Form,
    Literal,
    Part,
    Pattern,
    Phrase,
    Slot,
    Tense,
    Verb,
    make_bound,
    make_phrase,
)
from wrapgen.facts.types import Direction, MarketFacts, RegionFacts, SectorFacts, StockFacts
from wrapgen.plan.types import Message, Place
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.nodes import Groups, Node
from wrapgen.text import Token, make_token
from wrapgen.wording.discourse import LINKS, Draft
from wrapgen.wording.scene import Scene, rotate
from wrapgen.wording.telling import Telling, same_size
from wrapgen.wording.verbs import choose_verb, size_of

# How many patterns back a wording is still fresh in the reader's ear.
_REACH: Final = 6
_NOTHING: Final[frozenset[str]] = frozenset()
# What may stand for a name, where the house lets it.
STAND_INS: Final = ("the company", "the index")
# Rules of a kind that ask for the same word before they are looked up by it.
_FEWEST_ASKING: Final = 4


# An Enum looks its members up at twenty times the cost of a name.
_PAST: Final = Tense.PAST
_PRESENT: Final = Tense.PRESENT

# What fills a slot: of (speaker, message, form, where, draft); see `wrapgen.wording.slots`.
Resolver = Callable[["Speaker", Message, str, Place, Draft], Phrase | Bound | None]

# The slot that a [moved] verb is said of, whether its clause prints the figure, and whether it prints the level alone.
Mover = tuple[str, bool, bool]


class Traits(NamedTuple):
    """What the sentence around a pattern must know of it, worked out once, when the rules are loaded."""

    words: int  # of its own, without its slots
    links: frozenset[str]  # the connectives that it brings: none stands twice in a sentence
    set_off: bool  # a comma opens it
    apposition: bool  # ``, its highest level in a month``: without a verb or a preposition of its own
    level: bool  # it prints a level
    verbs: frozenset[str] = frozenset()  # its own, not those chosen by the size of a move
    acts: frozenset[str] = frozenset()  # those, but for the plainest, and its participles: ``, dragged down by``
    stand_ins: frozenset[str] = frozenset()  # "the company", "the index"
    moves: bool = True  # it says a move, and not only a rank: "outpaced its peers"
    alone: bool = True  # as a sentence it says something even where nothing rides on it
    said: frozenset[str] = frozenset()  # its own words, and the lemmas of its own verbs
    has_on: bool = False  # an "on" behind its verb: weighing on the DAX
    starts_on: bool = False
    agents: frozenset[str] = frozenset()  # verbs that it has as a noun of who did it: the region's only *gainer*
    opens: str = ""  # how it names its market at its front: "name", or "index" where that is what it calls it


class Saying(NamedTuple):
    """A pattern of a rule, and what makes a sentence of it."""

    number: int  # of the pattern in its rule
    pattern: Pattern
    traits: Traits
    resolvers: tuple[tuple[Resolver, str], ...]  # what fills each of its slots, and the form
    movers: tuple[Mover, ...]  # for each [moved]


class SentenceRule(NamedTuple):
    """One entry of ``rules/sentences`` (or of an angle or event file), compiled."""

    id: str
    kind: str
    when: Expression | None
    ways: tuple[tuple[Saying, ...], ...]  # those that say the same, by the slots they fill; fuller ones first
    order: tuple[Saying, ...]  # all of them where nothing varies it
    ids: frozenset[str]  # of the patterns
    acts: frozenset[str]  # of the patterns
    turns: bool = False  # an opening, or a headline: turns from one business day to the next

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """As written."""
        return tuple(saying.pattern for saying in sorted(self.order, key=lambda saying: saying.number))


class RuleTable(NamedTuple):
    """The rules of a kind by the word that most of them ask for: those for another word need not be tried."""

    ask: Node | None  # reads that word; None where too few rules ask for one
    by_word: Mapping[object, tuple[SentenceRule, ...]]
    others: tuple[SentenceRule, ...]  # for any other word

    def fitting(self, groups: Groups) -> tuple[SentenceRule, ...]:
        """The rules that may hold, in their order."""
        return self.by_word.get(self.ask.value(groups), self.others) if self.ask is not None else self.others


def table_of(rules: Sequence[SentenceRule]) -> RuleTable:
    whens = [rule.when for rule in rules]
    asked = Counter(name for when in whens if when is not None for name in when.needs)
    name, count = asked.most_common(1)[0] if asked else ("", 0)
    if count < _FEWEST_ASKING:
        return RuleTable(None, {}, tuple(rules))
    needs = [when.needs.get(name) if when is not None else None for when in whens]
    words = {word for need in needs if need is not None for word in need}
    return RuleTable(
        next(when.reader(name) for when in whens if when is not None and name in when.needs),
        {
            word: tuple(rule for rule, need in zip(rules, needs, strict=True) if need is None or word in need)
            for word in words
        },
        tuple(rule for rule, need in zip(rules, needs, strict=True) if need is None),
    )


def traits_of(pattern: Pattern, lexicon: Lexicon, alone: bool = True) -> Traits:
    source = pattern.source
    verbs = verbs_of(pattern)
    words = source.replace(",", " ").split()
    acts = verbs.union(_participles(words, lexicon)) - PLAIN_VERBS
    return Traits(
        words=len(source.split()) - len(pattern.slots),
        links=LINKS.intersection(words),
        set_off=source.startswith(","),
        apposition=source.startswith((", {milestone", ", its ", ", just short", ", off its")),
        level=any(slot.name.endswith(("level", "score")) for slot in pattern.slots),
        verbs=verbs,
        acts=acts,
        stand_ins=frozenset(name for name in STAND_INS if f" {name} " in f" {source.replace(',', ' ')} "),
        moves="[mov" in source or not _OF_MOVES.isdisjoint(verbs),
        alone=alone,
        said=verbs.union(acts, [word for word in words if word.isalpha()]),
        has_on="] on {" in source,
        starts_on=source.startswith("on "),
        agents=frozenset(word[:-2] for word in words if word in ("gainer", "faller")),
        opens="index"
        if source.startswith("{market:index}")
        else "name"
        if source.startswith(("{market}", "{market:possessive}"))
        else "",
    )


def _participles(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """The verbs whose past participles stand among words."""
    readings = [reading for word in words for reading in lexicon.readings.get(word, ())]
    return {lemma for lemma, tag in readings if tag == "past_participle"}


def opening_of(opens: str, message: Message) -> str:
    """What a sentence begins with, where that is a market: its id, told from *the index*; else nothing."""
    return f"{opens}:{message.market.id}" if opens and message.market is not None else ""


# Verbs by which nobody knows a wording again.
PLAIN_VERBS: Final = frozenset(("be", "have", "do", "come"))
# Verbs of moves that patterns have of their own, where the size of the move does not choose them.
_OF_MOVES: Final = frozenset(("rise", "gain", "climb", "fall", "lose", "slide"))


def verbs_of(pattern: Pattern) -> frozenset[str]:
    """The lemmas of the verbs that a pattern has of its own."""
    found: set[str] = set()

    def walk(part: Part) -> None:
        if isinstance(part, Verb) and part.lemma is not None:
            found.add(part.lemma)
        elif isinstance(part, Clause):
            for inner in (*part.link, *part.subject, *((part.verb,) if part.verb is not None else ()), *part.rest):
                walk(inner)

    walk(pattern.root)
    return frozenset(found)


def ways_of(sayings: Sequence[Saying], whole: bool) -> tuple[tuple[Saying, ...], ...]:
    """Patterns grouped by what they tell: those that fill the same slots are wordings of one another,
    those that fill others are what is said when these cannot be. ``whole``: all are."""
    if whole:  # an opening turns through all of its wordings
        return (tuple(sayings),)
    groups: dict[frozenset[str], list[Saying]] = {}
    for saying in sayings:
        groups.setdefault(frozenset(_content(slot) for slot in saying.pattern.slots), []).append(saying)
    return tuple(tuple(group) for group in groups.values())


def _content(slot: Slot) -> str:
    """What a slot tells; a back-reference tells less than the event itself."""
    return f"{slot.name}:back" if slot.form == "back" else slot.name


def movers_of(pattern: Pattern) -> tuple[Mover, ...]:
    """For each ``[moved]`` of a pattern: whose move it says, and which of its figures stands in its clause."""
    found: dict[int, Mover] = {}

    def walk(clause: Clause, inherited: str) -> None:
        slots = [part.name for part in clause.subject if isinstance(part, Slot)]
        if clause.governor >= 0:
            subject = pattern.slots[clause.governor].name
        else:
            subject = slots[-1] if slots else ("" if clause.subject else inherited)
        verbs = [clause.verb, *(part for part in clause.rest if isinstance(part, Verb))]
        first = clause.rest[0] if clause.rest else None
        printed = isinstance(first, Slot) and (first.name.endswith(("change", "score")) or first.name == "points")
        second = clause.rest[1] if len(clause.rest) > 1 else None
        to_level = isinstance(second, Slot) and second.name == "level" and first == Literal("to")
        for verb in verbs:
            if verb is not None and verb.choice >= 0:
                found[verb.choice] = (subject, printed, to_level)
        for part in (*clause.link, *clause.subject, *clause.rest):
            if isinstance(part, Clause):
                walk(part, subject)

    walk(pattern.root, "")
    return tuple(found[number] for number in range(pattern.choices))


class Speaker:
    """Says messages. It holds no state of its own: what has been said is in the draft."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        style = scene.style
        self.barred = frozenset(style.barred_verbs)
        allowed = (style.the_company, style.the_index)
        self.unwanted = frozenset(name for name, may in zip(STAND_INS, allowed, strict=True) if not may)
        self.bars = bool(self.barred or self.unwanted)

    def say(
        self,
        message: Message,
        where: Place,
        draft: Draft,
        form: Form = Form.FINITE,
        kind: str | None = None,
        alone: bool = False,
    ) -> Bound | None:
        """The message as a bound pattern; None where no rule for its kind can say it. ``alone``: with nothing on it."""
        scene = self.scene
        table = scene.rules.tables.get(kind or message.kind)
        if table is None:
            return None
        telling = Telling(scene, message, where, draft)
        groups = scene.groups(message, telling)
        for rule in table.fitting(groups):
            when = rule.when
            if when is not None and not when.evaluate(groups):
                continue
            if alone and not rule.order[0].traits.alone:
                continue
            for saying in rule.order if len(rule.order) == 1 else self._order(rule, message, draft):
                bound = self._bind(rule, saying, message, where, draft, form, telling)
                if bound is not None:
                    return bound
        return None

    def phrase(self, kind: str, message: Message, where: Place, draft: Draft) -> Phrase | None:
        """A message of a kind whose patterns hold no verb, as one phrase (plural where the pattern is)."""
        bound = self.say(message, where, draft, kind=kind)
        if bound is None:
            return None
        tokens: list[Token] = []
        for part in (*bound.pattern.root.link, *bound.pattern.root.subject, *bound.pattern.root.rest):
            piece: tuple[Token, ...] = ()
            if isinstance(part, Literal):
                piece = (make_token(part.text),)
            elif isinstance(part, Slot):
                value = bound.values[part.index]
                piece = value.tokens if isinstance(value, Phrase) else ()
            if piece:
                if tokens and not piece[0].text.startswith((",", " ", "’")):
                    tokens.append(make_token(" "))
                tokens.extend(piece)
        return make_phrase(tuple(tokens), plural=True)

    def _order(self, rule: SentenceRule, message: Message, draft: Draft) -> Iterable[Saying]:
        """The patterns in the order of trying: this variant's first, the recently used last; of those that tell the
        same, one whose verb was just heard, that would begin as the sentence before does, or that has a word to be
        avoided, comes behind."""
        recent = draft.base.patterns[-_REACH:]
        begun = draft.base.begun
        if not begun or message.market is None or not begun.endswith(message.market.id):
            begun = ""
        avoided = draft.avoided
        heard = draft.heard if not rule.acts.isdisjoint(draft.heard) else _NOTHING
        if not (self.scene.variant or begun or rule.turns or heard or avoided) and rule.ids.isdisjoint(recent):
            return rule.order
        return self._varied(rule, recent, message, heard, begun, avoided)

    def _varied(
        self,
        rule: SentenceRule,
        recent: Sequence[str],
        message: Message,
        heard: frozenset[str],
        begun: str,
        avoided: frozenset[str],
    ) -> Iterator[Saying]:
        for way in rule.ways:
            count = len(way)
            if count == 1:
                yield way[0]
                continue
            start = self.scene.turn(count) if rule.turns else self.scene.pick(count, rule.id)
            turned = rotate(way, start)
            if not rule.ids.isdisjoint(recent):
                turned.sort(key=lambda said: recent.index(said.pattern.id) + 1 if said.pattern.id in recent else 0)
            if heard:
                turned.sort(key=lambda said: not said.traits.acts.isdisjoint(heard))
            if begun:
                turned.sort(key=lambda said: opening_of(said.traits.opens, message) == begun)
            if avoided:
                turned.sort(key=lambda said: not said.traits.said.isdisjoint(avoided))
            yield from turned

    def _bind(
        self,
        rule: SentenceRule,
        saying: Saying,
        message: Message,
        where: Place,
        draft: Draft,
        form: Form,
        telling: Telling,
    ) -> Bound | None:
        number, pattern, traits, resolvers, movers = saying
        if draft.links and not traits.links.isdisjoint(draft.links):
            return None
        if draft.has_on and traits.starts_on:
            return None
        if draft.parted and (not traits.set_off or traits.apposition):
            return None  # what follows an apposition without a comma would belong to it; two in a row limp
        if self.bars and not (traits.verbs.isdisjoint(self.barred) and traits.stand_ins.isdisjoint(self.unwanted)):
            return None
        mark, links = draft.mark(), draft.links
        draft.links = links | traits.links  # not "following profit-taking following a rise"
        values: list[Phrase | Bound] = []
        for resolve, slot_form in resolvers:
            value = resolve(self, message, slot_form, where, draft)
            if value is None:
                break
            values.append(value)
        draft.links = links
        if len(values) < len(resolvers):
            draft.undo(mark)
            return None
        verbs: tuple[str, ...] = ()
        for mover in movers:
            verb = self._verb(message, mover, telling, draft, rule.id, number, len(verbs))
            if verb is None:
                draft.undo(mark)
                return None
            verbs = (*verbs, verb)
        draft.patterns.append(pattern.id)
        tense = _PRESENT if where == "headline" or where == "subhead" else _PAST
        return make_bound(pattern, tuple(values), verbs, form, tense)

    def _verb(self, message: Message, mover: Mover, telling: Telling, draft: Draft, *key: object) -> str | None:
        slot, printed, to_level = mover
        item = self._mover(message, slot)
        if item is None:
            return choose_verb(self.scene, draft, telling.direction, None, "stock", printed, *key, to_level=to_level)
        direction: Direction | None = item.tone if isinstance(item, RegionFacts) else item.direction
        size, scale = size_of(item)
        ident = item.region if isinstance(item, RegionFacts) else getattr(item, "id", "")
        return choose_verb(self.scene, draft, direction, size, scale, printed, *key, ident, to_level=to_level)

    def _mover(self, message: Message, slot: str) -> MarketFacts | StockFacts | SectorFacts | RegionFacts | None:
        if slot in ("market", "stock", "sector"):
            found: MarketFacts | StockFacts | SectorFacts | None = getattr(message, slot)
            return found
        if slot in ("first", "second", "third", "fourth"):
            number = ("first", "second", "third", "fourth").index(slot)
            return message.items[number] if number < len(message.items) else None
        if slot in ("items", "places") and message.items:
            same = len({i.direction for i in message.items}) == 1
            if not same or isinstance(message.items[0], SectorFacts):
                return None
            return message.items[0] if len(message.items) == 1 or same_size(message.items) else None
        if slot == "index" and message.stock is not None:
            return self.scene.book.markets.get(message.stock.market or "")
        if slot == "sector_index" and message.sector is not None:
            return self.scene.book.markets.get(message.sector.market or "")
        return self.scene.book.region if slot in ("stocks", "region") else None
