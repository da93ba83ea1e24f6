"""Data in: a snapshot pasted or changed in a code editor, with its faults at their lines, and price tables."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import orjson
from flask import Response, redirect, render_template, request, url_for

import wrapgen
from wrapgen.batch.making import load_names, make_snapshots, measure_all, require_any
from wrapgen.batch.measures import Span
from wrapgen.batch.prices import read_prices
from wrapgen.batch.snapshots import HISTORY
from wrapgen.errors import InputError
from wrapgen.preview import receiving
from wrapgen.preview.blueprint import at_least, desk, person, routes
from wrapgen.preview.copy import Missing
from wrapgen.preview.desk import Refused
from wrapgen.preview.places import Fault, broken, placed
from wrapgen.preview.stories import latest_document
from wrapgen.resources import example_snapshots

PHASES = ("preview", "open", "morning", "midday", "afternoon", "close")


@routes.get("/data")
@at_least("editor")
def data_in() -> str:
    story_id = request.args.get("story", type=int)
    if story_id is None:
        return _page("")
    story, document = latest_document(story_id)
    return _page(_pretty(document), story=story)


def _page(document: str, fault: str = "", story: Any = None, told: tuple[str, ...] = ()) -> str:
    return render_template(
        "data.html",
        document=document,
        fault=fault,
        story=story,
        told=told,
        examples=[file.stem for file in example_snapshots()],
        regions=desk().pack().reference.region_keys(),
        phases=PHASES,
    )


def _pretty(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


@routes.get("/data/example")
@at_least("editor")
def example() -> Response:
    name = request.args.get("name", "")
    found = next((file for file in example_snapshots() if file.stem == name), None)
    if found is None:
        raise Missing(f"there is no example {name!r}")
    return Response(_pretty(orjson.loads(found.read_bytes())), content_type="text/plain; charset=utf-8")


@routes.post("/data/check")
@at_least("editor")
def check_data() -> dict[str, Any]:
    """The faults of the text in the editor, and one line on it as a whole."""
    found = faults_of(request.get_data(as_text=True))
    errors = sum(fault.severity == "error" for fault in found)
    if not found:
        told = "This can be written from."
    elif errors:
        told = f"{errors} problem{'s' if errors != 1 else ''}: see the marked lines."
    else:
        told = "A data gate holds this; it can be accepted after it is taken in."
    return {"faults": [fault.to_dict() for fault in found], "told": told if request.content_length else ""}


def faults_of(text: str) -> tuple[Fault, ...]:
    """All that is wrong with a snapshot, at its lines."""
    if not text.strip():
        return ()
    if (fault := broken(text)) is not None:
        return (fault,)
    try:
        wrapgen.read_snapshot(text, desk().pack().reference)
    except (InputError, wrapgen.SnapshotError) as error:
        return placed(text, error.problems)
    return ()


@routes.post("/data")
@at_least("editor")
def receive() -> str | Response | tuple[str, int]:
    """The snapshot of the editor, taken in; what is wrong with it is told beside it, and nothing typed is lost."""
    text = request.form.get("document", "")
    if not text.strip():
        return _page(text, "There is no snapshot yet: paste one, or begin with an example."), 422
    if (fault := broken(text)) is not None:
        return _page(text, f"Line {fault.line}: {fault.message}"), 422
    try:
        story_id, _ = receiving.receive(desk(), orjson.loads(text), person().name)
    except (InputError, wrapgen.SnapshotError) as error:
        lines = placed(text, error.problems)
        return _page(text, "; ".join(f"line {fault.line}: {fault.message}" for fault in lines)), 422
    return cast(Response, redirect(url_for("desk.story", story_id=story_id), 303))


@routes.post("/data/prices")
@at_least("editor")
def prices() -> str:
    """A snapshot from price tables, put into the code editor to be looked at."""
    try:
        day = dt.date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        raise Refused("A day is needed.") from None
    region, phase = request.form.get("region", ""), request.form.get("phase", "close")
    if phase not in PHASES:
        raise Refused(f"{phase!r} is no phase: {', '.join(PHASES)} are.")
    names = load_names(desk().pack().directory)
    names.composition(region)
    with TemporaryDirectory(prefix="wrapgen-prices-") as folder:
        for number, file in enumerate(request.files.getlist("prices")):
            file.save(Path(folder) / f"{number}-{Path(file.filename or 'prices.csv').name}")
        tables = read_prices(sorted(Path(folder).iterdir()))
    measures = measure_all(tables, names, [region])
    made = list(make_snapshots(measures, names, region, Span(day, day), phase, history=HISTORY))
    require_any(made, day.isoformat())
    found = next(each for each in made if each.snapshot is not None)
    told = (*measures.notes, *found.notes)
    return _page(_pretty(found.snapshot), told=told)
