"""The page of a story: its facts, its copy and its reasons, and all that can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import select

import wrapgen
from wrapgen.explain import explain, numbered
from wrapgen.preview import changing, deciding, receiving
from wrapgen.preview.blueprint import at_least, desk, parts, person, routes
from wrapgen.preview.chart import chart_of, png, sparkline, svg
from wrapgen.preview.copy import Made, Missing, claims_by_line
from wrapgen.preview.desk import NotAllowed, Refused, View
from wrapgen.preview.show import counted, faults
from wrapgen.preview.store import Delivery, Entry, Sent, Story, Version
from wrapgen.render import FORMATS
from wrapgen.trials.words import pairs, word_diff

_LOG = 20  # entries shown


@routes.get("/stories/<int:story_id>")
@at_least("reader")
def story(story_id: int) -> str:
    with parts().store.reading() as database:
        found = database.get(Story, story_id)
    gates = sorted({reason["gate"] for reason in found.reasons if reason["gate"]}) if found is not None else []
    if gates and not request.args.get("latest"):
        return render_template("held.html", story=found, gates=gates)
    return render_template("story.html", **_shown(desk().view(story_id)))


def _again(story_id: int) -> str:
    """The story after a change, for the page that it was made on."""
    return render_template("_story.html", **_shown(desk().view(story_id)))


def _shown(view: View) -> dict[str, Any]:
    pack = desk().pack()
    article, claims = desk().article(view), desk().claims(view)
    angles = [_angle(report, view.names) for report in article.angles]
    with parts().store.reading() as database:
        log = list(
            database.scalars(select(Entry).where(Entry.story_id == view.story.id).order_by(Entry.id.desc()).limit(_LOG))
        )
        deliveries = list(
            database.scalars(select(Delivery).where(Delivery.story_id == view.story.id).order_by(Delivery.id.desc()))
        )
    sparks = {id: sparkline(series.closes) for id, series in view.snapshot.history.items()}
    return {
        "story": view.story,
        "version": view.version,
        "copy": view.copy,
        "made": view.made,
        "document": view.document,
        "snapshot": view.snapshot,
        "names": view.names,
        "events": view.document.get("events", ()),
        "warnings": article.warnings,
        "tokens": {sentence.text: sentence for _, _, sentence in numbered(article)},
        "claims": claims_by_line(view.copy, claims),
        "summary": counted(claims),
        "unknown": sum(claim.status == "unsupported" for claim in claims),
        "angles": angles,
        "highest": max((angle["score"] for angle in angles), default=1) or 1,
        "styles": tuple(pack.styles),
        "lengths": ("brief", "standard", "long"),
        "chosen_length": article.provenance["length"],
        "chart": _chart(view),
        "sparks": sparks,
        "log": log,
        "deliveries": deliveries,
        "formats": tuple(FORMATS),
        "webhooks": parts().webhooks,
        "can_edit": person().may("editor") and view.version.number == view.story.current,
    }


def _angle(report: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A ranked angle as the page tells it: names for ids, and what it is in the article."""
    evidence = [" ".join(names.get(word, word) for word in told.split()) for told in report["because"]]
    told = {"angle": "the story", "counterpoint": "the second story"}.get(report["chosen"] or "", "")
    return {**report, "because": evidence, "told": told, "supported": bool(report["because"])}


def _chart(view: View) -> Any:
    region = desk().pack().reference.region(view.snapshot.region)
    return chart_of(view.snapshot, region.name if region is not None else view.snapshot.region)


def _base() -> int:
    """The version that the page showed."""
    try:
        return int(request.form["base"])
    except (KeyError, ValueError):
        raise Refused("The version that this was made on is missing.") from None


def _made() -> Made:
    form = request.form
    variant = form.get("variant", "0") or "0"
    if not variant.isdecimal() or int(variant) > 99:
        raise Refused(f"{variant!r} is no variant: 0 to 99 are.")
    return Made(form.get("style") or None, form.get("length") or None, int(variant), form.get("angle") or None)


@routes.post("/stories/<int:story_id>/check")
@at_least("editor")
def check(story_id: int) -> dict[str, Any]:
    """The claims of a line as it is typed, those that are not supported."""
    asked = request.get_json()
    try:
        base, line, text = int(asked["base"]), int(asked["line"]), str(asked["text"])
    except (KeyError, TypeError, ValueError):
        raise Refused("base, line and text are needed.") from None
    view = desk().view(story_id, base)
    if not text.strip():
        return {"claims": []}
    copy = view.copy.changed(line, lambda old: old.reworded(text, person().name))
    found = claims_by_line(copy, desk().claims(view, copy))[line]
    return {"claims": faults(_as_typed(found, text))}


def _as_typed(claims: list[wrapgen.Claim], text: str) -> list[wrapgen.Claim]:
    """The claims of a text whose spaces were made single, placed in the text as it was typed."""
    places = [at for at, char in enumerate(text) if not char.isspace() or (at and not text[at - 1].isspace())]
    while places and text[places[0]].isspace():
        places.pop(0)
    places.append(len(text))
    last = len(places) - 1
    return [c._replace(start=places[min(c.start, last)], end=places[min(c.end - 1, last)] + 1) for c in claims]


@routes.post("/stories/<int:story_id>/lines/<int:line>")
@at_least("editor")
def edit(story_id: int, line: int) -> str:
    changing.edit(desk(), story_id, _base(), line, request.form.get("text", ""), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/lines/<int:line>/lock")
@at_least("editor")
def lock(story_id: int, line: int) -> str:
    changing.lock(desk(), story_id, _base(), line, bool(request.form.get("locked")), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/lines/<int:line>/reroll")
@at_least("editor")
def reroll(story_id: int, line: int) -> str:
    changing.reroll(desk(), story_id, _base(), line, person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/lines/<int:line>/say")
@at_least("editor")
def say(story_id: int, line: int) -> str:
    changing.say(desk(), story_id, _base(), line, request.form.get("text", ""), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/lines/<int:line>/restore")
@at_least("editor")
def restore(story_id: int, line: int) -> str:
    changing.restore(desk(), story_id, _base(), line, person().name)
    return _again(story_id)


@routes.get("/stories/<int:story_id>/lines/<int:line>/reason")
@at_least("reader")
def reason(story_id: int, line: int) -> str:
    base = request.args.get("base", type=int)
    view = desk().view(story_id, base)
    found, article = view.copy.line(line), desk().article(view)
    pack = desk().pack()
    explained = explain(view.document, view.snapshot, article, pack)
    claims = claims_by_line(view.copy, desk().claims(view))[line]
    return render_template(
        "_reason.html",
        story=view.story,
        base=view.version.number,
        line=found,
        claims=claims,
        explained=next((said for said in explained.sentences if said.text == found.text), None),
        choices=_passed_over(view, found.text),
        wordings=changing.choices(desk(), view, found),
        names=view.names,
        can_edit=person().may("editor") and view.version.number == view.story.current,
    )


def _passed_over(view: View, text: str) -> list[wrapgen.Choice]:
    """What a line could have said and did not: other wordings of it first."""
    made = view.made
    found = wrapgen.choices(
        view.snapshot,
        style=made.style,
        angle=made.angle,
        variant=made.variant,
        length=made.length,
        rules=desk().pack(),
    )
    return sorted(found.get(text, ()), key=lambda choice: choice.why.startswith("its condition"))


@routes.post("/stories/<int:story_id>/tell")
@at_least("editor")
def tell(story_id: int) -> str:
    changing.tell(desk(), story_id, _base(), _made(), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/note")
@at_least("editor")
def note(story_id: int) -> str:
    changing.note(desk(), story_id, _base(), request.form.get("text", ""), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/decide")
@at_least("editor")
def decide(story_id: int) -> str:
    state = request.form.get("state", "")
    if state == "approved":
        if not person().may("chief"):
            raise NotAllowed(f"Approving needs the role of chief; {person().name} is {person().role}.")
        deciding.approve(desk(), story_id, _base(), person().name, bool(request.form.get("vouched")))
    else:
        deciding.decide(desk(), story_id, state, request.form.get("why", ""), person().name)
    return _again(story_id)


@routes.post("/stories/<int:story_id>/accept")
@at_least("editor")
def accept(story_id: int) -> Response:
    receiving.accept(desk(), story_id, request.form.getlist("gate"), person().name)
    return cast(Response, redirect(url_for("desk.story", story_id=story_id), 303))


@routes.get("/stories/<int:story_id>/versions")
@at_least("reader")
def versions(story_id: int) -> str:
    with parts().store.reading() as database:
        found = database.get(Story, story_id)
        if found is None:
            raise Missing(f"there is no story {story_id}")
        every = list(database.scalars(select(Version).where(Version.story_id == story_id).order_by(Version.id)))
    b = request.args.get("b", found.current, type=int)
    a = request.args.get("a", max(b - 1, 1), type=int)
    changed = _differences(desk().view(story_id, a), desk().view(story_id, b)) if found.current else []
    return render_template("versions.html", story=found, versions=every, a=a, b=b, pairs=changed)


def _differences(old: View, new: View) -> list[Any]:
    """The lines that read otherwise, word by word, in the order of the newer version."""
    before, after = ([line.text for line in view.copy.lines] for view in (old, new))
    return [
        word_diff(before[one] if one is not None else "", after[two] if two is not None else "")
        for one, two in pairs(before, after)
    ]


@routes.get("/stories/<int:story_id>/aside/<int:aside>")
@at_least("reader")
def clash(story_id: int, aside: int) -> str:
    theirs, mine = desk().view(story_id), desk().set_aside(aside)
    if mine.story.id != story_id or mine.version.number is not None:
        raise Missing(f"story {story_id} has no version {aside} set aside")
    return render_template(
        "clash.html", story=theirs.story, theirs=theirs.version, mine=mine.version, pairs=_differences(theirs, mine)
    )


@routes.post("/stories/<int:story_id>/aside/<int:aside>")
@at_least("editor")
def take(story_id: int, aside: int) -> Response:
    changing.take(desk(), story_id, _base(), aside, person().name)
    return cast(Response, redirect(url_for("desk.story", story_id=story_id), 303))


@routes.get("/stories/<int:story_id>/download")
@at_least("reader")
def download(story_id: int) -> Response:
    """The approved version in a format; with ``look`` the latest as it stands, to be copied by hand."""
    format = request.args.get("format", "text")
    if format not in FORMATS:
        raise wrapgen.OptionError.unknown("format", format, tuple(FORMATS))
    if request.args.get("look"):
        body = desk().finished(desk().view(story_id)).render(format).encode()
    elif person().may("chief"):
        body = deciding.handed_on(desk(), story_id, format, person().name)
    else:
        raise NotAllowed(f"Handing on needs the role of chief; {person().name} is {person().role}.")
    answer = Response(body, content_type=FORMATS[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file(story_id)}.{_ENDINGS[format]}"'
    return answer


_ENDINGS = {
    "text": "txt",
    "markdown": "md",
    "html": "html",
    "json": "json",
    "ninjs": "ninjs.json",
    "ninjs-1": "ninjs1.json",
    "newsml-g2": "xml",
    "schema.org": "jsonld",
    "atom": "atom.xml",
}


def _file(story_id: int) -> str:
    return str(desk().view(story_id).story.key).replace(" ", "-")


@routes.get("/stories/<int:story_id>/chart.<any(svg, png):kind>")
@at_least("reader")
def picture(story_id: int, kind: str) -> Response:
    chart = _chart(desk().view(story_id))
    if chart is None:
        raise Refused("There is no chart: no market of the region has a figure.")
    body, type = (svg(chart).encode(), "image/svg+xml") if kind == "svg" else (png(chart), "image/png")
    answer = Response(body, content_type=type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file(story_id)}.{kind}"'
    return answer


@routes.post("/stories/<int:story_id>/send")
@at_least("chief")
def send(story_id: int) -> str:
    url, format = request.form.get("url", ""), request.form.get("format", "ninjs")
    if url not in parts().webhooks or format not in FORMATS:
        raise Refused("That webhook, or that format, is not set up here.")
    deciding.send(desk(), story_id, url, format, person().name)
    return _again(story_id)


def latest_document(story_id: int) -> tuple[Story, Any]:
    """A story, and the snapshot that was sent for it last."""
    with parts().store.reading() as database:
        sent = database.scalar(select(Sent).where(Sent.story_id == story_id).order_by(Sent.id.desc()))
        found = database.get(Story, story_id)
    if sent is None or found is None:
        raise Missing(f"there is no story {story_id}")
    return found, sent.document
