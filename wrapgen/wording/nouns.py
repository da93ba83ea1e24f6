"""Nouns for moves: a gain, a slide; gains and losses of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wrapgen.facts.types import Direction
from wrapgen.plan.types import Item, Message
from wrapgen.wording.discourse import Draft
from wrapgen.wording.scene import Scene
from wrapgen.wording.verbs import size_of

if TYPE_CHECKING:
    from wrapgen.wording.speaker import Speaker

# (up, down) by the form that a pattern asks for.
_PAIRS: Final = {
    "": ("gains", "losses"),
    "gain": ("gain", "loss"),
    "advance": ("advance", "decline"),
    "rise": ("rise", "fall"),
    "higher": ("higher", "lower"),
    "up": ("up", "down"),
    "strength": ("strength", "weakness"),
    "firm": ("firmer", "weaker"),
    "winning": ("winning", "losing"),
    "opposite": ("losses", "gains"),
    "recovery": ("recovery", "retreat"),
    "extreme": ("best level", "low"),
}
GAIN_FORMS: Final = tuple(form for form in _PAIRS if form)


def move_noun(scene: Scene, item: Item | None, direction: Direction | None, draft: Draft) -> str:
    """``gain``, ``slide``, by direction and size; ``rise`` and ``fall`` where no size is known."""
    size, scale = size_of(item) if item is not None else (scene.book.region.size, "index")
    way = item.direction if item is not None else direction
    if way not in ("up", "down"):
        return "move"
    if size is None:
        return "rise" if way == "up" else "fall"
    barred = scene.style.barred_verbs  # and nouns that are the same word: a plunge
    fitting = [n.say for _, n in scene.rules.lexicon.nouns_near(way, size, scale) if n.say not in barred]
    if not fitting:
        return "rise" if way == "up" else "fall"
    recent = {*(*draft.base.verbs, *draft.verbs)[-4:], *draft.avoided}
    pool = [say for say in fitting if say not in recent][:3] or fitting[:1]
    chosen = pool[scene.near(len(pool), "noun", getattr(item, "id", ""))]
    draft.verbs.append(chosen)
    return chosen


def gain_or_loss(speaker: Speaker, message: Message, form: str) -> str | None:
    """The word of a pair that fits the message's direction, or the region's tone."""
    direction = message.direction
    if direction is None:
        item = message.market or message.stock or message.sector or (message.items[0] if message.items else None)
        direction = item.direction if item is not None else speaker.scene.book.region.tone
    if direction not in ("up", "down") or form not in _PAIRS:
        return None
    up, down = _PAIRS[form]
    return up if direction == "up" else down
