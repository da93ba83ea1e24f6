"""Where the index of a whole region stands, and in which order the places are told."""

from __future__ import annotations

from tests.cases.library import Written, day, event, write

EUROPE = {"SXXP": -1.1, "DAX": -1.2, "CAC": -1.0, "UKX": -0.9}
ASIA = {"MXAPJ": 0.6, "HSI": 1.6, "N225": 0.5, "KS11": 0.4, "AS51": 0.3}


def paragraphs(written: Written) -> list[str]:
    return [block.text for block in written.article.blocks if block.kind == "paragraph"]


def test_a_european_day_is_told_by_its_gauge() -> None:
    lede, *rest = paragraphs(write(day(EUROPE, "europe")))
    assert "STOXX Europe 600" in lede and "1.1%" in lede
    assert not any("STOXX" in text for text in rest), "told once"


def test_a_gauge_that_went_the_other_way_does_not_speak_for_the_region() -> None:
    lede, *rest = paragraphs(write(day({**EUROPE, "SXXP": 0.2}, "europe")))
    assert "STOXX" not in lede
    assert any("STOXX" in text for text in rest)


def test_what_rides_on_the_gauge_is_told_after_the_lede() -> None:
    sent = day({**EUROPE, "SXXP": {"change_pct": -1.1, "milestone": {"type": "lowest", "since": "2025-04"}}}, "europe")
    text = " ".join(paragraphs(write(sent)))
    assert text.count("since April") == 1 and text.count("1.1%") <= 2


def test_an_asian_gauge_sums_up_at_the_end() -> None:
    order = write(day(ASIA)).article.mentions["order"]
    assert order[-1] == "MXAPJ"


def test_an_asian_gauge_with_news_of_its_own_comes_first() -> None:
    sent = day({**ASIA, "MXAPJ": {"change_pct": 0.6, "milestone": {"type": "highest", "since": "2025-02"}}})
    order = write(sent).article.mentions["order"]
    assert order.index("MXAPJ") < order.index("KS11")


def test_places_with_a_reason_come_before_bare_scores() -> None:
    sent = day({**ASIA, "AS51": {"change_pct": 0.3, "because": ["news"]}}, events=[event()])
    order = write(sent).article.mentions["order"]
    assert order.index("AS51") < order.index("KS11")
    bare = write(day(ASIA)).article.mentions["order"]
    assert bare.index("KS11") < bare.index("AS51"), "the house's order, where none has one"


def test_the_larger_move_of_a_mixed_day_is_read_first() -> None:
    small_rise = write(day({"HSI": 0.3, "N225": -0.9, "KS11": 0.2, "AS51": -0.3})).article
    large_rise = write(day({"HSI": 0.9, "N225": -0.3, "KS11": 0.2, "AS51": -0.2})).article
    assert small_rise.angle["tone"] == large_rise.angle["tone"] == "mixed"
    assert small_rise.mentions["order"][:2] == ["N225", "HSI"]
    assert large_rise.mentions["order"][:2] == ["HSI", "N225"]
