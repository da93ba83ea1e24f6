"""Rules, styles, markets and examples, as they can be asked for."""

from __future__ import annotations

from flask.testing import FlaskClient

import wrapgen


def test_the_rules_are_listed_by_file_as_an_article_names_them(asking: FlaskClient) -> None:
    listed = asking.get("/v1/rules").get_json()
    pack = wrapgen.load_rules()
    assert listed["hash"] == pack.hash
    entries = {entry["rule"]: (file["file"], entry) for file in listed["files"] for entry in file["entries"]}
    assert set(entries) == {entry.rule for entry in pack.entries}
    for rule, (file, entry) in entries.items():
        assert rule.startswith(f"{file}:{entry['line']} ") and entry["patterns"]
    assert {angle["name"] for angle in listed["angles"]} == {angle.name for angle in pack.angles}
    assert any(entry["condition"] for _, entry in entries.values())


def test_every_sentence_of_an_example_has_its_rule_among_them(asking: FlaskClient) -> None:
    rules = {entry["rule"] for file in asking.get("/v1/rules").get_json()["files"] for entry in file["entries"]}
    examples = asking.get("/v1/examples").get_json()
    assert len(examples) >= 7
    for example in examples[:2]:
        article = asking.post("/v1/wraps", json=example["snapshot"]).get_json()
        assert {sentence["rule"] for block in article["body"] for sentence in block["sentences"]} <= rules


def test_styles_can_be_asked_for_by_their_names(asking: FlaskClient) -> None:
    styles = asking.get("/v1/styles").get_json()
    snapshot = asking.get("/v1/examples").get_json()[0]["snapshot"]
    assert "house" in {style["name"] for style in styles}
    for style in styles:
        assert style["says"] and style["settings"]["percent"]
        article = asking.post(f"/v1/wraps?style={style['name']}", json=snapshot).get_json()
        assert article["provenance"]["style"] == style["name"]


def test_markets_can_be_sent_by_their_ids(asking: FlaskClient) -> None:
    markets = {market["id"]: market for market in asking.get("/v1/markets").get_json()}
    assert markets["HSI"]["name"] == "Hang Seng Index" and markets["HSI"]["place"] == "HK"
    assert len(markets) == len(wrapgen.load_rules().reference.markets)


def test_a_parameter_that_there_is_not_is_told(asking: FlaskClient) -> None:
    assert asking.get("/v1/rules?file=x").get_json()["problems"][0]["parameter"] == "file"


def test_options_and_head(asking: FlaskClient) -> None:
    options = asking.options("/v1/wraps")
    assert (options.status_code, options.get_data()) == (204, b"")
    assert set(options.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    head, get = asking.head("/v1/styles"), asking.get("/v1/styles")
    assert (head.status_code, head.get_data()) == (200, b"")
    for name in ("ETag", "Content-Length", "Content-Type"):
        assert head.headers[name] == get.headers[name]
