from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.render.days import EVERY, made
from tests.render.readers import json_ld
from tests.stub import ARTICLE
from wrapgen.render.schema_org import render


@pytest.mark.parametrize("name", EVERY)
def test_every_article_is_a_news_article_with_all_its_words(name: str) -> None:
    article = made(name)
    item = json_ld(render(article))
    assert (item["@context"], item["@type"]) == ("https://schema.org", "NewsArticle")
    assert item["headline"] == article.headline.text
    assert item["articleBody"] == "\n\n".join(block.text for block in article.blocks)
    assert item["author"]["name"] == item["publisher"]["name"] == article.about.provider
    for key in ("datePublished", "dateModified"):
        read = dt.datetime.fromisoformat(item[key])
        assert read.date() == article.about.date if not article.about.timed else read.tzinfo
    companies = [each for each in (*item["about"], *item["mentions"]) if each["@type"] == "Corporation"]
    assert {(c["name"], c["tickerSymbol"]) for c in companies} == {
        (c.name, f"{c.exchange} {c.ticker}") for c in article.about.companies
    }


def test_topics_places_and_how_it_was_made() -> None:
    item = json_ld(render(ARTICLE))
    assert item["about"] == [
        {
            "@type": "DefinedTerm",
            "@id": "http://cv.iptc.org/newscodes/mediatopic/20000385",
            "termCode": "20000385",
            "name": "market and exchange",
        }
    ]
    assert item["contentLocation"] == [
        {"@type": "AdministrativeArea", "name": "Hong Kong", "identifier": "HK"},
        {"@type": "Place", "name": "Asia"},
    ]
    assert item["digitalSourceType"] == "https://schema.org/DataDrivenMediaDigitalSource"
    assert "without a language model" in item["backstory"] and item["isBasedOn"]["identifier"] == "5eed" * 16


def test_a_day_without_a_time_is_a_date() -> None:
    item = json_ld(render(replace(ARTICLE, about=replace(ARTICLE.about, timed=False))))
    assert item["datePublished"] == "2026-01-05"
