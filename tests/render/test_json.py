from __future__ import annotations

import json

from tests.stub import ARTICLE
from wrapgen.render.json import render


def test_it_is_the_article_object() -> None:
    assert json.loads(render(ARTICLE)) == ARTICLE.to_dict()


def test_keys_keep_the_contracts_order() -> None:
    assert list(json.loads(render(ARTICLE))) == list(ARTICLE.to_dict())


def test_unicode_stays_readable() -> None:
    assert "Japan’s" in render(ARTICLE) and "Čez & Søn" in render(ARTICLE)
