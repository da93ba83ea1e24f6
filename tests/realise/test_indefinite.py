"""*a* or *an*, by sound."""

from __future__ import annotations

import pytest

from wrapgen.clause import word_set
from wrapgen.realise.article import indefinite

AN = word_set("""
8 8% 8.5% 80 82% 89 800 800-point 8,000 8-year 11 11% 11,000 11-day 18 18% 18,500 18,000-level
11.4% 11th 18th 88,000 811 80,000,000 11,000,000 $8 €11 S&P MSCI SMI ASX HSBC IBEX AEX NYSE LG SK
IPO RBA FOMC M&A F-35 H-share A-share N225 X E-commerce e-commerce index hour hourly honest heir
honor energy upbeat unexpected uneven unimpressive unintended urban Asian iPhone eBay xAI Intel
OPEC AstraZeneca Adidas oil onerous all-time “8% AMD ECB IMF L R&D EV MGM Élysée
""")
A = word_set("""
1 1% 7 9 10 12 100 110 1,100 1,800 1800 180 118 181 1.8% 0.8% 0.11% -8% +8 U.S. UBS UK U.K. US BYD
BHP YU7 FTSE NASDAQ NATO NIFTY STOXX SENSEX REIT TOPIX KOSPI CSI GDP PMI European euro one one-day
once union unit unified uniform unique useful usual utility Ukrainian uranium Unilever Uniqlo
hotel historic Hong record stock weak yen 5-day $1 T-bill B-share Q2 K CEO V WTI DAX CAC JPMorgan
SoftBank
""")


@pytest.mark.parametrize("text", sorted(AN))
def test_an(text: str) -> None:
    assert indefinite(text) == "an"
    assert indefinite(f"{text} move") == "an"


@pytest.mark.parametrize("text", sorted(A))
def test_a(text: str) -> None:
    assert indefinite(text) == "a"
    assert indefinite(f"{text} move") == "a"


def test_nothing_is_a() -> None:
    assert indefinite("") == "a"
    assert indefinite("…") == "a"
