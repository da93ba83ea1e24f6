from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests import stub
from wrapgen.service.app import BODY_LIMIT, create_app


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    return stub.install(monkeypatch)


@pytest.fixture
def client(calls: list[dict[str, Any]]) -> FlaskClient:
    return create_app().test_client()


def post(client: FlaskClient, query: str = "", document: Any = None, **options: Any) -> TestResponse:
    return client.post(f"/v1/wraps{query}", json=document or stub.SNAPSHOT, **options)


def problem(response: TestResponse, status: int) -> dict[str, Any]:
    """The RFC 9457 object of an answer that must be one."""
    assert response.status_code == status, response.get_data()
    assert response.content_type == "application/problem+json"
    body = json.loads(response.get_data())
    assert body["status"] == status and body["title"] and body["type"] == "about:blank"
    assert "Traceback" not in response.get_data(as_text=True)
    return body


def test_a_snapshot_is_answered_with_the_article_object(client: FlaskClient) -> None:
    response = post(client)
    assert (response.status_code, response.content_type) == (200, "application/json")
    assert response.get_json() == stub.ARTICLE.to_dict()


@pytest.mark.parametrize(
    ("format", "content_type"),
    [
        ("text", "text/plain; charset=utf-8"),
        ("markdown", "text/markdown; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
        ("json", "application/json"),
        ("ninjs", "application/ninjs+json"),
        ("ninjs-1", "application/ninjs+json;version=1.6"),
        ("newsml-g2", "application/vnd.iptc.g2.newsitem+xml"),
        ("schema.org", "application/ld+json"),
        ("atom", "application/atom+xml"),
    ],
)
def test_the_format_may_be_asked_for_by_parameter_or_header(
    client: FlaskClient, format: str, content_type: str
) -> None:
    by_parameter = post(client, f"?format={format}")
    by_header = post(client, headers={"Accept": content_type})
    assert by_parameter.get_data(as_text=True) == stub.ARTICLE.render(format)
    assert by_parameter.get_data() == by_header.get_data()
    assert by_parameter.content_type == by_header.content_type == content_type


def test_the_parameter_beats_the_header(client: FlaskClient) -> None:
    assert post(client, "?format=text", headers={"Accept": "text/html"}).mimetype == "text/plain"


def test_a_header_without_a_preference_gets_json(client: FlaskClient) -> None:
    assert post(client, headers={"Accept": "*/*"}).mimetype == "application/json"


def test_a_header_that_cannot_be_met_is_406(client: FlaskClient) -> None:
    assert "application/json" in problem(post(client, headers={"Accept": "image/png"}), 406)["detail"]


def test_options_reach_the_engine(calls: list[dict[str, Any]], client: FlaskClient) -> None:
    assert post(client, "?style=wire&angle=flat&variant=7&length=long").status_code == 200
    rules = "rules of None"
    assert calls == [{"style": "wire", "angle": "flat", "variant": 7, "length": "long", "rules": rules}]


def test_rules_are_loaded_once_and_may_be_given(calls: list[dict[str, Any]]) -> None:
    post(create_app(stub.Rules("mine")).test_client())  # type: ignore[arg-type]
    assert calls[0]["rules"] == "mine"


def test_every_problem_of_a_snapshot_is_told(client: FlaskClient) -> None:
    body = problem(post(client, document={"markets": [{"id": "HIS"}]}), 422)
    assert body["problems"] == [
        {
            "pointer": "/markets/0/id",
            "message": "'HIS' is no market",
            "allowed": ["HSI", "SPX"],
            "nearest": "HSI",
        },
        {"pointer": "/as_of", "message": "is missing", "allowed": None, "nearest": None},
    ]


def test_the_callers_time_and_overrides_reach_the_gates(calls: list[dict[str, Any]], client: FlaskClient) -> None:
    post(client, "?now=2025-11-12T10:00:00+08:00&override=holiday,weekend&override=stale")
    assert calls[0] == {"now": "2025-11-12T10:00:00+08:00", "override": ("holiday", "weekend", "stale")}


def test_what_a_gate_holds_is_a_problem_that_tells_the_gate_and_its_figures() -> None:
    client = create_app().test_client()
    crash = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": -20.0}]}
    (told,) = problem(post(client, document=crash), 422)["problems"]
    assert (told["pointer"], told["gate"], told["severity"]) == ("/markets/0/change_pct", "beyond_kind", "hold")
    assert told["figures"] == {"move": -20.0, "most": 15.0}
    body = post(client, "?override=beyond_kind", document=crash).get_json()
    assert [(gate["name"], gate["overridden"]) for gate in body["gates"]] == [("beyond_kind", True)]
    (told,) = problem(post(client, "?override=beyond_knd", document=crash), 422)["problems"]
    assert (told["parameter"], told["nearest"]) == ("override", "beyond_kind")
    (told,) = problem(post(client, "?now=noon", document=crash), 422)["problems"]
    assert told["parameter"] == "now"


def test_a_document_that_is_no_object_is_422(client: FlaskClient) -> None:
    response = client.post("/v1/wraps", data=b"[]", content_type="application/json")
    assert problem(response, 422)["problems"][0]["pointer"] == ""


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"a": NaN}'])
def test_a_body_that_is_no_json_is_400(client: FlaskClient, data: bytes) -> None:
    body = problem(client.post("/v1/wraps", data=data, content_type="application/json"), 400)
    assert body["problems"][0]["message"]


@pytest.mark.parametrize("content_type", [None, "text/plain", "multipart/form-data", "text/x+json"])
def test_another_content_type_is_415(client: FlaskClient, content_type: str | None) -> None:
    body = problem(client.post("/v1/wraps", data=b"{}", content_type=content_type), 415)
    assert "application/json" in body["detail"]


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/vnd.desk+json"])
def test_every_json_content_type_is_read(client: FlaskClient, content_type: str) -> None:
    data = json.dumps(stub.SNAPSHOT)
    assert client.post("/v1/wraps", data=data, content_type=content_type).status_code == 200


def test_a_body_over_the_limit_is_413(client: FlaskClient) -> None:
    data = b" " * (BODY_LIMIT + 1)
    body = problem(client.post("/v1/wraps", data=data, content_type="application/json"), 413)
    assert f"{BODY_LIMIT:,} bytes" in body["detail"]


def test_all_bad_parameters_are_told_at_once(client: FlaskClient) -> None:
    body = problem(post(client, "?format=htm&variant=-1&lenght=long&angle=flat&angle=mixed"), 400)
    told = {entry["parameter"]: entry for entry in body["problems"]}
    assert set(told) == {"format", "variant", "lenght", "angle"}
    assert told["format"]["nearest"] == "html"
    assert told["lenght"]["nearest"] == "length"
    assert all(entry["pointer"] is None for entry in told.values())


def test_bad_parameters_are_told_in_the_order_of_the_query(client: FlaskClient) -> None:
    asked = ["zeta", "variant", "alpha", "omega", "format", "kappa", "beta"]
    body = problem(post(client, "?" + "&".join(f"{name}=no" for name in asked)), 400)
    assert [entry["parameter"] for entry in body["problems"]] == asked


def test_an_option_that_cannot_be_met_is_422(client: FlaskClient) -> None:
    (told,) = problem(post(client, "?angle=milestone"), 422)["problems"]
    assert told["parameter"] == "angle" and told["allowed"] == ["flat", "mixed"]
    assert told["message"] == "no market is at a milestone"


def test_a_fault_of_the_engine_is_told_without_its_insides(client: FlaskClient) -> None:
    body = problem(post(client, document={"markets": [{"id": "BUG"}]}), 500)
    assert "KeyError" not in json.dumps(body) and "own fault" not in json.dumps(body)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "//v1//wraps", 404), ("GET", "/v1/wraps", 405), ("POST", "/healthz", 405)],
)
def test_other_paths_and_methods_are_problems_too(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)
    problem(response, status)
    assert status != 405 or response.headers["Allow"]


def test_health(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200 and response.get_json()["status"] == "ok"


def test_an_answer_says_what_it_varies_by_and_is_not_sniffed(client: FlaskClient) -> None:
    headers = post(client, "?format=html").headers
    assert headers["Vary"] == "Accept"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@given(data=st.binary(max_size=50), query=st.text(max_size=20), accept=st.text(st.characters(codec="ascii")))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_request_is_answered_with_a_problem_and_never_a_fault(
    client: FlaskClient, data: bytes, query: str, accept: str
) -> None:
    headers = {"Accept": "".join(c for c in accept if c.isprintable())}
    response = client.post(
        "/v1/wraps", query_string={query: query}, data=data, content_type="application/json", headers=headers
    )
    assert 400 <= response.status_code < 500
    problem(response, response.status_code)
