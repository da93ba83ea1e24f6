"""From the document plan to sentences: each message said, each sentence's satellites chosen, and realised."""

from __future__ import annotations

from collections.abc import Iterable

from wrapgen.clause import Bound, Phrase
from wrapgen.facts.types import MarketFacts, StockFacts
from wrapgen.plan.types import Document, Message, Paragraph, Place
from wrapgen.realise import Realiser
from wrapgen.text import Block, FactRef, Sentence
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.scene import Scene
from wrapgen.wording.speaker import Speaker

# A lede runs to 46 words at most, a sentence of the body to 40, a headline to 16; what would lengthen
# it beyond that waits for its own sentence or is left out.
_MOST_WORDS = {"headline": 15, "subhead": 12, "lede": 46, "body": 38}
_MOST_SATELLITES = {"headline": 2, "subhead": 0, "lede": 3, "body": 2}


class Writer:
    """Writes one document. The discourse passes from sentence to sentence as a value."""

    def __init__(self, scene: Scene, realiser: Realiser) -> None:
        self.speaker = Speaker(scene)
        self.realiser = realiser

    def write(self, document: Document) -> tuple[Sentence, tuple[Block, ...]]:
        headline, _ = self._titled(document.headline, "headline", Discourse())
        lede, discourse = self._sentence(document.lede, "lede", Discourse())
        if headline is None or lede is None:
            raise LookupError(f"no rule says the {'headline' if headline is None else 'lede'} of {document.angle.name}")
        # The lede names markets by place and companies without ticker: the body introduces them anew.
        discourse = discourse._replace(tickers=frozenset())
        blocks = [Block("paragraph", "lede", (lede,))]
        for paragraph in document.paragraphs:
            made, discourse = self._paragraph(paragraph, discourse)
            blocks.extend(made)
        return headline, tuple(blocks)

    def _paragraph(self, paragraph: Paragraph, discourse: Discourse) -> tuple[list[Block], Discourse]:
        sentences: list[Sentence] = []
        after = discourse
        for message in paragraph.messages:
            sentence, after = self._sentence(message, "body", after)
            if sentence is not None:
                sentences.append(sentence)
        if not sentences:
            return [], discourse
        blocks: list[Block] = []
        if paragraph.subhead is not None:
            subhead, _ = self._titled(paragraph.subhead, "subhead", Discourse(patterns=discourse.patterns))
            if subhead is not None:
                blocks.append(Block("subhead", paragraph.section, (subhead,)))
        blocks.append(Block("paragraph", paragraph.section, tuple(sentences)))
        return blocks, after

    def _sentence(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        draft = Draft(discourse)
        bounds = self._bounds(message, where, draft)
        if not bounds:
            return None, discourse
        if message.event is not None and message.kind.startswith("event."):
            draft.told.append(message.event.id)
        tokens = self.realiser.realise(bounds)
        sentence = Sentence(tokens, bounds[0].pattern.rule, facts_of(message))
        return sentence, draft.close(" ".join(sentence.text.split()[:2]), message.kind)

    def _titled(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        draft = Draft(discourse)
        bounds = self._bounds(message, where, draft)
        if not bounds:
            return None, discourse
        return Sentence(self.realiser.headline(bounds), bounds[0].pattern.rule, facts_of(message)), discourse

    def _bounds(self, message: Message, where: Place, draft: Draft) -> list[Bound]:
        nucleus = self.speaker.say(message, where, draft)
        if nucleus is None:
            return []
        bounds = [nucleus]
        self._add(bounds, message.satellites, where, draft, _MOST_SATELLITES[where])
        return bounds

    def _add(self, bounds: list[Bound], satellites: Iterable[Message], where: Place, draft: Draft, room: int) -> None:
        """Adds what finds room: within the number of satellites and the length of the sentence."""
        for satellite in satellites:
            if room <= 0:
                return
            mark = draft.mark()
            bound = self.speaker.say(satellite, where, draft)
            if bound is None:
                continue
            if sum(map(length, bounds)) + length(bound) > _MOST_WORDS[where]:
                draft.undo(mark)
                continue
            bounds.append(bound)
            room -= 1
            if satellite.satellites and room > 0:
                before = len(bounds)
                self._add(bounds, satellite.satellites[:1], where, draft, room)
                room -= len(bounds) - before


def length(bound: Bound) -> int:
    """Words of a bound pattern, near enough."""
    count = len(bound.pattern.source.split()) - len(bound.pattern.slots)
    for value in bound.values:
        if isinstance(value, Phrase):
            count += sum(token.text.count(" ") for token in value.tokens) + 1
        else:
            count += length(value)
    return count


def facts_of(message: Message) -> tuple[FactRef, ...]:
    """Pointers of what a message is about, beyond the figures that its tokens carry."""
    found: list[FactRef] = []
    for item in (message.market, message.stock, message.sector, *message.items):
        if isinstance(item, MarketFacts):
            found.append(item.market.pointer)
        elif isinstance(item, StockFacts):
            found.append(item.stock.pointer)
        elif item is not None:
            found.append(item.sector.pointer)
    if message.event is not None:
        found.append(message.event.event.pointer)
    for satellite in message.satellites:
        found.extend(facts_of(satellite))
    return tuple(dict.fromkeys(found))
