"""A story as it is stored, read and saved; what is done with it is in ``receiving``, ``changing`` and ``deciding``.

Every change makes a version on the one that the editor saw. Where another was saved meanwhile the change is set
aside, whole, and the editor is told: nothing is lost and nothing is overwritten unseen.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

import wrapgen
from wrapgen import Article, Claim, RulePack, Snapshot
from wrapgen.preview.copy import Copy, Made, Missing, edited_article
from wrapgen.preview.store import Entry, Sent, Store, Story, Version
from wrapgen.unusual import signs_of

STATES = ("draft", "approved", "held", "killed")
UNTRUE = ("contradicted", "unsupported")
_KEPT = 64  # snapshots and articles: a key stroke reads neither the data nor the whole text again
# What is unusual enough for a badge: the least size of each sign of wrapgen.unusual.
_UNUSUAL = {"move": 2.5, "gate": 1, "close": -0.25, "unchecked": 1, "left_out": 3}
_BADGES = {
    "move": "large move",
    "gate": "data gate",
    "close": "close call",
    "unchecked": "unchecked words",
    "left_out": "left out",
}

Json = Mapping[str, Any]
T = TypeVar("T")


class Refused(ValueError):
    """What the desk does not do, with the reason for people."""


class NotAllowed(Refused):
    """What this person may not do."""


class Conflict(Exception):
    """Another version was saved since the one that the change was made on; the change is ``aside``, a version's id."""

    def __init__(self, story: int, theirs: int, aside: int) -> None:
        self.story, self.theirs, self.aside = story, theirs, aside
        super().__init__(f"version {theirs} was saved meanwhile")


class Latest(Generic[T]):
    """What was made last, by what it was made of; for any thread."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            found = self._kept.pop(key, None)
        made = make() if found is None else found
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


class Proof:
    """A snapshot, and what holds texts against it: a text that was read before is read anew only where it changed."""

    def __init__(self, snapshot: Snapshot, pack: RulePack) -> None:
        self.snapshot = snapshot
        self._reader = wrapgen.proofreader(snapshot, pack)
        self._lock = Lock()

    def verify(self, text: str) -> list[Claim]:
        with self._lock:
            return list(self._reader.verify(text))


@dataclass(frozen=True, slots=True)
class View:
    """A version of a story with all that it was made of."""

    story: Story
    version: Version
    copy: Copy
    made: Made
    document: Json
    proof: Proof

    @property
    def snapshot(self) -> Snapshot:
        return self.proof.snapshot

    @property
    def names(self) -> dict[str, str]:
        """Markets and companies by their ids."""
        return names_of(self.snapshot)

    def changed(self, copy: Copy, what: str, by: str, made: Made | None = None) -> Change:
        """Another copy of the same data."""
        return Change(copy, made or self.made, self.snapshot, what, by, self.version.sent_id)


class Change(NamedTuple):
    """A version to come: the copy, how it was asked for, what was done and by whom. Its data are those of ``sent_id``,
    or a ``document`` that comes with it."""

    copy: Copy
    made: Made
    snapshot: Snapshot
    what: str
    by: str
    sent_id: int = 0
    document: Json | None = None


def names_of(snapshot: Snapshot) -> dict[str, str]:
    stocks = {stock.id: stock.short_name for stock in snapshot.stocks}
    return {**{market.id: market.short_name for market in snapshot.markets}, **stocks}


class Desk:
    """The operations. ``pack`` gives the rules of the moment, ``now`` the time that is noted beside a name."""

    def __init__(
        self,
        store: Store,
        pack: Callable[[], RulePack],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self.store, self.pack, self.now = store, pack, now
        self._proofs: Latest[Proof] = Latest(_KEPT)
        self._articles: Latest[Article] = Latest(_KEPT)

    # What there is.

    def view(self, story_id: int, number: int | None = None) -> View:
        """A version of a story, the latest where ``number`` is None. Missing where there is none."""
        with self.store.reading() as session:
            story = session.get(Story, story_id)
            if story is None:
                raise Missing(f"there is no story {story_id}")
            version = session.scalar(
                select(Version).where(
                    Version.story_id == story_id, Version.number == (story.current if number is None else number)
                )
            )
            if version is None:
                raise Missing(f"story {story_id} has no version {story.current if number is None else number}")
            return self._view(story, version)

    def set_aside(self, version_id: int) -> View:
        """A version that was set aside, by its id."""
        with self.store.reading() as session:
            version = session.get(Version, version_id)
            if version is None:
                raise Missing(f"there is no version {version_id}")
            return self._view(version.story, version)

    def _view(self, story: Story, version: Version) -> View:
        made, sent = Made.from_dict(version.made), version.sent
        proof = self._proof(sent.id, sent.document, made)
        return View(story, version, Copy.from_dict(version.copy), made, sent.document, proof)

    def article(self, view: View) -> Article:
        """The article of a version as the rules write it now, without its editors' changes."""
        return self.written(view.snapshot, view.made)

    def finished(self, view: View) -> Article:
        """The article of a version with its editors' words."""
        return edited_article(self.article(view), view.copy, self.claims(view))

    def claims(self, view: View, copy: Copy | None = None) -> list[Claim]:
        """Every claim of the copy, held against its data. A line of correction tells of older data."""
        return view.proof.verify(replace(copy or view.copy, note="").text)

    # Saving.

    def save(self, view: View, change: Change, keep: bool = True) -> int:
        """The number of the version that ``change`` makes of the one that was seen.

        Raises Conflict where another was saved meanwhile; the change is then set aside, unless ``keep`` is false.
        """
        base = view.version.number if view.version.number is not None else view.version.base
        with self.store.writing() as session:
            story = session.get_one(Story, view.story.id, with_for_update=True)
            late, theirs = story.current != base, story.current
            version = self.add(session, story, base, change, late) if keep or not late else None
        if late:
            raise Conflict(view.story.id, theirs, version.id if version is not None else 0)
        return base + 1

    def add(self, session: Session, story: Story, base: int, change: Change, late: bool = False) -> Version:
        """A version; the story is what it says, unless it is ``late``."""
        if change.document is not None:
            sent = Sent(story_id=story.id, document=dict(change.document), at=self.now(), by=change.by)
            session.add(sent)
            session.flush()
            change = change._replace(sent_id=sent.id)
        version = Version(
            story_id=story.id,
            number=None if late else base + 1,
            base=base,
            sent_id=change.sent_id,
            made=change.made.to_dict(),
            copy=change.copy.to_dict(),
            what=change.what,
            at=self.now(),
            by=change.by,
        )
        session.add(version)
        if not late:
            article = self.written(change.snapshot, change.made)
            # What an editor holds or has killed stays so; what a gate held is written now.
            if story.state == "approved" or not story.current or any(reason["gate"] for reason in story.reasons):
                story.state, story.reasons = "draft", []
            story.current, story.changed_at = base + 1, self.now()
            story.headline = change.copy.headline.text
            story.angle, story.score = article.angle["name"], article.angle["score"]
            story.badges = badges_of(change.snapshot, article, change.copy)
        self.log(session, story, change.by, f"{change.what}{', set aside' if late else ''}")
        session.flush()
        return version

    def story_at(self, session: Session, view: View, by: str) -> Story:
        """The story, where the version seen is still its latest. Raises Conflict."""
        story = session.get_one(Story, view.story.id, with_for_update=True)
        if story.current != view.version.number:
            raise Conflict(story.id, story.current, 0)
        story.changed_at = self.now()
        return story

    def log(self, session: Session, story: Story, by: str, what: str) -> None:
        session.add(Entry(story_id=story.id, at=self.now(), by=by, what=what))

    # The engine.

    def open(self, document: Json, made: Made) -> Snapshot:
        return wrapgen.read_snapshot(document, self.pack().reference, override=made.override)

    def _proof(self, sent_id: int, document: Json, made: Made) -> Proof:
        pack = self.pack()
        return self._proofs.get((sent_id, made.override, pack.hash), lambda: Proof(self.open(document, made), pack))

    def written(self, snapshot: Snapshot, made: Made) -> Article:
        pack = self.pack()
        return self._articles.get(
            (snapshot.content_hash, made, pack.hash),
            lambda: wrapgen.write(
                snapshot, style=made.style, length=made.length, variant=made.variant, angle=made.angle, rules=pack
            ),
        )


def badges_of(snapshot: Snapshot, article: Article, copy: Copy) -> list[Any]:
    """What is unusual about a story: [short name, what to know]."""
    found = [
        [_BADGES[sign.kind], sign.told]
        for sign in signs_of(snapshot, article)
        if sign.kind in _UNUSUAL and sign.size >= _UNUSUAL[sign.kind]
    ]
    if flagged := sum(line.kept and bool(line.flags) for line in copy.lines):
        found.append(
            ["facts changed", f"under {'a line' if flagged == 1 else f'{flagged} lines'} that an editor has kept"]
        )
    if copy.note:
        found.append(["correction", copy.note])
    return found
