"""ETag, Idempotency-Key, batches: what ``/v1/wraps`` does beyond writing."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cases.library import CONTRACT_SEED, sent
from wrapgen.render import FORMATS
from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings
from wrapgen.service.state import Answers, Conflict, Kept

SEED = json.dumps(sent(CONTRACT_SEED)).encode()


def post(client: FlaskClient, query: str = "", body: bytes = SEED, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/v1/wraps{query}", data=body, content_type="application/json", headers=named)


def batch(client: FlaskClient, body: bytes, query: str = "", type: str = "application/x-ndjson") -> list[Any]:
    response = client.post(f"/v1/wraps/batch{query}", data=body, content_type=type)
    assert (response.status_code, response.content_type) == (200, "application/x-ndjson"), response.get_data()
    return [json.loads(line) for line in response.get_data().splitlines()]


def test_an_answer_has_a_tag_of_its_article_and_its_format(asking: FlaskClient) -> None:
    first, again, other = post(asking), post(asking), post(asking, "?variant=1")
    assert first.headers["ETag"] == again.headers["ETag"] == f'"{first.get_json()["id"]}-json"'
    tags = {first.headers["ETag"], other.headers["ETag"], post(asking, "?format=text").headers["ETag"]}
    assert len(tags) == 3


def test_an_article_that_has_not_changed_is_not_sent_again(asking: FlaskClient) -> None:
    tag = post(asking).headers["ETag"]
    same = post(asking, If_None_Match=f'"other", W/{tag}')
    assert (same.status_code, same.get_data(), same.headers["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in same.headers
    assert post(asking, "?variant=1", If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("path", ["/v1/rules", "/v1/styles", "/v1/markets", "/v1/examples", "/openapi.json"])
def test_what_follows_from_the_rules_is_not_sent_again(asking: FlaskClient, path: str) -> None:
    first = asking.get(path)
    again = asking.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.get_data()) == (200, 304, b"")


def test_a_request_sent_again_under_its_key_gets_the_same_answer(asking: FlaskClient) -> None:
    first = post(asking, Idempotency_Key="twice")
    again = post(asking, Idempotency_Key="twice")
    assert "Idempotent-Replayed" not in first.headers and again.headers["Idempotent-Replayed"] == "true"
    assert first.get_data() == again.get_data()
    for name in ("Content-Type", "ETag", "Vary"):
        assert first.headers[name] == again.headers[name]


def test_a_refusal_is_kept_under_its_key_too(asking: FlaskClient) -> None:
    first = post(asking, body=b'{"markets": []}', Idempotency_Key="refused")
    again = post(asking, body=b'{"markets": []}', Idempotency_Key="refused")
    assert first.status_code == again.status_code == 422 and again.headers["Idempotent-Replayed"]
    assert again.content_type == "application/problem+json" and again.get_data() == first.get_data()


@pytest.mark.parametrize(("query", "body"), [("", SEED + b" "), ("?variant=1", SEED)])
def test_another_request_under_the_same_key_is_422(asking: FlaskClient, query: str, body: bytes) -> None:
    key = f"reused{query}"
    assert post(asking, Idempotency_Key=key).status_code == 200
    assert post(asking, query, body, Idempotency_Key=key).status_code == 422


@pytest.mark.parametrize("key", ["", "with space", "x" * 256])
def test_what_is_no_key_is_400(asking: FlaskClient, key: str) -> None:
    assert post(asking, Idempotency_Key=key).status_code == 400


def test_a_key_is_taken_until_it_is_answered(tmp_path: Path) -> None:
    mine, other = Answers(tmp_path / "a", 1), Answers(tmp_path / "a", 1)  # as of two workers
    assert mine.begin("k", b"1") is None
    with pytest.raises(Conflict) as flight:
        other.begin("k", b"1")
    assert not flight.value.another
    mine.keep("k", Kept(200, [("ETag", "x")], b"body"))
    mine.give_up("k")  # does nothing once there is an answer
    assert other.begin("k", b"1") == Kept(200, [("ETag", "x")], b"body")
    with pytest.raises(Conflict) as reuse:
        other.begin("k", b"2")
    assert reuse.value.another


def test_a_key_whose_request_failed_may_be_tried_again(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "a", 1)
    answers.begin("k", b"1")
    answers.give_up("k")
    assert answers.begin("k", b"2") is None


def test_a_request_in_flight_is_409(asking: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go, answers = threading.Event(), threading.Event(), Queue[TestResponse]()
    import wrapgen

    write = wrapgen.write

    def slow(*args: Any, **kwargs: Any) -> Any:
        began.set()
        go.wait(20)
        return write(*args, **kwargs)

    monkeypatch.setattr(wrapgen, "write", slow)
    first = threading.Thread(target=lambda: answers.put(post(asking, Idempotency_Key="flight")))
    first.start()
    began.wait(20)
    second = post(asking.application.test_client(), Idempotency_Key="flight")
    go.set()
    first.join()
    assert (second.status_code, answers.get().status_code) == (409, 200) and second.headers["Retry-After"]


def test_a_batch_is_answered_line_by_line_in_order(asking: FlaskClient) -> None:
    crash = b'{"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": -20.0}]}'
    flat = b'{"region": "jp", "as_of": "2025-11-12", "markets": [{"id": "N225", "change_pct": 0.5}]}'
    lines = [SEED, b"{", b"", crash, b"\xff", flat]
    first, broken, held, binary, last = batch(asking, b"\r\n".join(lines))
    assert first == post(asking).get_json() and "Japan" in last["headline"] + last["body"][0]["text"]
    assert [answer["line"] for answer in (broken, held, binary)] == [2, 4, 5]
    assert [answer["status"] for answer in (broken, held, binary)] == [400, 422, 400]
    assert held["problems"][0]["gate"] == "beyond_kind" and held["type"] == "about:blank"


def test_the_options_of_a_batch_count_for_every_line(asking: FlaskClient) -> None:
    one, two = batch(asking, SEED + b"\n" + SEED, "?variant=3&length=brief")
    assert one == two == post(asking, "?variant=3&length=brief").get_json()
    refused = asking.post("/v1/wraps/batch?lenght=brief", data=SEED, content_type="application/x-ndjson")
    assert refused.status_code == 400
    late = asking.post("/v1/wraps/batch?now=noon", data=SEED, content_type="application/x-ndjson")
    assert (late.status_code, late.get_json()["problems"][0]["parameter"]) == (422, "now")
    bad = batch(asking, SEED, "?angle=nonsense")
    assert bad[0]["status"] == 422 and bad[0]["problems"][0]["parameter"] == "angle"


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "json"])
def test_a_batch_in_another_format(asking: FlaskClient, format: str) -> None:
    (line,) = batch(asking, SEED, f"?format={format}")
    whole = post(asking, f"?format={format}").get_data(as_text=True)
    if FORMATS[format].partition(";")[0].endswith("json"):
        assert line == json.loads(whole)
    else:
        assert line["format"] == format and line["content"] == whole


def test_a_batch_must_say_that_it_is_one(asking: FlaskClient) -> None:
    assert asking.post("/v1/wraps/batch", data=SEED, content_type="application/json").status_code == 415


def test_limits_of_a_batch_hold_for_each_line_and_for_the_whole() -> None:
    client = create_app(settings=Settings(body_limit=2000, batch_limit=20_000)).test_client()
    small = b'{"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": 0.5}]}'
    first, long, last = batch(client, small + b"\n" + b" " * 9000 + b"{}\n" + small.ljust(2000) + b"\n")
    assert (long["status"], long["line"]) == (413, 2) and "2,000 bytes" in long["detail"]
    assert first == last
    whole = client.post("/v1/wraps/batch", data=small * 300, content_type="application/x-ndjson")
    assert whole.status_code == 413


def test_an_answer_comes_before_the_next_line_is_sent(asking: FlaskClient) -> None:
    """Lines of whole blocks, as the server reads."""
    asked: Queue[bytes] = Queue()

    class Slow(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = asked.get(timeout=20)
            buffer[: len(data)] = data
            return len(data)

    def send(line: bytes) -> None:
        for start in range(0, len(line), 1024):
            asked.put(line[start : start + 1024])

    small = (
        b'{"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": 0.5}]}'.ljust(2047) + b"\n"
    )
    environ = {"wsgi.input": io.BufferedReader(Slow(), 1024), "wsgi.input_terminated": True}
    send(small)
    response = asking.post("/v1/wraps/batch", content_type="application/x-ndjson", environ_overrides=environ)
    answers = iter(response.response)
    for _ in range(3):
        assert "headline" in json.loads(next(answers))
        send(small)
    asked.put(b"")
    assert len(list(answers)) == 1
