"""What stands where in a section: the market's move and what it came to, its stocks with their news, what is ahead."""

from __future__ import annotations

from typing import Any

from tests.cases.library import Written, article, day, event, stock, write

OTHERS = {"KS11": 0.4, "AS51": 0.3, "HSI": 0.2, "TWII": 0.3, "STI": 0.1}
STOCKS = [
    stock("8306", name="Alpha Bank", short_name="Alpha", change_pct=3.0),
    stock("8411", name="Beta Bank", short_name="Beta", change_pct=2.0, because=["deal"]),
]
DEAL = event("deal", clause="Beta won a large order", noun_phrase="Beta's large order")


def japan(nikkei: dict[str, Any], *, stocks: list[dict[str, Any]] | None = None, events: Any = ()) -> Written:
    sent = stocks if stocks is not None else STOCKS
    return write(day({"N225": {"change_pct": 1.6, **nikkei}, **OTHERS}, stocks=sent, events=[DEAL, *events]))


def sentences(written: Written) -> list[str]:
    return [s.text for b in written.article.blocks if b.kind == "paragraph" for s in b.sentences]


def at(texts: list[str], words: str) -> int:
    """The number of the first sentence with these words."""
    return next(number for number, text in enumerate(texts) if words in text)


def test_what_a_market_waits_for_is_told_at_the_end() -> None:
    close = event(
        "close",
        type="holiday",
        status="expected",
        polarity="neutral",
        clause="the Tokyo market is due to close on Friday",
    )
    texts = sentences(japan({"because": ["n", "close"]}, events=[event("n"), close]))
    assert texts[-1].startswith("The Tokyo market is due to close")


def test_a_stocks_other_news_stands_behind_it() -> None:
    loss = event(
        "loss",
        type="earnings",
        who="XTKS:8411",
        affects=["XTKS:8411"],
        polarity="negative",
        clause="Beta reported a net loss",
        noun_phrase="Beta's net loss",
    )
    texts = sentences(japan({}, events=[loss]))
    assert texts[at(texts, "Beta Bank") + 1] == "It reported a net loss."


def test_news_of_one_places_market_stands_behind_its_move() -> None:
    visas = event("visas", affects=["N225"], clause="Tokyo dropped its visa rules", noun_phrase="Tokyo's visa rules")
    texts = sentences(japan({}, events=[visas]))
    assert at(texts, "Tokyo dropped its visa rules") < at(texts, "Alpha Bank")


def test_news_of_several_places_stays_at_the_end() -> None:
    wide = event("wide", affects=["N225", "KS11"], clause="Tokyo and Seoul dropped a tax", noun_phrase="a dropped tax")
    assert sentences(japan({}, events=[wide]))[-1] == "Tokyo and Seoul dropped a tax."


def test_a_company_that_did_not_move_is_told_with_its_place() -> None:
    """Its news stands behind its index, not behind the last of the other places."""
    firm = stock("9984", name="Gamma Group", short_name="Gamma", market="KS11", exchange="XKRX", because=["buys"])
    buys = event("buys", clause="Gamma agreed to buy a maker of robots", noun_phrase="Gamma's purchase")
    texts = sentences(japan({}, stocks=[*STOCKS, firm], events=[buys]))
    assert at(texts, "KOSPI") < at(texts, "Gamma agreed") < at(texts, "S&P/ASX 200")


def test_a_closed_places_news_stands_behind_its_holiday() -> None:
    holiday = event(
        "shut", type="holiday", who="Japan", polarity="neutral", clause="Japan's market was closed for a holiday"
    )
    rise = event(
        "rise",
        type="central_bank",
        who="Bank of Japan",
        affects=["HSI", "AS51", "KS11"],
        polarity="neutral",
        clause="the Bank of Japan raised rates",
        noun_phrase="the Bank of Japan's rise of rates",
    )
    moves = {"HSI": 0.9, "KS11": {"direction": "flat"}, "AS51": -0.8, "STI": -0.4}
    blocks = write(day(moves, events=[rise, holiday])).article.blocks
    assert [b.text for b in blocks if "holiday" in b.text] == [
        "Japan’s market was closed for a holiday. The Bank of Japan raised rates."
    ]


def test_an_eve_is_a_day_of_its_own() -> None:
    half = event(
        "half",
        type="holiday",
        status="expected",
        when="Wednesday",
        polarity="neutral",
        clause="the Tokyo market is due to hold a half-day session on New Year's Eve",
    )
    texts = sentences(japan({"because": ["half"]}, events=[half]))
    assert texts[-1].endswith("New Year’s Eve.")


def test_what_a_places_head_waits_for_does_not_ride_on_its_sister() -> None:
    """It would be told by half: "ahead of the meeting", and not what is expected of it."""
    meeting = event(
        "boj", type="central_bank", status="expected", polarity="neutral",
        clause="the Bank of Japan is expected to hold rates", noun_phrase="the Bank of Japan's meeting",
    )  # fmt: skip
    raised = event("raised", clause="a fund raised its stakes in Tokyo", noun_phrase="a fund's higher stakes in Tokyo")
    moves = {"N225": {"change_pct": 1.6, "because": ["raised", "boj"]}, "TOPX": {"change_pct": 1.5, "because": ["boj"]}}
    made = day({**moves, **OTHERS}, stocks=STOCKS, events=[meeting, raised, DEAL])
    texts = sentences(write(made))
    assert texts[-1] == "The Bank of Japan is expected to hold rates."
    assert not any("TOPIX" in text and "Bank of Japan" in text for text in texts)


def test_a_neighbour_stands_apart_from_a_section_that_has_paragraphs_of_stocks() -> None:
    mainland = [b for b in article("dj-2018-09-13-asia").blocks if "Shanghai Composite" in b.text]
    assert [b.section for b in mainland] == ["story.HK"] and "Geely" not in mainland[0].text


FALL = {"N225": -0.7, "HSI": -1.5, "KS11": -1.2, "AS51": -0.9}


def test_right_behind_the_lede_wall_street_needs_no_second_mention() -> None:
    lede, scores, *_ = write(day({**FALL, "SPX": {"change_pct": -1.7, "session": "previous"}})).article.blocks
    assert "on Wall Street overnight" in lede.text
    assert "S&P 500" in scores.text and "Wall Street" not in scores.text and "overnight" not in scores.text


def test_elsewhere_it_is_said_whose_scores_they_are_and_of_when() -> None:
    talks = event("talks", affects=list(FALL), polarity="negative", clause="talks failed", noun_phrase="failed talks")
    made = day({**FALL, "SPX": {"change_pct": -1.7, "session": "previous"}}, events=[talks], phase="close")
    (scores,) = [b for b in write(made).article.blocks[1:] if "S&P 500" in b.text]
    assert "on Wall Street overnight" in scores.text.replace("On", "on")


def test_what_a_stock_of_its_own_did_is_told_with_the_stock_and_not_against_the_index() -> None:
    """An index does not rise despite the results of one of its stocks that fell."""
    miss = event(
        "miss", type="earnings", who="XTKS:8411", result="miss", polarity="negative", clause=None, noun_phrase=None
    )
    weak = stock("8411", name="Beta Bank", short_name="Beta", change_pct=-2.0)
    texts = sentences(japan({"because": ["miss"]}, stocks=[STOCKS[0], weak], events=[miss]))
    assert not any("despite" in text for text in texts)
    assert "results that missed expectations" in " ".join(texts[at(texts, "Beta Bank") :])


def test_a_places_second_index_is_not_paired_before_its_main_one_is_told() -> None:
    hong_kong = [stock(t, "XHKG", market="HSI", change_pct=p) for t, p in (("0700", 4.0), ("9988", 3.0))]
    moves = {"HSI": 1.8, "N225": 0.6, "TOPX": 0.4, "KS11": 0.8, "KQ11": 0.6, "AS51": 0.3, "STI": 0.4}
    texts = sentences(write(day(moves, stocks=hong_kong)))
    assert at(texts, "KOSPI") <= at(texts, "KOSDAQ")
    assert not any("Nikkei" in text and "KOSDAQ" in text for text in texts)
