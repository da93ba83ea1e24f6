"""The queue, and signing in."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, redirect, render_template, request, session, url_for
from sqlalchemy import select

from wrapgen.errors import decode_json
from wrapgen.preview import deciding, receiving
from wrapgen.preview.blueprint import at_least, desk, parts, person, routes
from wrapgen.preview.desk import STATES, Conflict, Refused
from wrapgen.preview.store import Seen, Story

_MOST = 200


def _wanted() -> dict[str, str]:
    """The filters that were given."""
    return {key: value for key in ("state", "region", "day", "unusual") if (value := request.args.get(key, ""))}


def _rows() -> dict[str, Any]:
    wanted = _wanted()
    query = select(Story).order_by(Story.changed_at.desc(), Story.id.desc())
    for key in ("state", "region", "day"):
        if key in wanted:
            query = query.where(getattr(Story, key) == wanted[key])
    with parts().store.reading() as database:
        stories = list(database.scalars(query.limit(_MOST + 1)))
    if "unusual" in wanted:
        stories = [story for story in stories if story.badges]
    return {"stories": stories[:_MOST], "more": len(stories) > _MOST, "query": wanted}


@routes.get("/")
@at_least("reader")
def queue() -> str:
    with parts().store.reading() as database:
        regions = list(database.scalars(select(Story.region).distinct().order_by(Story.region)))
        faults = list(database.execute(select(Seen.file, Seen.fault).where(Seen.fault != "")))
    inbox = parts().inbox
    return render_template(
        "queue.html",
        **_rows(),
        states=STATES,
        regions=regions,
        chosen=_wanted(),
        faults=faults,
        inbox=inbox.name if inbox is not None else "",
    )


@routes.get("/desk/queue")
@at_least("reader")
def queue_rows() -> str:
    return render_template("_rows.html", **_rows())


@routes.post("/desk/upload")
@at_least("editor")
def upload() -> Response:
    """Snapshots as files. Each is a story of its own; what is wrong with one does not keep the others out."""
    files = request.files.getlist("files")
    taken, wrong = [], []
    for file in files:
        try:
            taken.append(receiving.receive(desk(), decode_json(file.read()), person().name)[0])
        except (ValueError, RuntimeError) as error:
            wrong.append(f"{file.filename}: {error}")
    if wrong:
        raise Refused(f"{len(taken)} of {len(files)} were taken in. " + " ".join(wrong))
    to = url_for("desk.story", story_id=taken[0]) if len(taken) == 1 else url_for("desk.queue")
    return cast(Response, redirect(to, 303))


@routes.post("/desk/approve")
@at_least("chief")
def approve_set() -> Response:
    """Each story as it was when the page was made; those that cannot be approved are told."""
    wrong = []
    for chosen in request.form.getlist("story"):
        try:
            story_id, version = map(int, chosen.split("."))
        except ValueError:
            raise Refused(f"{chosen!r} is no story and version.") from None
        try:
            deciding.approve(desk(), story_id, version, person().name)
        except (Refused, Conflict) as error:
            wrong.append(f"{desk().view(story_id).story.headline}: {error}")
    if wrong:
        raise Refused("These were not approved. " + " ".join(wrong))
    return cast(Response, redirect(url_for("desk.queue"), 303))


@routes.route("/sign-in", methods=("GET", "POST"))
def sign_in() -> str | Response | tuple[str, int]:
    then = request.values.get("then", "")
    if not then.startswith("/") or then.startswith(("//", "/\\")):
        then = url_for("desk.queue")
    if request.method == "GET":
        return render_template("sign_in.html", then=then, name="", fault="")
    name = request.form.get("name", "")
    window = parts().tries.take(request.remote_addr or "")
    if not window.passed:
        fault = f"Too many tries; the next is possible in {window.seconds} seconds."
        return render_template("sign_in.html", then=then, name=name, fault=fault), 429
    found = parts().people.check(name, request.form.get("password", ""))
    if found is None:
        return render_template("sign_in.html", then=then, name=name, fault="Name and password do not match."), 403
    session.clear()  # a session that another began is not carried on
    session.permanent = True
    session["name"], session["stamp"] = found[0].name, found[1]
    return cast(Response, redirect(then, 303))


@routes.post("/sign-out")
def sign_out() -> Response:
    session.clear()
    return cast(Response, redirect(url_for("desk.sign_in"), 303))
