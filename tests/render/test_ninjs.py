from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.render.days import EVERY, made
from tests.stub import ARTICLE
from wrapgen.article import Article
from wrapgen.render.ninjs import render

SCHEMA = json.loads((Path(__file__).parent / "ninjs-schema_3.1.json").read_text("utf-8"))
FORMATS = FormatChecker(formats=())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FORMATS)


@FORMATS.checks("date-time", ValueError)
def is_date_time(value: object) -> bool:
    """RFC 3339: a time with its offset."""
    return "T" in str(value) and dt.datetime.fromisoformat(str(value)).tzinfo is not None


@FORMATS.checks("uri", ValueError)
def is_uri(value: object) -> bool:
    return bool(urlsplit(str(value)).scheme) and " " not in str(value)


def faults(article: Article) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(json.loads(render(article)))]


@pytest.mark.parametrize("name", EVERY)
def test_every_article_fits_the_schema(name: str) -> None:
    assert faults(made(name)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("urgency", 0), ("versionCreated", "2025-11-12"), ("pubStatus", "usabel"), ("uri", "no uri"), ("headline", "x")],
)
def test_the_schema_finds_what_does_not_fit(key: str, value: Any) -> None:
    item = {**json.loads(render(ARTICLE)), key: value}
    assert list(VALIDATOR.iter_errors(item))


def test_what_the_desk_needs_beside_the_words() -> None:
    item = json.loads(render(ARTICLE))
    assert item["organisations"] == [
        {
            "name": "Čez & Søn",
            "rel": "mentions",
            "literal": "XHKG:0001",
            "symbols": [{"exchange": "XHKG", "symbol": "0001"}],
        }
    ]
    assert item["places"] == [
        {"name": "Hong Kong", "uri": "http://cvx.iptc.org/iso3166-1a2/HK", "literal": "HK"},
        {"name": "Asia"},
    ]
    (subject,) = item["subjects"]
    assert (subject["uri"], subject["name"]) == (
        "http://cv.iptc.org/newscodes/mediatopic/20000385",
        "market and exchange",
    )
    assert item["digitalSourceType"]["uri"] == "http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia"
    assert (item["pubStatus"], item["version"], item["language"], item["urgency"]) == ("usable", "1", "en", 4)
    assert item["slugline"] == "markets-hk-close" and item["versionCreated"] == "2026-01-05T16:15:00+08:00"
    assert item["altIds"] == [{"role": "wrapgen", "value": ARTICLE.id}]


def test_the_body_is_counted_as_it_reads() -> None:
    xhtml, text = json.loads(render(ARTICLE))["bodies"]
    assert xhtml["wordCount"] == text["wordCount"] == len(text["value"].split())
    assert xhtml["charCount"] == len(text["value"])
