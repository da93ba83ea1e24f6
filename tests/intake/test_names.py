"""Short names of companies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.intake.names import short_company_name, symbol


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("SoftBank Group Corp.", "SoftBank"),
        ("Nvidia Corporation", "Nvidia"),
        ("Tencent Holdings Ltd", "Tencent"),
        ("Alibaba Group Holding", "Alibaba"),
        ("Mitsui & Co", "Mitsui"),
        ("Apple, Inc.", "Apple"),
        ("Telefonica S.A.", "Telefonica"),
        ("Akzo Nobel N.V.", "Akzo Nobel"),
        ("BYD Co., Ltd.", "BYD"),
        ("Toyota Motor", "Toyota Motor"),
        ("Man Group plc", "Man Group"),
        ("Novo Nordisk A/S", "Novo Nordisk"),
        ("Group", "Group"),
        ("Company Ltd", "Company"),
    ],
)
def test_what_only_says_the_kind_of_firm_is_left_out(name: str, short: str) -> None:
    assert short_company_name(name) == short


@given(st.text(min_size=1).filter(str.strip))
def test_a_name_is_never_shortened_to_nothing(name: str) -> None:
    assert short_company_name(name)


def test_a_symbol_is_prefix_and_ticker() -> None:
    assert symbol("HK", "6618") == "HK:6618"
