"""From the document plan to sentences: each message said, each sentence's satellites chosen, and realised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wrapgen.clause import Bound, Phrase
from wrapgen.facts.types import MarketFacts, SectorFacts, StockFacts
from wrapgen.plan.types import SHOWING, Document, Message, Paragraph, Place
from wrapgen.realise import Realiser
from wrapgen.text import Block, Derived, FactRef, Sentence, plain
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.echoes import acts_of, echoed
from wrapgen.wording.paragraphs import Written, headed, merged, under, within
from wrapgen.wording.scene import Scene
from wrapgen.wording.sectors import sectors_singly
from wrapgen.wording.speaker import Speaker, Traits, opening_of
from wrapgen.wording.spelling import speller
from wrapgen.wording.style import prints_in_full

# A lede runs to 46 words at most, a sentence of the body to 40, a headline to 16; what would lengthen
# it beyond that waits for its own sentence or is left out.
_MOST_WORDS: Final = {"headline": 15, "subhead": 12, "lede": 46, "body": 38}
_LONG_SATELLITE: Final = 8
_LONG_MILESTONE: Final = 10
_BARE_SCORES: Final = frozenset(("market.score", "market.pair", "market.equal"))
_BESIDE: Final = frozenset(("sat.cross", "sat.yield"))
_JOINED: Final = frozenset(("market.pair", "market.triple", "market.equal"))
_MOST_SATELLITES: Final = {"headline": 2, "subhead": 0, "lede": 3, "body": 3}


class Writer:
    """Writes one document. The discourse passes from sentence to sentence as a value."""

    def __init__(self, scene: Scene, realiser: Realiser) -> None:
        self.speaker = Speaker(scene)
        self.traits: Mapping[str, Traits] = scene.rules.traits
        self.rule_of: Mapping[str, str] = scene.rules.rule_of
        self.realiser = realiser
        self.style = scene.style
        self.spell = speller(scene.style)
        self.title = scene.style.headline_case == "title"

    def write(self, document: Document) -> tuple[Sentence, tuple[Block, ...]]:
        headline, titles = self._titled(document.headline, "headline", Discourse())
        if headline is None:
            headline, titles = self._titled(document.headline._replace(kind="headline.any"), "headline", Discourse())
        lede, discourse = self._sentence(document.lede, "lede", Discourse())
        if lede is None:
            lede, discourse = self._sentence(document.lede._replace(kind="lede.any"), "lede", Discourse())
        if headline is None or lede is None:
            raise LookupError(f"no rule says the {'headline' if headline is None else 'lede'} of {document.angle.name}")
        # Which way the region went, and whether most of it or all, is said of all its markets.
        region = self.speaker.scene.book.region
        if region.sources:
            tone = Derived("region.tone", region.sources)
            headline = headline._replace(facts=(tone, *headline.facts))
            lede = lede._replace(facts=(tone, *lede.facts))
        # The lede names markets by place and companies without ticker: the body introduces them anew. It is of the
        # region, so that "the fall" behind it would not be one market's.
        discourse = discourse._replace(met=frozenset(), sole=None)
        written: list[Written] = []
        waiting: Paragraph | None = None  # under its subhead nothing was left to say
        for planned in document.paragraphs:
            paragraph = under(waiting, planned)
            part, discourse = self._paragraph(paragraph, discourse)
            if part is not None:
                written.append(part)
            waiting = paragraph if part is None else None
        blocks = [
            Block("paragraph", "lede", (lede,)),
            *self._blocks(within(merged(headed(written)), self.style), titles.told),
        ]
        return headline, tuple(blocks)

    def _paragraph(self, paragraph: Paragraph, discourse: Discourse) -> tuple[Written | None, Discourse]:
        """None where nothing is left to say."""
        sentences: list[Sentence] = []
        verbs: tuple[str, ...] = ()
        for planned in paragraph.messages:
            message = _untold_runs(planned, discourse)
            if message is None or self._told_already(message, discourse):
                continue
            for single in self._singly(message, discourse):
                sentence, discourse = self._sentence(single, "body", discourse)
                if sentence is not None:
                    sentences.append(sentence)
                    verbs = verbs if len(sentences) > 1 else discourse.moves
            for spare in self._spares(message, discourse):
                sentence, discourse = self._sentence(spare, "body", discourse)
                if sentence is not None:
                    sentences.append(sentence)
        return Written(paragraph, tuple(sentences), verbs) if sentences else None, discourse

    def _singly(self, message: Message, discourse: Discourse) -> list[Message]:
        """Scores that the house prints in full stand each in a sentence of its own; others may share one."""
        if message.kind == "sectors":
            alone = [s._replace(kind=SHOWING[s.kind]) for s in message.satellites if s.kind in SHOWING]
            return sectors_singly(self.speaker.scene, message, discourse) or alone
        joined = message.kind in _JOINED and message.detail not in ("behind", "backdrop")
        if not joined or not prints_in_full(self.style):
            return [message]
        markets = [item for item in message.items if isinstance(item, MarketFacts) and item.market.level is not None]
        if len(markets) < len(message.items):
            return [message]
        return [
            message._replace(kind="market.score", market=market, items=(), detail="" if number else message.detail)
            for number, market in enumerate(markets)
        ]

    def _told_already(self, message: Message, discourse: Discourse) -> bool:
        """Bare scores whose figures have been printed, and an event's detail that another of its stocks has told.

        A level would be new, and so would what rides on a score.
        """
        if message.kind == "event.detail":
            return _detail_key(message) in discourse.told
        if message.kind not in _BARE_SCORES or message.satellites or message.detail not in ("", "bucks"):
            return False
        markets = [item for item in message.items or (message.market,) if isinstance(item, MarketFacts)]
        levels = self.speaker.scene.levels
        return all(f"pct:{m.id}" in discourse.told and not (levels and m.market.level is not None) for m in markets)

    def _spares(self, message: Message, discourse: Discourse) -> list[Message]:
        """What found no room beside its move, as a sentence of its own: a stock's reason, a sector's stocks."""
        if not message.satellites:
            return []
        reasons = message.satellites if message.stock is not None else ()
        spares = [
            s._replace(kind="cause.sentence", target=None)
            for s in reasons
            if s.kind == "cause" and s.event is not None and not {s.event.id, f"back:{s.event.id}"} & discourse.told
        ]
        spares += [
            s._replace(kind="context.score")
            for s in message.satellites
            if s.kind in _BESIDE and s.market is not None and f"beside:{s.market.id}" not in discourse.told
        ]
        spares += [
            s._replace(kind=SHOWING[s.kind])
            for s in message.satellites
            if s.kind in SHOWING
            and discourse.met.isdisjoint([i.id for i in (s.stock, *s.items) if isinstance(i, StockFacts)])
        ]
        told = [s for s in message.satellites if s.kind == "sat.sectors" and any(map(_needs_telling, s.items))]
        return spares + [s._replace(kind="sectors") for s in told]

    def _blocks(self, written: list[Written], told: frozenset[str]) -> list[Block]:
        """Paragraphs under their subheads, of which none tells a reason that another has ``told``, or the headline."""
        sections: dict[str, list[Written]] = {}
        for part in written:
            sections.setdefault(part.paragraph.section, []).append(part)
        blocks: list[Block] = []
        titles = Discourse()._replace(told=told)
        for part in written:
            section, subhead = part.paragraph.section, part.paragraph.subhead
            if subhead is not None:
                heard = titles._replace(verbs=titles.verbs + part.verbs)
                title, titles = self._titled(self._held_to(subhead, sections[section]), "subhead", heard)
                if title is not None:
                    blocks.append(Block("subhead", section, (title,)))
            blocks.append(Block("paragraph", section, part.sentences))
        return blocks

    def _held_to(self, subhead: Message, section: Sequence[Written]) -> Message:
        """A subhead names no sector but those that its section tells of, or whose stocks; two at most."""
        if not subhead.items:
            return subhead
        facts = {fact for part in section for sentence in part.sentences for fact in sentence.facts}
        stocks = self.speaker.scene.book.stocks.values()
        own = {(s.market, s.stock.sector) for s in stocks if s.stock.pointer in facts}
        told = [
            item
            for item in subhead.items
            if isinstance(item, SectorFacts) and (item.sector.pointer in facts or (item.market, item.name) in own)
        ]
        return subhead._replace(items=tuple(told[:2]))

    def _sentence(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        bounds, draft = self._unechoed(message, where, discourse)
        if not bounds:
            return None, discourse
        _mark_told(message, draft)
        tokens = self.realiser.realise(bounds, self.spell)
        sentence = Sentence(tokens, bounds[0].pattern.rule, facts_of(message), *self._said(bounds[0], draft))
        begun = opening_of(self.traits[bounds[0].pattern.id].opens, message)
        return sentence, draft.close(message.kind, begun, acts_of(draft.patterns, self.traits))

    def _titled(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        bounds, draft = self._unechoed(message, where, discourse)
        if not bounds:
            return None, discourse
        tokens = self.realiser.headline(bounds, self.spell, self.title)
        title = Sentence(tokens, bounds[0].pattern.rule, facts_of(message), *self._said(bounds[0], draft))
        return title, draft.close()

    def _said(self, nucleus: Bound, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The rules of a sentence, that of its nucleus first, and their patterns."""
        rules = [nucleus.pattern.rule]
        for pattern in draft.patterns:
            rule = self.rule_of[pattern]
            if rule not in rules:
                rules.append(rule)
        return tuple(rules), tuple(draft.patterns)

    def _unechoed(self, message: Message, where: Place, discourse: Discourse) -> tuple[list[Bound], Draft]:
        """The parts of a sentence, no word for a move being said again in its reason, where another fits."""
        draft = Draft(discourse)
        bounds = self._bounds(message, where, draft)
        again = echoed(bounds, self.speaker.scene.rules.lexicon, self.traits)
        if again:
            other = Draft(discourse, again)
            said = self._bounds(message, where, other)
            if len(said) == len(bounds):  # else it cannot all be told without
                return said, other
        return bounds, draft

    def _bounds(self, message: Message, where: Place, draft: Draft) -> list[Bound]:
        """The nucleus and what rides on it; where a rule cannot stand alone and nothing does, another rule's."""
        mark = draft.mark()
        for alone in (False, True):
            nucleus = self.speaker.say(message, where, draft, alone=alone)
            if nucleus is None:
                return []
            bounds = [nucleus]
            traits = self.traits[nucleus.pattern.id]
            draft.links, draft.has_on = traits.links, traits.has_on
            draft.level_printed, draft.moved = traits.level, traits.moves
            self._add(bounds, message.satellites, where, draft, _MOST_SATELLITES[where])
            if traits.alone or draft.satellites:
                return bounds
            draft.undo(mark)
        return []

    def _add(self, bounds: list[Bound], satellites: Sequence[Message], where: Place, draft: Draft, room: int) -> None:
        """Adds what finds room: within the number of satellites and the length of the sentence."""
        said = sum([self._length(bound) for bound in bounds]) if satellites else 0
        reasons_only = False  # behind a milestone of some length
        for satellite in satellites:
            if room <= 0:
                return
            if reasons_only and satellite.kind != "cause":
                continue
            mark = draft.mark()
            bound = self.speaker.say(satellite, where, draft)
            if bound is None:
                continue
            words = self._length(bound)
            if said + words > _MOST_WORDS[where]:
                draft.undo(mark)
                continue
            bounds.append(bound)
            said += words
            draft.satellites += 1
            draft.reasoned |= satellite.kind.startswith("cause")
            _mark_told(satellite, draft)
            traits = self.traits[bound.pattern.id]
            draft.parted = where == "body" and traits.apposition
            draft.links |= traits.links
            draft.has_on |= traits.has_on
            draft.moved |= traits.moves
            room -= 1
            of_day = satellite.milestone is not None and satellite.milestone.of_day
            if where == "body" and words > _LONG_SATELLITE and not of_day:
                if satellite.milestone is None or words > _LONG_MILESTONE:
                    return  # what follows a long reason would seem to belong to it; a worst day is the move itself
                reasons_only = True
            if satellite.satellites and room > 0:
                before = len(bounds)
                self._add(bounds, satellite.satellites[:1], where, draft, room)
                room -= len(bounds) - before
                said += sum([self._length(bound) for bound in bounds[before:]])

    def _length(self, bound: Bound) -> int:
        """Words of a bound pattern, near enough."""
        count = self.traits[bound.pattern.id].words
        for value in bound.values:
            if isinstance(value, Phrase):
                count += 1 + plain(value.tokens).count(" ")
            else:
                count += self._length(value)
        return count


def _needs_telling(sector: object) -> bool:
    """Whether a sector is said to have moved its index, by a figure or with no listed stock that shows it."""
    return isinstance(sector, SectorFacts) and sector.tells and (sector.pct is not None or not sector.stocks)


def _mark_told(message: Message, draft: Draft) -> None:
    """An event is told by what is said of it in words other than its own, too: a detail, *as did another*."""
    if message.event is not None and message.kind.startswith(("event.", "sat.likewise")):
        draft.told.extend((message.event.id, _detail_key(message)))
    if message.kind in ("market.path", "sat.path") and message.market is not None:
        draft.told.append(f"path:{message.market.path}")
    if message.kind in _BESIDE and message.market is not None:
        draft.told.append(f"beside:{message.market.id}")


def _detail_key(message: Message) -> str:
    return f"detail:{message.event.id if message.event is not None else ''}:{message.detail}"


def _untold_runs(message: Message, discourse: Discourse) -> Message | None:
    """Of markets whose runs are told together, those whose run no sentence has told; None where there is none."""
    if message.kind != "market.runs":
        return message
    left = tuple([m for m in message.items if isinstance(m, MarketFacts) and f"streak:{m.id}" not in discourse.told])
    return message._replace(items=left, market=left[0]) if left else None


def facts_of(message: Message) -> tuple[FactRef, ...]:
    """Pointers of what a message is about, beyond the figures that its tokens carry."""
    found: dict[FactRef, None] = {}
    _collect(message, found)
    return tuple(found)


def _collect(message: Message, found: dict[FactRef, None]) -> None:
    if message.market is not None:
        found[message.market.market.pointer] = None
    if message.stock is not None:
        found[message.stock.stock.pointer] = None
    if message.sector is not None:
        found[message.sector.sector.pointer] = None
    for item in message.items:
        if isinstance(item, MarketFacts):
            found[item.market.pointer] = None
        elif isinstance(item, StockFacts):
            found[item.stock.pointer] = None
        else:
            found[item.sector.pointer] = None
    if message.event is not None:
        found[message.event.event.pointer] = None
    if message.backdrop is not None:
        found.update(dict.fromkeys(message.backdrop.sources))
    for satellite in message.satellites:
        _collect(satellite, found)
