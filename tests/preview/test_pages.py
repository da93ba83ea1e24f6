"""The pages without a browser: who may ask for what, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.preview.conftest import changed, seed
from wrapgen.preview.people import ROLES, People
from wrapgen.preview.store import Store
from wrapgen.service.app import create_app
from wrapgen.service.keys import add_key
from wrapgen.service.settings import Settings

pytestmark = pytest.mark.xdist_group("pages")  # they share what takes long to make

PASSWORD = "a long enough one"
# What Chromium asks for when an address is typed.
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
# What each page asks for at least: method, path, role.
PAGES = [
    ("GET", "/", "reader"),
    ("GET", "/desk/queue", "reader"),
    ("GET", "/stories/1", "reader"),
    ("GET", "/stories/1/versions", "reader"),
    ("GET", "/stories/1/lines/1/reason", "reader"),
    ("GET", "/stories/1/chart.svg", "reader"),
    ("GET", "/stories/1/download?format=text&look=1", "reader"),
    ("GET", "/rules", "reader"),
    ("GET", "/rules/sentences/backdrop.yaml", "reader"),
    ("GET", "/data", "editor"),
    ("GET", "/data/example?name=jp-close-yen", "editor"),
    ("POST", "/data", "editor"),
    ("POST", "/data/check", "editor"),
    ("POST", "/data/prices", "editor"),
    ("POST", "/desk/upload", "editor"),
    ("POST", "/stories/1/check", "editor"),
    ("POST", "/stories/1/lines/1", "editor"),
    ("POST", "/stories/1/lines/1/lock", "editor"),
    ("POST", "/stories/1/lines/1/reroll", "editor"),
    ("POST", "/stories/1/lines/1/restore", "editor"),
    ("POST", "/stories/1/lines/1/say", "editor"),
    ("POST", "/stories/1/tell", "editor"),
    ("POST", "/stories/1/note", "editor"),
    ("POST", "/stories/1/decide", "editor"),
    ("POST", "/stories/1/accept", "editor"),
    ("GET", "/stories/1/download?format=text", "chief"),
    ("POST", "/stories/1/send", "chief"),
    ("POST", "/desk/approve", "chief"),
    ("POST", "/rules/sentences/backdrop.yaml", "admin"),
]


def take_in(client: FlaskClient, document: object | None = None) -> int:
    answer = client.post("/v1/stories", json=document or seed())
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return int(answer.get_json()["story"])


def token(client: FlaskClient, path: str = "/sign-in") -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found is not None
    return found[1]


def sign_in(app: Flask, role: str) -> FlaskClient:
    client = app.test_client()
    form = {"name": role, "password": PASSWORD, "csrf_token": token(client)}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def test_every_page_of_the_desk_is_in_this_list(app: Flask) -> None:
    open_to_all = {"/sign-in", "/sign-out", "/desk/static/<path:filename>", "/rules/<path:file>/faults"}
    open_to_all |= {"/stories/<int:story_id>/aside/<int:aside>"}
    known = {(method, re.sub(r"\?.*", "", path)) for method, path, _ in PAGES}
    matcher = app.url_map.bind("localhost")
    matched = {str(matcher.match(path, method, return_rule=True)[0]) for method, path in known}
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.")}
    assert rules == matched | open_to_all


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A desk with a user of every role, each called by it."""
    folder = tmp_path_factory.mktemp("desk")
    app = create_app(settings=Settings(state=folder))
    take_in(app.test_client())
    people = People(Store(f"sqlite:///{folder / 'desk.sqlite'}"))
    for role in ROLES:
        people.add(role, role, PASSWORD)
    return app


@pytest.mark.parametrize("who", ["nobody", *ROLES])
def test_each_page_asks_for_its_role(staffed: Flask, who: str) -> None:
    client = staffed.test_client() if who == "nobody" else sign_in(staffed, who)
    header = {"X-CSRFToken": token(client)}
    for method, path, role in PAGES:
        answer = client.open(path, method=method, headers=header)
        may = who != "nobody" and ROLES.index(who) >= ROLES.index(role)
        refused = "needs the role of" in answer.get_data(as_text=True)
        to_sign_in = answer.status_code == 303 and "/sign-in" in answer.headers["Location"]
        assert (not refused and not to_sign_in) is may, (method, path, answer.status_code)
        assert answer.status_code < 500, (method, path, answer.get_data(as_text=True)[:500])


def test_without_users_only_this_machine_is_answered(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/").status_code == 200
    answer = client.get("/", environ_overrides=ELSEWHERE)
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")
    forwarded = client.get("/", headers={"X-Forwarded-For": "192.0.2.7"})
    assert forwarded.status_code == 303


def test_with_api_keys_this_machine_signs_in_too(tmp_path: Path) -> None:
    add_key(tmp_path / "keys.json", "cms", "write")
    client = create_app(settings=Settings(state=tmp_path, keys=tmp_path / "keys.json")).test_client()
    assert client.get("/").status_code == 303


def test_an_approval_of_what_was_changed_meanwhile_leads_to_the_latest(pages: FlaskClient) -> None:
    story = take_in(pages)
    pages.post(f"/stories/{story}/lines/0", data={"base": "1", "text": "Stocks Rise"})
    form = {"base": "1", "state": "approved"}
    answer = pages.post(f"/stories/{story}/decide", data=form, headers={"HX-Request": "true"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "saved version 2" in page and "/aside/" not in page


def test_what_would_take_an_approval_back_says_so_first(pages: FlaskClient) -> None:
    story = take_in(pages)
    pages.post(f"/stories/{story}/lines/0", data={"base": "1", "text": "Asian Stocks Gain"})
    assert pages.post(f"/stories/{story}/lines/0", data={"base": "1", "text": "Asian Stocks Rise"}).status_code == 303
    paths = (
        f"/data?story={story}",
        f"/stories/{story}/aside/3",
        f"/stories/{story}",
        f"/stories/{story}/lines/4/reason",
    )
    words = ("other data make it a draft", "makes the story a draft", "hx-confirm", "hx-confirm")
    for path, said in zip(paths, words, strict=True):
        assert said not in pages.get(path).get_data(as_text=True), path
    pages.post(f"/stories/{story}/decide", data={"base": "2", "state": "approved"})
    for path, said in zip(paths, words, strict=True):
        assert said in pages.get(path).get_data(as_text=True), path


def test_a_story_without_a_version_has_none_to_compare(pages: FlaskClient) -> None:
    story = take_in(pages, changed(seed(), HSI=18.0))
    page = pages.get(f"/stories/{story}/versions").get_data(as_text=True)
    assert "There is no version yet" in page and "Compare" not in page and "<table" not in page


def test_a_held_update_is_shown_with_its_reason_and_the_version_before(pages: FlaskClient) -> None:
    story = take_in(pages)
    take_in(pages, changed(seed(), HSI=18.0))
    page = pages.get(f"/stories/{story}").get_data(as_text=True)
    assert "Accept and write" in page and "version 1" in page
    assert 'id="story"' in pages.get(f"/stories/{story}?latest=1").get_data(as_text=True)


def test_a_form_that_was_not_ours_is_refused(app: Flask) -> None:
    client = app.test_client()
    take_in(client)
    form = {"base": "1", "text": "Stocks Rise"}
    assert client.post("/stories/1/lines/0", data=form).status_code == 400
    assert client.post("/stories/1/lines/0", data={**form, "csrf_token": "no"}).status_code == 400
    page = client.post("/stories/1/lines/0", data=form, headers={"X-CSRFToken": token(client, "/")})
    assert page.status_code == 200 and "Stocks Rise" in page.get_data(as_text=True)


def test_passwords_are_not_tried_without_end(staffed: Flask) -> None:
    client = staffed.test_client()
    form = {"name": "chief", "password": "no", "csrf_token": token(client)}
    codes = [client.post("/sign-in", data=form, environ_overrides=ELSEWHERE).status_code for _ in range(12)]
    assert codes[0] == 403 and codes[-1] == 429


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_to_our_own_pages_only(staffed: Flask, there: str) -> None:
    client = staffed.test_client()
    form = {"name": "reader", "password": PASSWORD, "then": there, "csrf_token": token(client)}
    assert client.post("/sign-in", data=form).headers["Location"] == "/"


def test_a_session_is_of_its_cookie_and_ends(staffed: Flask) -> None:
    client = sign_in(staffed, "reader")
    cookie = client.get_cookie("wrapgen")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    assert cookie.expires is not None
    hours = (cookie.expires - dt.datetime.now(dt.UTC)).total_seconds() / 3600
    assert 7.9 < hours < 8.1
    assert client.post("/sign-out", headers={"X-CSRFToken": token(client)}).status_code == 303
    assert client.get("/").status_code == 303


def test_names_from_the_data_are_shown_as_text(pages: FlaskClient) -> None:
    document = seed()
    name = '<script>alert("1")</script>'
    document["stocks"][0]["name"] = document["stocks"][0]["short_name"] = name
    story = take_in(pages, document)
    for path in ("", "/versions", "/lines/0/reason", "/chart.svg"):
        text = pages.get(f"/stories/{story}{path}").get_data(as_text=True)
        assert "<script>alert" not in text
    assert "&lt;script&gt;" in pages.get(f"/stories/{story}").get_data(as_text=True)


def test_pages_run_no_script_but_their_own(pages: FlaskClient) -> None:
    policy = pages.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "default-src 'none'" in policy and "unsafe" not in policy
    text = pages.get("/").get_data(as_text=True)
    assert not re.search(r"\son\w+=|style=|<script>|javascript:", text)
    assert not re.search(r'(?:src|href)="(?!/|data:|#)', text)


def test_claims_are_placed_in_the_text_as_it_was_typed(pages: FlaskClient) -> None:
    story = take_in(pages)
    text = "  Technology shares lagged,  with Nvidia Corporation (NASDAQ:NVDA)  losing 3.4%. "
    body = {"base": 1, "line": 3, "text": text}
    (claim,) = pages.post(f"/stories/{story}/check", json=body).get_json()["claims"]
    assert text[claim["start"] : claim["end"]] == "3.4%" and claim["told"] == "the data say 2.9%"


@pytest.mark.parametrize(
    ("path", "form", "status", "words"),
    [
        ("/stories/9", None, 404, "There is no story 9."),
        ("/stories/1/lines/99/reason", None, 404, "There is no line 99."),
        ("/stories/1/versions?a=7", None, 404, "no version 7"),
        ("/stories/1/download?format=pdf", None, 422, "allowed: text, markdown"),
        ("/stories/1/download?format=text", None, 422, "Only an approved story"),
        ("/stories/1/lines/0", {"text": "x"}, 422, "is missing"),
        ("/stories/1/lines/0", {"base": "1", "text": ""}, 422, "needs a headline"),
        ("/stories/1/lines/3/say", {"base": "1", "text": "Nvidia lost 2.9%."}, 422, "no wording of the rules"),
        ("/stories/1/tell", {"base": "1", "variant": "-1"}, 422, "no variant"),
        ("/stories/1/tell", {"base": "1", "angle": "reversal"}, 422, "the data do not support"),
        ("/stories/1/decide", {"base": "1", "state": "lost"}, 422, "is no state"),
        ("/desk/approve", {"story": "one"}, 422, "no story and version"),
        ("/stories/1/send", {"base": "1", "url": "http://elsewhere.example"}, 422, "not set up"),
        ("/data", {"document": "{"}, 422, "Line 1"),
        ("/data/prices", {"region": "us"}, 422, "A day is needed"),
        ("/rules/../setup.cfg", None, 404, ""),
        ("/rules/styles/none.yaml", None, 404, "There is no rule file"),
        ("/nowhere", None, 404, ""),
    ],
)
def test_what_cannot_be_done_is_told(
    pages: FlaskClient, path: str, form: dict[str, str] | None, status: int, words: str
) -> None:
    take_in(pages)
    answer = pages.get(path) if form is None else pages.post(path, data=form)
    assert answer.status_code == status and words in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/stories/1/decide", 405)])
def test_an_address_that_there_is_not_is_a_page_for_a_browser_only(
    pages: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = pages.open(path, method=method, headers={"Accept": BROWSER})
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert "Back to the queue" in answer.get_data(as_text=True)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}):
        told = pages.open(path, method=method, headers=headers)
        assert (told.status_code, told.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v1/wraps"])
def test_the_api_tells_browsers_too_in_its_own_way(pages: FlaskClient, path: str) -> None:
    assert pages.get(path, headers={"Accept": "text/html"}).mimetype == "application/problem+json"


def test_what_somebody_may_not_do_is_forbidden(staffed: Flask) -> None:
    assert sign_in(staffed, "reader").get("/data").status_code == 403


def test_a_check_without_its_parts_is_refused(pages: FlaskClient) -> None:
    story = take_in(pages)
    for body in ({}, [], {"base": 1, "line": "x", "text": ""}):
        assert pages.post(f"/stories/{story}/check", json=body).status_code == 422


def test_a_snapshot_posted_again_is_new_data_for_its_story(pages: FlaskClient) -> None:
    first = pages.post("/v1/stories", json=seed()).get_json()
    second = pages.post("/v1/stories", json=changed(seed(), TNVDA=-3.1)).get_json()
    assert (first["new"], second) == (True, {**first, "new": False})
    assert "3.1%" in pages.get(first["page"]).get_data(as_text=True)


def test_a_service_without_a_desk_says_so() -> None:
    client = create_app(settings=Settings(desk="off")).test_client()
    answer = client.post("/v1/stories", data=orjson.dumps(seed()), content_type="application/json")
    assert answer.status_code == 404 and "has no desk" in answer.get_json()["detail"]
    assert client.get("/").status_code == 404


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    from wrapgen.errors import InputError

    with pytest.raises(InputError, match="WRAPGEN_DESK|cannot be opened"):
        Store(f"sqlite:///{tmp_path}/nowhere/desk.sqlite")
    with pytest.raises(InputError):
        Store("nonsense")
