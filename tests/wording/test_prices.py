"""What a share costs is said in currencies that have a sign or a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

import wrapgen


def article(exchange: str, index: str, region: str, currency: str) -> str:
    sent: dict[str, Any] = {
        "region": region,
        "as_of": "2025-11-12T18:00:00Z",
        "phase": "close",
        "markets": [{"id": index, "change_pct": 1.2, "level": 2480.15}],
        "stocks": [{"ticker": "KST", "name": "Kestrel", "exchange": exchange, "market": index, "change_pct": 3.1}],
    }
    sent["stocks"][0] |= {"price": 712.5, "currency": currency}
    return wrapgen.write(wrapgen.read_snapshot(json.dumps(sent)), length="long").render("text")


def test_a_price_in_a_currency_with_a_sign_is_said() -> None:
    assert "712.50" in article("XNYS", "SPX", "us", "USD")


@pytest.mark.parametrize("currency", ["EGP", "MAD"])
def test_a_price_of_which_only_the_code_is_known_is_left_out_and_the_article_stands(currency: str) -> None:
    told = article("XCAI", "EGX30", "eg", currency)
    assert "Kestrel" in told and "712" not in told and currency not in told
