"""``POST /v1/stories``: a snapshot for the editors' desk, which writes it as a story that they decide on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from flask import Response, current_app, g, request

from wrapgen.service.access import needs
from wrapgen.service.bodies import check_json_type, read_json
from wrapgen.service.context import context
from wrapgen.service.documents import answers, reads_snapshot, refuses
from wrapgen.service.parameters import GateParameters, Gates, Routes
from wrapgen.service.problems import Refused
from wrapgen.service.reasons import as_json

routes = Routes("stories", __name__, url_prefix="/v1/stories", description="Stories of the editors’ desk.")
_NAME = "wrapgen-receiver"


class Receiver(Protocol):
    """The desk, as far as the service knows it."""

    def receive(self, document: Mapping[str, Any], by: str, override: Sequence[str] = ()) -> tuple[int, bool]:
        """The id of the story of a snapshot, and whether it is new. Raises SnapshotError."""


def put_receiver(extensions: dict[str, object], receiver: Receiver) -> None:
    extensions[_NAME] = receiver


@routes.post("")
@needs("write")
@reads_snapshot
@answers("StoryTaken", "the story")
@refuses(400, 404, 408, 413, 415, 422)
@routes.arguments(GateParameters(), location="query")
def take_story(gates: Gates) -> Response:
    """Give a snapshot to the desk.

    It becomes a story, or new data under the story of the same region, day and phase: what editors changed there is
    kept. A snapshot that a data gate holds becomes a story that is held, with the reason.
    """
    receiver = cast(Receiver | None, current_app.extensions.get(_NAME))
    if receiver is None:
        raise Refused(404, "This service has no desk: name a folder in WRAPGEN_STATE, or a database in WRAPGEN_DESK.")
    settings = context().settings
    check_json_type(request)
    document = read_json(request, settings.body_limit, settings.body_seconds)
    story, new = receiver.receive(document, f"key {g.key}" if "key" in g else "API", gates.override)
    return as_json({"story": story, "new": new, "page": f"/stories/{story}"})
