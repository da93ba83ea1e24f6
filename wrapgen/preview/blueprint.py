"""The desk's pages as one blueprint: who is there, what they may do, and what a refusal looks like."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from wrapgen.errors import OptionError, describe
from wrapgen.preview.copy import Missing
from wrapgen.preview.desk import Conflict, Desk, NotAllowed, Refused
from wrapgen.preview.people import LOCAL, People, Person
from wrapgen.preview.store import Store, Version
from wrapgen.service.access import is_local
from wrapgen.service.context import context
from wrapgen.service.problems import PROBLEM_TYPE, problem_of
from wrapgen.service.problems import answer as problem_answer
from wrapgen.service.state import Rates

_NAME = "wrapgen-desk"
View = TypeVar("View", bound=Any)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the pages work with, made once for an application."""

    desk: Desk
    store: Store
    people: People
    csrf: CSRFProtect
    tries: Rates  # of signing in, for each address
    rules: Path | None  # the folder of rule files that may be edited
    inbox: Path | None = None
    webhooks: tuple[str, ...] = ()


routes = Blueprint(
    "desk", "wrapgen.preview", template_folder="templates", static_folder="static", static_url_path="/desk/static"
)


def put_parts(extensions: dict[str, object], parts: Parts) -> None:
    extensions[_NAME] = parts


def parts() -> Parts:
    return cast(Parts, current_app.extensions[_NAME])


def desk() -> Desk:
    return parts().desk


def person() -> Person:
    return cast(Person, g.person)


def at_least(role: str) -> Any:
    """Decorates a view: whoever asks must be signed in with this role or a higher one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if g.person is None:
                return _to_sign_in()
            if not person().may(role):
                raise NotAllowed(f"This needs the role of {role}; {person().name} is {person().role}.")
            return view(*args, **kwargs)

        return cast(View, guarded)

    return decorate


def _to_sign_in() -> Response:
    where = url_for("desk.sign_in", then=request.path if request.method == "GET" else None)
    if "HX-Request" in request.headers or request.is_json:
        return Response(status=401, headers={"HX-Redirect": where})
    return cast(Response, redirect(where, 303))


@routes.before_request
def _arrive() -> None:
    _recognise()
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        parts().csrf.protect()


def _recognise() -> None:
    """Who asks, and what the styles of the page that answers are known by."""
    people = parts().people
    g.nonce = secrets.token_urlsafe(16)
    g.person = people.signed_in(session["name"], session["stamp"]) if "name" in session else None
    # With API keys the service is for others too, and a proxy may not say whom it speaks for.
    if g.person is None and context().keys is None and is_local() and not people.any():
        g.person = LOCAL


@routes.after_request
def _leave(response: Response) -> Response:
    if request.endpoint == "desk.static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
    nonce = g.get("nonce", "")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "same-origin"  # whose absence a form over HTTPS is refused for
    return response


@routes.app_context_processor
def _common() -> dict[str, Any]:
    return {
        "nonce": g.get("nonce", ""),
        "person": g.get("person"),
        "signed_in": "name" in session and g.get("person") is not None,
        "here": request.endpoint,
        "asset": asset,
    }


def asset(name: str) -> str:
    """The address of a static file, with the time it was changed: browsers may keep it for ever."""
    file = Path(__file__).parent / "static" / name
    return url_for("desk.static", filename=name, v=f"{file.stat().st_mtime_ns:x}")


@routes.errorhandler(Exception)
def _failed(error: Exception) -> tuple[str | Response, int] | Response:
    """Every refusal as a page, or as a notice on the page that asked."""
    if isinstance(error, Conflict):
        return _clash(error)
    problems: list[str] = []
    if isinstance(error, Refused):
        status = 403 if isinstance(error, NotAllowed) else 422
        title, detail = "That cannot be done", str(error)
    elif isinstance(error, CSRFError):
        status, title, detail = 400, "This page is too old", "Load it again, and repeat what you did."
    elif isinstance(error, Missing):
        told = str(error)
        status, title, detail = 404, "There is no such page", f"{told[:1].upper()}{told[1:]}."
    else:
        body = problem_of(error)
        status, title, detail = body["status"], body["title"], body["detail"]
        found = (error,) if isinstance(error, OptionError) else getattr(error, "problems", ())
        problems = [describe(problem) for problem in found]
    if "HX-Request" in request.headers:
        message = " ".join([detail, *problems])
        answer = Response(render_template("_refused.html", message=message), status=status)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#notice", "innerHTML"
        return answer
    return render_template("error.html", title=title, detail=detail, problems=problems), status


@routes.app_errorhandler(HTTPException)
def _lost(error: HTTPException) -> Response:
    """An address that there is not: a page where a browser asks for one, a problem for everybody else and for all
    that is asked of the API."""
    wanted = request.accept_mimetypes.best_match([PROBLEM_TYPE, "text/html"])
    if request.url_rule is not None or request.path.startswith("/v1/") or wanted != "text/html":
        return problem_answer(error)
    _recognise()
    return _leave(current_app.make_response(_failed(error)))


def _clash(error: Conflict) -> Response:
    """What the later of two saves is told."""
    view = desk().view(error.story)
    if "HX-Request" in request.headers:
        page = render_template("_clash.html", story=view.story, theirs=view.version, aside=error.aside)
        answer = Response(page, status=409)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#notice", "innerHTML"
        return answer
    if error.aside:
        return cast(Response, redirect(url_for("desk.clash", story_id=error.story, aside=error.aside), 303))
    theirs: Version = view.version
    detail = f"{theirs.by} saved version {theirs.number} meanwhile: {theirs.what}. Look at it first."
    return Response(
        render_template("error.html", title="The story has changed", detail=detail, problems=()), status=409
    )
