"""Snapshots as they arrive: new stories, stories that a data gate holds, and new data under those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

import wrapgen
from wrapgen import Snapshot
from wrapgen.preview.copy import Made, claims_by_line, copy_of
from wrapgen.preview.corrections import corrections, line_of
from wrapgen.preview.desk import UNTRUE, Desk, Json, View, names_of
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
    key = key_of(snapshot)
    with desk.store.reading() as session:
        story = session.scalar(select(Story).where(Story.key == key))
    if story is None or not story.current:
        return _begin(desk, key, snapshot, document, made, by), story is None
    renew(desk, story.id, document, by)
    return story.id, False


def accept(desk: Desk, story_id: int, gates: Sequence[str], by: str) -> int:
    """Write a held story for all that: its data gates are overridden by name."""
    with desk.store.reading() as session:
        sent = session.scalar(select(Sent).where(Sent.story_id == story_id).order_by(Sent.id.desc()))
    if sent is None:
        raise LookupError(f"there is no story {story_id}")
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


def _begin(desk: Desk, key: str, snapshot: Snapshot, document: Json, made: Made, by: str) -> int:
    article = desk.written(snapshot, made)
    with desk.store.writing() as session:
        story = session.scalar(select(Story).where(Story.key == key))
        if story is None:
            story = _new(desk, key, snapshot)
            session.add(story)
            session.flush()
        sent = Sent(story_id=story.id, document=dict(document), at=desk.now(), by=by)
        session.add(sent)
        session.flush()
        story.reasons = []
        desk.add(session, story, story.current, sent.id, made, copy_of(article), "written", by, article, snapshot)
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


def renew(desk: Desk, story_id: int, document: Json, by: str) -> int:
    """New data under the latest version; see `wrapgen.preview.update`. Raises SnapshotError."""
    view = desk.view(story_id)
    if document == view.document:
        return view.version.number or 0
    snapshot = desk.open(document, view.made)
    try:
        article = desk.written(snapshot, view.made)
        made = view.made
    except wrapgen.OptionError:  # the angle that was asked for has gone
        made = replace(view.made, angle=None)
        article = desk.written(snapshot, made)
    names = names_of(snapshot)
    updated = update(view.copy, copy_of(article), view.document, document, names)
    text = replace(updated.copy, note="").text
    claims = claims_by_line(updated.copy, wrapgen.verify(text, snapshot, desk.pack()))
    untrue = [id for id, found in claims.items() if any(claim.status in UNTRUE for claim in found)]
    copy = replace(updated.without(untrue), note=_note(desk, view, document, snapshot))
    with desk.store.writing() as session:
        sent = Sent(story_id=story_id, document=dict(document), at=desk.now(), by=by)
        session.add(sent)
        session.flush()
        sent_id = sent.id
    changed = sum(bool(line.flags) for line in copy.lines)
    return desk.save(view, copy, made, f"new data: {changed} lines marked", by, sent_id, article, snapshot)


def _note(desk: Desk, view: View, document: Json, snapshot: Snapshot) -> str:
    """A line of correction, where the version that was handed on had a figure wrong."""
    if view.story.published is None:
        return view.copy.note
    published = desk.view(view.story.id, view.story.published)
    style = desk.pack().styles[view.made.style or "house"]
    found = corrections(published.copy, published.document, document)
    return line_of(found, style.correction, style.percent, names_of(snapshot))


def key_of(snapshot: Snapshot) -> str:
    """What makes two snapshots the same wrap."""
    return f"{snapshot.region} {snapshot.date.isoformat()} {snapshot.phase}"
