"""Messages and the document plan: what is said, in which order, and still no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from wrapgen.angles.types import Angle
from wrapgen.facts.types import (
    BackdropFacts,
    Direction,
    EventFacts,
    MarketFacts,
    MilestoneFact,
    Relation,
    SectorFacts,
    StockFacts,
    StreakFact,
)
from wrapgen.values import ending, made, maker

Place = Literal["headline", "subhead", "lede", "body"]
Item = MarketFacts | StockFacts | SectorFacts
# Stocks that ride on their sectors' move and show how far it went, and what each is as a sentence of its own.
SHOWING: Final = {"sat.stock": "stock.score", "sat.pair": "stock.pair"}


class Message(NamedTuple):
    """One thing to say. ``kind`` names the sentence rules that can say it (``rules/sentences``).

    ``target`` is what a cause explains; ``relation`` and ``direction`` are the cause's against it.
    ``items`` are the members of a list. ``satellites`` may ride on the sentence, the more important
    first; what finds no room is dropped, unless the plan asked for it as a sentence of its own.
    """

    kind: str
    market: MarketFacts | None = None
    stock: StockFacts | None = None
    sector: SectorFacts | None = None
    event: EventFacts | None = None
    backdrop: BackdropFacts | None = None
    milestone: MilestoneFact | None = None
    streak: StreakFact | None = None
    items: tuple[Item, ...] = ()
    target: MarketFacts | StockFacts | SectorFacts | None = None
    relation: Relation | None = None
    direction: Direction | None = None
    contrast: bool = False
    detail: str = ""
    satellites: tuple[Message, ...] = ()


tell: Final = maker(Message)


def retold(
    message: Message,
    contrast: bool | None = None,
    detail: str | None = None,
    satellites: tuple[Message, ...] | None = None,
) -> Message:
    """The same message as it stands in its place: against what, as which part of a longer telling, with what on it."""
    return ending(
        message,
        message.contrast if contrast is None else contrast,
        message.detail if detail is None else detail,
        message.satellites if satellites is None else satellites,
    )


class Paragraph(NamedTuple):
    section: str
    messages: tuple[Message, ...]
    subhead: Message | None = None
    apart: bool = False  # never joined to the paragraph before it, however short both are


def paragraph(
    section: str, messages: Sequence[Message], subhead: Message | None = None, apart: bool = False
) -> Paragraph:
    return made(Paragraph, section, tuple(messages), subhead, apart)


class Document(NamedTuple):
    """The whole article as messages."""

    angle: Angle
    counterpoint: Angle | None
    headline: Message
    lede: Message
    paragraphs: tuple[Paragraph, ...]
