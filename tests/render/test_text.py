from __future__ import annotations

from tests.stub import ARTICLE
from wrapgen.render.text import render


def test_headline_paragraphs_and_subheads_stand_apart() -> None:
    assert render(ARTICLE) == (
        "Hong Kong Gains, Utilities < Banks & Insurers\n"
        "\n"
        "The Hang Seng rose 1.5%, helped by Čez & Søn. Japan’s Nikkei 225 was flat.\n"
        "\n"
        "Hong Kong Leads\n"
        "\n"
        "The S&P 500 and the Hang Seng gained.\n"
    )
