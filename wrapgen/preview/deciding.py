"""What becomes of a story: approved, held, killed, handed on."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wrapgen import Article, Claim, about
from wrapgen.preview.copy import Missing, edited_article
from wrapgen.preview.desk import Desk, Refused
from wrapgen.preview.store import Delivery, Document, Edition, Sent, Story, Version
from wrapgen.render import FORMATS


def approve(desk: Desk, story_id: int, base: int, by: str, vouched: bool = False) -> None:
    """Ready to be handed on, in every format, as it stands: an edition of its story.

    Refused where the data contradict a claim; where they do not have one, unless the editor vouches for it.
    """
    view = desk.view(story_id, base)
    claims = desk.claims(view)
    wrong = [claim for claim in claims if claim.status == "contradicted"]
    if wrong:
        raise Refused("The data say otherwise: " + "; ".join(_says(claim) for claim in wrong) + ".")
    unknown = [claim for claim in claims if claim.status == "unsupported"]
    if unknown and not vouched:
        told = "; ".join(f"“{claim.text}”" for claim in unknown)
        raise Refused(f"The data do not have this: {told}. Whoever vouches for it may approve all the same.")
    article = edited_article(desk.article(view), view.copy, claims)
    with desk.store.writing() as session:
        story = desk.story_at(session, view, by)
        if (story.state, story.approved) == ("approved", view.version.number):
            return  # by another, or by a second click
        edition = _edition(desk, session, story, view.copy.note)
        bodies = {format: body.encode() for format, body in _printed(article, edition).items()}
        version_id = view.version.id
        for old in session.scalars(select(Document).where(Document.version_id == version_id)):
            session.delete(old)
        session.flush()
        session.add_all(Document(version_id=version_id, format=f, body=body) for f, body in bodies.items())
        story.state, story.approved, story.reasons = "approved", view.version.number, []
        vouching = f", vouching for {len(unknown)} claims" if unknown else ""
        desk.log(session, story, by, f"approved version {view.version.number}{vouching}")


def _edition(desk: Desk, session: Session, story: Story, correction: str) -> about.Edition:
    """What the approval of this moment makes: another edition, where something of the last one was handed on."""
    editions = list(session.scalars(select(Edition).where(Edition.story_id == story.id).order_by(Edition.number)))
    if not editions or editions[-1].handed_on:
        editions.append(Edition(story_id=story.id, number=len(editions) + 1))
        session.add(editions[-1])
    last = editions[-1]
    last.approved_at = desk.now()
    # A story of another desk, or of this one made anew, is another one though its key is the same.
    begun = session.scalars(select(Sent.at).where(Sent.story_id == story.id).order_by(Sent.id)).first()
    assert begun is not None  # no story without a snapshot
    name = f"{story.key} {begun.isoformat()}"
    return about.Edition(name, last.number, last.approved_at, editions[0].approved_at, correction)


def _printed(article: Article, edition: about.Edition) -> dict[str, str]:
    """An edition of an article in every format."""
    provenance = {**article.provenance, "edition": edition.number}
    article = replace(article, about=replace(article.about, edition=edition), provenance=provenance)
    return {format: article.render(format) for format in FORMATS}


def decide(desk: Desk, story_id: int, state: str, why: str, by: str) -> None:
    """Hold, kill, or take up again as a draft."""
    if state not in ("held", "killed", "draft"):
        raise Refused(f"{state!r} is no state that a story can be put in.")
    with desk.store.writing() as session:
        story = session.get(Story, story_id)
        if story is None:
            raise Missing(f"there is no story {story_id}")
        if not story.current:
            raise Refused("There is no version yet: a data gate holds its snapshot.")
        story.state, story.changed_at = state, desk.now()
        story.reasons = [{"gate": "", "message": why or f"by {by}", "pointer": ""}] if state == "held" else []
        desk.log(session, story, by, {"draft": "taken up again"}.get(state, state) + (f": {why}" if why else ""))


def handed_on(desk: Desk, story_id: int, format: str, by: str) -> bytes:
    """The approved version in a format, as it was when it was approved. Refused where none is."""
    with desk.store.writing() as session:
        story = session.get(Story, story_id)
        if story is None or story.approved is None or story.state != "approved":
            raise Refused("Only an approved story is handed on.")
        body = session.scalar(
            select(Document.body)
            .join(Version, Version.id == Document.version_id)
            .where(Version.story_id == story_id, Version.number == story.approved, Document.format == format)
        )
        if body is None:
            raise Missing(f"there is no format {format!r}")
        story.published = story.approved
        last = select(Edition).where(Edition.story_id == story_id).order_by(Edition.number.desc()).limit(1)
        if (edition := session.scalar(last)) is not None:  # None for what was approved before there were editions
            edition.handed_on = True
        desk.log(session, story, by, f"handed on version {story.approved} as {format}")
        return body


def send(desk: Desk, story_id: int, url: str, format: str, by: str) -> None:
    """Put the approved version on its way to a webhook; see `wrapgen.preview.webhooks`."""
    handed_on(desk, story_id, format, by)
    with desk.store.writing() as session:
        version = session.scalar(
            select(Version).join(Story).where(Version.story_id == story_id, Version.number == Story.approved)
        )
        assert version is not None
        session.add(Delivery(story_id=story_id, version_id=version.id, url=url, format=format, due=desk.now()))


def _says(claim: Claim) -> str:
    return f"“{claim.text}”" + (f" ({claim.true_value})" if claim.true_value else "")
