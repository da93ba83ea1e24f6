"""Why, from what, and whether it is true: the same over HTTP as from Python."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

import wrapgen
from tests.cases.library import CONTRACT_SEED, sent, snapshot
from wrapgen.service.app import create_app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def answer(client: FlaskClient, path: str, body: Any, status: int = 200) -> Any:
    response = client.post(path, json=body)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == ("application/json" if status == 200 else "application/problem+json")
    return json.loads(response.get_data())


def test_angles(client: FlaskClient) -> None:
    ranked = answer(client, "/v1/angles", sent(CONTRACT_SEED))
    expected = [angle.to_dict() for angle in wrapgen.rank_angles(snapshot(CONTRACT_SEED))]
    assert ranked == json.loads(json.dumps(expected))
    assert "it would win if" in ranked[1]["note"]


def test_facts(client: FlaskClient) -> None:
    facts = answer(client, "/v1/facts", sent(CONTRACT_SEED))
    assert {"name", "value", "unit", "operation", "from"} == set(facts[0]) and len(facts) > 20


@pytest.mark.parametrize(
    ("text", "status"), [("The Hang Seng rose 1%.", "supported"), ("The Hang Seng fell 1%.", "contradicted")]
)
def test_verify(client: FlaskClient, text: str, status: str) -> None:
    claims = answer(client, "/v1/verify", {"text": text, "snapshot": sent(CONTRACT_SEED)})["claims"]
    assert {claim["status"] for claim in claims if claim["kind"] == "direction"} == {status}


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], [""]),
        ({}, ["/text", "/snapshot"]),
        ({"text": 1, "snapshot": {}}, ["/text"]),
        ({"txt": "", "snapshot": {}}, ["/txt", "/text"]),
    ],
)
def test_what_is_no_text_with_a_snapshot_is_told_whole(client: FlaskClient, body: Any, pointers: list[str]) -> None:
    told = answer(client, "/v1/verify", body, 400)["problems"]
    assert [problem["pointer"] for problem in told] == pointers


@pytest.mark.parametrize("path", ["/v1/angles", "/v1/facts"])
def test_a_snapshot_with_problems_is_refused(client: FlaskClient, path: str) -> None:
    assert answer(client, path, {**sent(CONTRACT_SEED), "region": "asia"}, 422)["problems"][0]["pointer"] == "/region"
    assert answer(client, f"{path}?variant=2", sent(CONTRACT_SEED), 400)["problems"][0]["parameter"] == "variant"
