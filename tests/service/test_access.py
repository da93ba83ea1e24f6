"""Keys, roles, limits, settings, headers and logs: what an operator relies on."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from tests.cases.library import CONTRACT_SEED, sent
from wrapgen.cli import cli
from wrapgen.commands import keys as command
from wrapgen.render import FORMATS
from wrapgen.service.access import is_loopback
from wrapgen.service.app import create_app
from wrapgen.service.keys import ROLES, add_key, read_keys, revoke_key
from wrapgen.service.logs import JsonFormatter, redact
from wrapgen.service.settings import VARIABLES, Settings, SettingsError, read_settings
from wrapgen.service.state import Rates

pytestmark = pytest.mark.xdist_group("access")  # they share what takes long to make


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, dict[str, str], Path]:
    """A service with a key of each role."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    secrets = {role: add_key(path, f"the {role} desk", role)[1] for role in ROLES}
    return create_app(settings=Settings(keys=path)), secrets, path


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_is_stored_as_a_hash_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    key, secret = add_key(path, "cms", "write")
    assert secret not in path.read_text("utf-8") and key.hash in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert len(secret) > 40 and add_key(path, "cms", "write")[1] != secret
    revoke_key(path, key.id)
    assert key.id not in {left.id for left in read_keys(path)} and len(read_keys(path)) == 1


def test_keys_are_made_listed_and_revoked_from_the_shell(tmp_path: Path) -> None:
    file = ["--file", str(tmp_path / "keys.json")]
    made = CliRunner().invoke(cli, ["keys", "add", *file, "--role", "read", "the archive"])
    assert made.exit_code == 0 and made.stdout.startswith("wg_")
    listed = CliRunner().invoke(cli, ["keys", "list", *file]).stdout
    assert "read" in listed and "the archive" in listed and made.stdout.strip() not in listed
    wrong = CliRunner().invoke(cli, ["keys", "revoke", *file, "nobody"])
    assert wrong.exit_code == 2 and listed.split()[0] in wrong.stderr
    assert CliRunner().invoke(cli, ["keys", "revoke", *file, listed.split()[0]]).exit_code == 0
    assert CliRunner().invoke(cli, ["keys", "list", *file]).stdout == ""
    assert tuple(ROLES) == command.ROLES


@pytest.mark.parametrize(
    ("method", "path", "least"),
    [
        ("GET", "/v1/rules", "read"),
        ("GET", "/v1/examples", "read"),
        ("GET", "/metrics", "read"),
        ("POST", "/v1/angles", "read"),
        ("POST", "/v1/verify", "read"),
        ("POST", "/v1/wraps", "write"),
        ("POST", "/v1/wraps/batch", "write"),
        ("POST", "/v1/rules/reload", "admin"),
        ("GET", "/healthz", ""),
        ("GET", "/readyz", ""),
        ("GET", "/openapi.json", ""),
        ("GET", "/docs", ""),
    ],
)
def test_each_route_asks_for_its_role(keyed: Any, method: str, path: str, least: str) -> None:
    client = keyed[0].test_client()
    # A strange parameter shows that the request got past the door without doing anything.
    url = f"{path}?strange=1"
    order = ["", "read", "write", "admin"]
    for role in order:
        status = client.open(url, method=method, headers=bearer(keyed[1][role]) if role else {}).status_code
        expected = (200, 400) if order.index(role) >= order.index(least) else (403 if role else 401,)
        assert status in expected, role


def test_a_key_that_is_none_is_refused(keyed: Any) -> None:
    client = keyed[0].test_client()
    for header in ("", "Bearer", "Bearer wg_no", f"Basic {keyed[1]['admin']}", f"Bearer {keyed[1]['admin']}x"):
        refused = client.get("/v1/rules", headers={"Authorization": header})
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert refused.content_type == "application/problem+json"


def test_a_revoked_key_is_refused_at_once(keyed: Any) -> None:
    app, _, path = keyed
    key, secret = add_key(path, "for a day", "read")
    assert app.test_client().get("/v1/styles", headers=bearer(secret)).status_code == 200
    revoke_key(path, key.id)
    assert app.test_client().get("/v1/styles", headers=bearer(secret)).status_code == 401


def test_the_document_asks_for_keys_where_the_service_does(keyed: Any, asking: FlaskClient) -> None:
    with_keys = keyed[0].test_client().get("/openapi.json").get_json()
    assert with_keys["security"] == [{"key": []}] and "key" in with_keys["components"]["securitySchemes"]
    assert with_keys["paths"]["/healthz"]["get"]["security"] == []
    assert "security" not in asking.get("/openapi.json").get_json()


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    ],
)
def test_without_keys_only_this_machine_is_answered(asking: FlaskClient, environ: dict[str, str]) -> None:
    refused = asking.get("/v1/styles", environ_overrides=environ)
    assert refused.status_code == 401 and "wrapgen keys add" in refused.get_json()["detail"]
    assert asking.get("/healthz", environ_overrides=environ).status_code == 200


def test_a_socket_that_others_can_reach_is_not_this_machine(asking: FlaskClient) -> None:
    class Connection:
        def __init__(self, address: str) -> None:
            self.address = address

        def getsockname(self) -> tuple[str, int]:
            return (self.address, 8000)

        def settimeout(self, _: float) -> None: ...

    for address, status in (("127.0.0.1", 200), ("192.0.2.1", 401)):
        environ = {"gunicorn.socket": Connection(address)}
        assert asking.get("/v1/styles", environ_overrides=environ).status_code == status


def test_what_is_loopback() -> None:
    for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost"):
        assert is_loopback(address)
    for address in ("0.0.0.0", "::", "10.0.0.1", "example.org", ""):
        assert not is_loopback(address)


def test_serve_without_keys_listens_on_loopback_only() -> None:
    refused = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--port", "0"])
    assert refused.exit_code == 2 and "wrapgen keys add" in refused.stderr


def test_a_limit_holds_across_workers(tmp_path: Path) -> None:
    one, two = (Rates(tmp_path / "rates", "3 per hour") for _ in range(2))
    taken = [worker.take("caller").passed for worker in (one, two, one, two, one)]
    assert taken == [True, True, True, False, False]
    assert two.take("another").left == 2


def test_over_the_limit_is_429_with_when_to_come_back() -> None:
    client = create_app(settings=Settings(rate="2 per hour")).test_client()
    first, second, third = (client.get("/v1/styles") for _ in range(3))
    assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("2", "1")
    assert 0 < int(third.headers["Retry-After"]) <= 3600
    assert client.get("/v1/styles", environ_overrides={"REMOTE_ADDR": "127.0.0.2"}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_settings_are_those_of_the_environment(tmp_path: Path) -> None:
    given = {"WRAPGEN_STATE": str(tmp_path), "WRAPGEN_BODY_LIMIT": "2048", "HOME": "/", "WRAPGEN_RATE": "off"}
    found = read_settings(given)
    assert found == Settings(state=tmp_path, body_limit=2048)
    assert read_settings({}) == Settings()


def test_with_keys_there_is_a_limit_unless_it_is_off(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    add_key(file, "cms", "write")
    assert read_settings({"WRAPGEN_KEYS": str(file)}).rate == "1200 per minute"
    assert read_settings({"WRAPGEN_KEYS": str(file), "WRAPGEN_RATE": "off"}).rate is None


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_a_bad_setting_is_told_with_its_name_value_and_what_is_allowed(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({name: "nonsense"})
    assert name in str(refused.value) and "allowed: " in str(refused.value)
    assert ("'nonsense'" in str(refused.value)) is not VARIABLES[name].hidden


def test_all_bad_settings_are_told_at_once_and_a_misspelt_one_with_the_nearest() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"WRAPGEN_RATES": "1 per day", "WRAPGEN_LOG_LEVEL": "loud"})
    assert "nearest: WRAPGEN_RATE" in str(refused.value) and "WRAPGEN_LOG_LEVEL" in str(refused.value)


def test_every_setting_is_in_the_manual() -> None:
    manual = Path("docs/operators.md").read_text("utf-8")
    assert {name for name in VARIABLES if name != "WRAPGEN_RUN"} <= set(re.findall(r"`(WRAPGEN_\w+)`", manual))


def test_security_headers(asking: FlaskClient) -> None:
    for path in ("/healthz", "/v1/styles", "/nowhere", "/docs"):
        headers = asking.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" in asking.get("/healthz", base_url="https://localhost").headers


def test_a_request_has_an_id(asking: FlaskClient) -> None:
    given = asking.get("/healthz", headers={"X-Request-Id": "desk-7.b"})
    assert given.headers["X-Request-Id"] == "desk-7.b"
    made = {asking.get("/healthz", headers={"X-Request-Id": bad}).headers["X-Request-Id"] for bad in ("a b", "x" * 99)}
    assert len(made) == 2 and all(re.fullmatch("[0-9a-f]{32}", id) for id in made)


def test_a_key_is_never_in_a_log(keyed: Any, capsys: pytest.CaptureFixture[str]) -> None:
    app, secrets, _ = keyed
    secret = secrets["write"]
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    logger, handler = logging.getLogger("wrapgen"), Lines()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel("DEBUG")
    try:
        client = app.test_client()
        client.post("/v1/wraps", json=sent(CONTRACT_SEED), headers=bearer(secret))
        client.get(f"/v1/rules/{secret}?key={secret}", headers={"X-Request-Id": secret})
        client.get("/v1/rules", headers={"Authorization": secret})
        logging.getLogger("wrapgen.service").error("failed: Authorization: Bearer %s", secret)
        logging.getLogger("wrapgen.service").error("failed", extra={"headers": str(bearer(secret))})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
    told = [json.loads(line) for line in lines]
    assert [line["status"] for line in told if line["event"] == "request"] == [200, 404, 401]
    assert told[0]["key"] and told[0]["request_id"] and told[0]["path"] == "/v1/wraps"
    assert secret not in "\n".join(lines) and secret not in "".join(capsys.readouterr())
    assert redact("authorization: hunter2hunter2") == "authorization: …"


def test_a_body_that_does_not_arrive_is_408(asking: FlaskClient) -> None:
    import io

    class Stalled(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            raise TimeoutError

    environ = {"wsgi.input": Stalled(), "CONTENT_LENGTH": "10"}
    refused = asking.post("/v1/wraps", content_type="application/json", environ_overrides=environ)
    assert (refused.status_code, refused.content_type) == (408, "application/problem+json")


def test_metrics_count_requests_articles_and_refusals(asking: FlaskClient) -> None:
    def count(text: str, name: str) -> float:
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))

    before = asking.get("/metrics").get_data(as_text=True)
    article = asking.post("/v1/wraps", json=sent(CONTRACT_SEED)).get_json()
    crash = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": -20.0}]}
    asking.post("/v1/wraps", json=crash)
    after = asking.get("/metrics").get_data(as_text=True)
    for name, more in (
        ('wrapgen_requests_total{method="POST",route="/v1/wraps",status="200"}', 1),
        ('wrapgen_requests_total{method="POST",route="/v1/wraps",status="422"}', 1),
        (f'wrapgen_articles_total{{angle="{article["angle"]["name"]}"}}', 1),
        ('wrapgen_refusals_total{gate="beyond_kind"}', 1),
        ('wrapgen_stage_seconds_count{stage="read"}', 2),
        ('wrapgen_stage_seconds_count{stage="write"}', 1),
        ('wrapgen_stage_seconds_count{stage="render"}', 1),
    ):
        assert count(after, name) - count(before, name) == more, name


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["<script>x</script>", "Quote \" and ' Co", "Break\r\nX-Evil: 1", "A & B\u2028C"])
def test_names_come_out_escaped(asking: FlaskClient, name: str, format: str) -> None:
    stock = {"ticker": "0001", "exchange": "XHKG", "name": name, "market": "HSI", "change_pct": 4.0, "effect": "lift"}
    markets = [{"id": "HSI", "change_pct": 1.0}]
    snapshot = {"region": "hk", "as_of": "2025-11-12", "markets": markets, "stocks": [stock]}
    answer = asking.post(f"/v1/wraps?format={format}", json=snapshot)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    assert "X-Evil" not in answer.headers
    text = answer.get_data(as_text=True)
    if answer.is_json:
        json.loads(text)
    elif FORMATS[format].endswith(("html", "xml")):
        ElementTree.fromstring(text)
        assert "<script" not in text
