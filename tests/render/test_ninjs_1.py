from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.render.days import EVERY, made
from tests.stub import ARTICLE
from wrapgen.render.ninjs_1 import render

# The properties of ninjs 1.6 that are used here, with their types; it allows no others.
TEXTS = (
    *("uri", "type", "representationtype", "version", "firstcreated", "versioncreated", "pubstatus", "language"),
    *("ednote", "slugline", "headline", "body_html", "body_text"),
)
NUMBERS = ("urgency", "charcount", "wordcount")
# Of lists: the keys that each of their objects may have.
LISTS = {
    "organisation": {"name", "rel", "scheme", "code", "symbols"},
    "place": {"name", "rel", "scheme", "code"},
    "subject": {"name", "rel", "scheme", "code"},
    "genre": {"name", "scheme", "code"},
    "infosource": {"name", "rel", "scheme", "code"},
}
OBJECTS = {"digitalsourcetype": {"name", "uri", "literal"}, "altids": {"wrapgen"}}


def keys(value: Any) -> set[str]:
    """Every key at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("name", EVERY)
def test_every_article_has_the_properties_of_ninjs_1_and_no_others(name: str) -> None:
    item = json.loads(render(made(name)))
    assert set(item) == {*TEXTS, *NUMBERS, *LISTS, *OBJECTS}
    assert all(isinstance(item[key], str) and item[key] for key in TEXTS)
    assert all(isinstance(item[key], int) for key in NUMBERS)
    for key, allowed in LISTS.items():
        assert all(set(each) <= allowed for each in item[key])
    assert all(set(item[key]) <= allowed for key, allowed in OBJECTS.items())
    for organisation in item["organisation"]:
        assert all(set(symbol) == {"ticker", "exchange"} for symbol in organisation["symbols"])


@pytest.mark.parametrize("name", EVERY)
def test_superdesk_reads_its_keys_and_times(name: str) -> None:
    item = json.loads(render(made(name)))
    assert all(key == key.lower() and not key.startswith("$") for key in keys(item))
    for key in ("firstcreated", "versioncreated"):
        dt.datetime.strptime(item[key], "%Y-%m-%dT%H:%M:%SZ")
    assert 1 <= item["urgency"] <= 5
    for key in ("subject", "genre", "place"):
        assert all(set(each) == {"name", "code"} and each["code"] for each in item[key])


def test_what_the_desk_needs_beside_the_words() -> None:
    item = json.loads(render(ARTICLE))
    assert item["versioncreated"] == "2026-01-05T08:15:00Z"
    assert item["subject"] == [{"name": "market and exchange", "code": "medtop:20000385"}]
    assert item["place"] == [{"name": "Hong Kong", "code": "HK"}, {"name": "Asia", "code": "Asia"}]
    assert item["organisation"][0]["symbols"] == [{"ticker": "0001", "exchange": "XHKG"}]
    assert item["digitalsourcetype"]["uri"].endswith("/dataDrivenMedia")
    assert item["body_html"].splitlines()[1] == "<h2>Hong Kong Leads</h2>"
