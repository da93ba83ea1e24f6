"""Snapshots as they arrive: new stories, stories that a data gate holds, and new data under those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select

import wrapgen
from wrapgen import Snapshot
from wrapgen.preview.copy import Made, Missing, claims_by_line, copy_of
from wrapgen.preview.corrections import corrections, told
from wrapgen.preview.desk import UNTRUE, Change, Conflict, Desk, Json, View, names_of
from wrapgen.preview.store import Sent, Story
from wrapgen.preview.update import update


def receive(desk: Desk, document: Json, by: str, override: Sequence[str] = ()) -> tuple[int, bool]:
    """A snapshot: a new story, or new data for the story of the same region, day and phase. Its id, and whether it
    is new.

    One that a data gate holds becomes a story that is held. Raises SnapshotError where it cannot be read or a
    gate refuses it.
    """
    made = Made(override=tuple(override))
    try:
        snapshot = desk.open(document, made)
    except wrapgen.SnapshotError as error:
        held = _held(desk, document, error)
        if held is None:
            raise
        return _put_on_hold(desk, document, held, error, by)
    with desk.store.reading() as session:
        story = session.scalar(select(Story).where(Story.key == key_of(snapshot)))
    if story is None or not story.current:
        return _begin(desk, snapshot, document, made, by), story is None
    renew(desk, story.id, document, by, override)
    return story.id, False


def accept(desk: Desk, story_id: int, gates: Sequence[str], by: str) -> int:
    """Write a held story for all that: its data gates are overridden by name."""
    with desk.store.reading() as session:
        sent = session.scalar(select(Sent).where(Sent.story_id == story_id).order_by(Sent.id.desc()))
    if sent is None:
        raise Missing(f"there is no story {story_id}")
    return receive(desk, sent.document, by, gates)[0]


def _held(desk: Desk, document: Json, error: wrapgen.SnapshotError) -> Snapshot | None:
    """The snapshot, where all that stands against it can be overridden."""
    if any(problem.severity != "hold" for problem in error.problems):
        return None
    gates = tuple({problem.gate for problem in error.problems if problem.gate})
    return desk.open(document, Made(override=gates))


def _put_on_hold(
    desk: Desk, document: Json, snapshot: Snapshot, error: wrapgen.SnapshotError, by: str
) -> tuple[int, bool]:
    key = key_of(snapshot)
    reasons = [{"gate": p.gate, "message": p.message, "pointer": p.pointer} for p in error.problems]
    with desk.store.writing() as session:
        story = session.scalar(select(Story).where(Story.key == key))
        new = story is None
        if story is None:
            story = _new(desk, key, snapshot)
            session.add(story)
        story.state, story.reasons, story.changed_at = "held", reasons, desk.now()
        session.flush()
        session.add(Sent(story_id=story.id, document=dict(document), at=desk.now(), by=by))
        gates = ", ".join(sorted({str(reason["gate"]) for reason in reasons}))
        desk.log(session, story, by, f"new data, held by {gates}")
        return story.id, new


def _begin(desk: Desk, snapshot: Snapshot, document: Json, made: Made, by: str) -> int:
    key, copy = key_of(snapshot), copy_of(desk.written(snapshot, made))
    with desk.store.writing() as session:
        story = session.scalar(select(Story).where(Story.key == key))
        if story is None:
            story = _new(desk, key, snapshot)
            session.add(story)
            session.flush()
        change = Change(copy, made, snapshot, "written", by, document=document)
        desk.add(session, story, story.current, change)
        return story.id


def _new(desk: Desk, key: str, snapshot: Snapshot) -> Story:
    return Story(
        key=key,
        region=snapshot.region,
        day=snapshot.date.isoformat(),
        phase=snapshot.phase,
        state="draft",
        changed_at=desk.now(),
    )


def renew(desk: Desk, story_id: int, document: Json, by: str, override: Sequence[str] = ()) -> int:
    """New data under the latest version, whichever that is when they are saved; see `wrapgen.preview.update`.

    Raises SnapshotError.
    """
    while True:
        view = desk.view(story_id)
        if document == view.document:
            return view.version.number or 0
        with suppress(Conflict):  # an editor saved meanwhile: the data go under what was saved
            return desk.save(view, _renewed(desk, view, document, by, override), keep=False)


def _renewed(desk: Desk, view: View, document: Json, by: str, override: Sequence[str]) -> Change:
    made = replace(view.made, override=tuple(dict.fromkeys((*view.made.override, *override))))
    snapshot = desk.open(document, made)
    try:
        article = desk.written(snapshot, made)
    except wrapgen.OptionError:  # the angle that was asked for has gone
        made = replace(made, angle=None)
        article = desk.written(snapshot, made)
    updated = update(view.copy, copy_of(article), view.document, document, names_of(snapshot))
    text = replace(updated.copy, note="").text
    claims = claims_by_line(updated.copy, wrapgen.verify(text, snapshot, desk.pack()))
    untrue = [id for id, found in claims.items() if any(claim.status in UNTRUE for claim in found)]
    copy = replace(updated.without(untrue), note=_note(desk, view, document, snapshot))
    marked = sum(bool(line.flags) for line in copy.lines)
    return Change(
        copy, made, snapshot, f"new data: {marked} line{'s' if marked != 1 else ''} marked", by, document=document
    )


def _note(desk: Desk, view: View, document: Json, snapshot: Snapshot) -> str:
    """The line of correction that stands, and behind it what is found now to have been wrong in print."""
    note = view.copy.note
    if view.story.published is None:
        return note
    published = desk.view(view.story.id, view.story.published)
    style = desk.pack().styles[view.made.style or "house"]
    found = corrections(published.copy, published.document, document)
    new = [said for said in told(found, style.correction, style.percent, names_of(snapshot)) if said not in note]
    return " ".join(filter(None, (note, *new)))


def key_of(snapshot: Snapshot) -> str:
    """What makes two snapshots the same wrap."""
    return f"{snapshot.region} {snapshot.date.isoformat()} {snapshot.phase}"
