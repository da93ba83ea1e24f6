"""The articles that the newswire formats are tested on: every day that the project has, and two that are hostile."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

from tests.cases.library import FILES, UNUSUAL, event, sent, write
from tests.stub import ARTICLE
from wrapgen.article import Article

DAYS = (*FILES, *UNUSUAL)
EVERY = ("stub", "hostile", *DAYS)


@functools.cache
def made(name: str) -> Article:
    """The article of a seed, a case or an unusual day, whatever the data gates would say of it; or another of EVERY."""
    if name == "stub":
        return ARTICLE
    return write(hostile() if name == "hostile" else sent(name)).article


HOSTILE = "<script>alert(\"1\")</script> & 'Sons' ]]> \u202eCorp\u0001"


def hostile() -> dict[str, Any]:
    """A day whose names try to be markup; the reader of snapshots lets them through without what cannot be seen."""
    shares = {"ticker": "1", "exchange": "XTKS", "name": HOSTILE, "short_name": "<b>&amp;Co", "market": "N225"}
    move = {"id": "X<Y", "name": "A & B <Index>", "kind": "index", "place": "JP", "change_pct": 1.2}
    news = event("e", clause='"AT&T</p>" was <i>sold</i>', noun_phrase="a <b>sale</b>")
    return {
        "region": "jp",
        "as_of": "2025-11-12",
        "markets": [{"id": "N225", "change_pct": 1.1, "because": ["e"]}, {**move, "id": "XY"}],
        "stocks": [{**shares, "change_pct": 7.5, "because": ["e"]}],
        "events": [news],
    }


def odd() -> Article:
    """An article that no snapshot can give: characters that XML has no way to hold."""
    article = made("jp-close-yen")
    company = article.about.companies[0]._replace(name="Nul\x00 \x0b\ufffe \ud800")
    return replace(article, about=replace(article.about, companies=(company,)))
