"""For those who run the service: is it up, may it be asked, how is it doing; and its documentation."""

from __future__ import annotations

from flask import Response, current_app, request, send_from_directory

from wrapgen.service import metrics
from wrapgen.service.access import needs
from wrapgen.service.around import PAGE_POLICY
from wrapgen.service.context import pack
from wrapgen.service.documents import answered, answers, example, not_modified, refuses, refuses_nobody
from wrapgen.service.openapi import document_of
from wrapgen.service.parameters import Routes
from wrapgen.service.reasons import as_json
from wrapgen.version import __version__

routes = Routes("operations", __name__, description="For those who run the service.")


@routes.get("/healthz")
@answers("Health", "the process is up")
@refuses_nobody
def healthz() -> Response:
    """Tell that the process is up."""
    return as_json({"status": "ok", "version": __version__})


@routes.get("/readyz")
@answers("Ready", "articles can be asked for")
@refuses_nobody
def readyz() -> Response:
    """Tell that articles can be asked for, and by which rules they are written."""
    return as_json({"status": "ready", "rules": pack().hash})


@routes.get("/metrics")
@needs("read")
@answered(200, "metrics", {"text/plain": {"schema": {"type": "string"}, **example("Metrics")}})
@refuses()
def read_metrics() -> Response:
    """Read the metrics, as Prometheus does: one sum over all workers."""
    return Response(metrics.exposition(), content_type=metrics.CONTENT_TYPE)


@routes.get("/openapi.json")
@answers("OpenAPI", "an OpenAPI 3.1 document", {"type": "object"}, ETag="Of the document")
@not_modified
@refuses_nobody
def openapi() -> Response:
    """Read this document."""
    response = Response(document_of(current_app), content_type="application/json")
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


@routes.get("/docs")
@answered(200, "a page", {"text/html": {"schema": {"type": "string"}, **example("Page")}})
@refuses_nobody
def docs() -> Response:
    """Read the documentation, as a page."""
    return _static("docs.html")


def static_file(filename: str) -> Response:
    """The scripts and styles of the page."""
    response = _static(filename)
    if filename.startswith("vendor/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _static(filename: str) -> Response:
    response = send_from_directory(f"{current_app.root_path}/static", filename)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
