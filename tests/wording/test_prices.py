"""What a share costs is said in its currency: by sign, by word, or by its code."""

from __future__ import annotations

import json
from typing import Any

import wrapgen


def sent(exchange: str, index: str, region: str, currency: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "region": region,
        "as_of": "2025-11-12T18:00:00Z",
        "phase": "close",
        "markets": [{"id": index, "change_pct": 1.2, "level": 2480.15}],
        "stocks": [{"ticker": "KST", "name": "Kestrel", "exchange": exchange, "market": index, "change_pct": 3.1}],
    }
    made["stocks"][0] |= {"price": 712.5, "currency": currency}
    return made


def article(*of: str) -> str:
    return wrapgen.write(wrapgen.read_snapshot(json.dumps(sent(*of))), length="long").render("text")


def test_a_price_in_a_currency_with_a_sign_is_said() -> None:
    assert "712.50" in article("XNYS", "SPX", "us", "USD")


def test_a_price_of_which_only_the_code_is_known_is_said_with_it() -> None:
    told = article("XCAI", "EGX30", "eg", "EGP")
    assert "to 712.50 EGP" in told


def test_an_amount_in_such_a_currency_is_borne_out_by_the_data_and_a_wrong_one_is_not() -> None:
    snapshot = wrapgen.read_snapshot(json.dumps(sent("XCAI", "EGX30", "eg", "EGP")))
    assert {c.status for c in wrapgen.verify("Kestrel rose 3.1% to 712.50 EGP.", snapshot)} == {"supported"}
    wrong = wrapgen.verify("Kestrel rose 3.1% to 721.50 EGP.", snapshot)
    assert [c.status for c in wrong if "721" in c.text] == ["contradicted"]
