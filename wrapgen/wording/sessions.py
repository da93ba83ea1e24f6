"""The slots that say when: the weekday, the part of the session, the session before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from wrapgen.clause import words
from wrapgen.plan.types import Message, Place
from wrapgen.wording import dates
from wrapgen.wording.discourse import Draft
from wrapgen.wording.naming import Resolver, Value

if TYPE_CHECKING:
    from wrapgen.wording.scene import Scene
    from wrapgen.wording.speaker import Speaker


def _weekday(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    day = dates.weekday(speaker.scene.book.snapshot.date)
    return words(f"on {day}" if not form else day, proper=bool(form), facts=("/as_of",))


def _session(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    phase = speaker.scene.book.snapshot.phase
    said = {
        "open": "in early trade",
        "morning": "in morning trade",
        "midday": "by midday",
        "afternoon": "in afternoon trade",
    }.get(phase)
    return words(said, facts=("/phase",)) if said else None


def _overnight(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """When the backdrop session was, seen from the region: overnight, on Tuesday."""
    if message.event is not None and "overnight" in (message.event.event.clause or "") + (
        message.event.event.when or ""
    ):
        return None if not form else words("overnight")
    scene = speaker.scene
    return words(dates.session_before(scene.book.snapshot.date, _last_session(scene), _after_a_night(scene)))


def _last_session(scene: Scene) -> dt.date | None:
    """The day of Wall Street's session before, by its calendar; None where the sender gives no figure of it."""
    behind = scene.book.backdrop
    if behind is None or not behind.markets or not all(scene.book.markets[ident].previous for ident in behind.markets):
        return None
    closures = scene.rules.reference.closures_of(behind.place)
    return closures.last_before(scene.book.snapshot.date) if closures is not None else None


def _after_a_night(scene: Scene) -> bool:
    """Whether the region's day begins when Wall Street's has just ended; the Americas trade with it."""
    if scene.book.region.layout != "country":
        return scene.region.id == "asia-pacific"
    return all(scene.places[place].region != "americas" for place in scene.region.places)


WHEN: Final[dict[str, tuple[Resolver, str]]] = {
    "weekday": (_weekday, "on Wednesday; form bare: Wednesday"),
    "session": (_session, "in morning trade; nothing at the close"),
    "overnight": (_overnight, "when the session before was: overnight, on Tuesday"),
}
WHEN_FORMS: Final[dict[str, tuple[str, ...]]] = {"weekday": ("bare",), "overnight": ("plain",)}
