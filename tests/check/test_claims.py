"""Each kind of claim: true, false, and of something that the data do not have."""

from __future__ import annotations

from typing import Any

import pytest

import wrapgen
from tests.cases.library import day, event, stock
from tests.check.days import asia, claims, faults, read
from wrapgen.intake.snapshot import Snapshot

# kind, a true sentence, a false one, and what the data say instead
FALSE = [
    ("number", "The Hang Seng rose 1.6%.", "The Hang Seng rose 1.7%.", "1.6%"),
    ("number", "The Nikkei fell about 0.8%.", "The Nikkei fell about 1.8%.", "0.8%"),
    ("number", "The Nikkei fell nearly 1%.", "The Nikkei fell nearly 2%.", "0.8%"),
    ("number", "The Nikkei lost 0.8% to 50,412.50.", "The Nikkei lost 0.8% to 50,421.50.", "50,412.50"),
    ("number", "The Hang Seng added 408 points.", "The Hang Seng added 409 points.", "408 points"),
    ("number", "The yield on the 10-year Treasury note fell 3.2 basis points to 4.127%.",
     "The yield on the 10-year Treasury note fell 3.2 basis points to 4.172%.", "4.127"),
    ("number", "Brent crude fell 0.8% to $67.25.", "Brent crude fell 0.8% to €67.25.", "USD"),
    ("number", "A 10% drop in SoftBank hurt the Nikkei.", "A 12% drop in SoftBank hurt the Nikkei.", "10%"),
    ("number", "The Hang Seng and the KOSPI rose 1.6% and 0.5% respectively.",
     "The Hang Seng and the KOSPI rose 0.5% and 1.6% respectively.", "1.6%"),
    ("number", "SoftBank fell 10%, costing the Nikkei 449 points.", "SoftBank fell 10%, costing the Nikkei 494 points.",
     None),
    ("number", "SoftBank sold its entire stake in Nvidia, 31.2 million shares worth $5.8 billion.",
     "SoftBank sold its entire stake in Nvidia, 31.3 million shares worth $5.8 billion.", None),
    ("number", "Turnover in Hong Kong came to HK$398 billion.", "Turnover in Hong Kong came to HK$389 billion.", "398"),
    ("number", "The Hang Seng added 408 points, or 1.6 per cent, to 25,908.00.",
     "The Hang Seng added 408 points, or 1.7 per cent, to 25,908.00.", "1.6%"),
    ("number", "The Hang Seng added 408 points, or 1.6 per cent, to 25,908.00.",
     "The Hang Seng added 480 points, or 1.6 per cent, to 25,908.00.", "408 points"),
    ("number", "SoftBank sold its entire stake in Nvidia, 31.2m shares worth $5.8bn.",
     "SoftBank sold its entire stake in Nvidia, 31.2m shares worth $5.9bn.", None),
    ("number", "SoftBank sold its entire stake in Nvidia, 31.2m shares worth $5.8bn.",
     "SoftBank sold its entire stake in Nvidia, 31.2bn shares worth $5.8bn.", None),
    ("direction", "The KOSPI climbed.", "The KOSPI slid.", "rose 0.45%"),
    ("direction", "The ASX 200 was flat.", "The ASX 200 rose.", "was flat"),
    ("direction", "Technology shares advanced in Hong Kong.", "Technology shares retreated in Hong Kong.", "rose"),
    ("direction", "Most Asian stocks rose.", "Most Asian stocks fell.", None),
    ("direction", "The dollar strengthened against the yen.", "The dollar weakened against the yen.", "rose 0.7%"),
    ("direction", "The KOSPI did not fall.", "The KOSPI did not rise.", "rose 0.45%"),
    ("size", "The KOSPI edged up 0.5%.", "The Hang Seng edged up 1.6%.", "rose 1.6%"),
    ("size", "SoftBank plunged 10%.", "The Nikkei plunged 0.8%.", "fell 0.84%"),
    ("size", "The dollar jumped 0.7% to 154.45 yen.", "The dollar rocketed 0.7% to 154.45 yen.", "rose 0.7%"),
    ("rank", "The Hang Seng was the region’s best performer.", "The KOSPI was the region’s best performer.", None),
    ("rank", "The Nikkei was the region’s only faller.", "The KOSPI was the region’s only faller.", None),
    ("since", "It was the Nikkei’s worst day since April.", "It was the Nikkei’s worst day since March.", None),
    ("since", "The Hang Seng rose to its highest level in a week.", "The Hang Seng rose to its lowest level in a week.",
     None),
    ("streak", "The Nikkei fell for a third straight session.", "The Nikkei fell for a fourth straight session.",
     "3 sessions down"),
    ("streak", "The Hang Seng rose for a fourth straight session.", "The Hang Seng rose for a sixth straight session.",
     "4 sessions up"),
    ("count", "Most Asian markets rose.", "All Asian markets rose.", "3 of 5"),
    ("count", "Most Asian markets rose.", "Some Asian markets rose.", "3 of 5"),
    ("count", "In Hong Kong, advancers outnumbered decliners by 60 to 21.",
     "In Hong Kong, decliners outnumbered advancers by 60 to 21.", "60 rose, 21 fell"),
    ("count", "In Hong Kong, 60 shares rose and 21 fell.", "In Hong Kong, 60 shares rose and 12 fell.", "21"),
    ("comparison", "The Hang Seng rose harder than the KOSPI.", "The KOSPI rose harder than the Hang Seng.", None),
    ("contrast", "The Hang Seng rose 1.6%, but the Nikkei fell 0.8%.",
     "The Hang Seng rose 1.6%, but the KOSPI rose 0.5%.", None),
    ("contrast", "Most Asian stocks rose, but the Nikkei bucked the trend.",
     "Most Asian stocks rose, but the Hang Seng bucked the trend.", "rose 1.6%"),
    ("name", "Japan’s Nikkei 225 fell.", "South Korea’s Nikkei 225 fell.", "Japan"),
    ("name", "Sony Corp (TYO:6758) rose 3%.", "Sony Corp (TYO:9984) rose 3%.", "TYO:6758"),
    ("date", "The Hang Seng rose on Wednesday.", "The Hang Seng rose on Tuesday.", "Wednesday"),
    ("date", "On Wall Street on Tuesday, the S&P 500 rose 1.1%.", "On Wall Street on Wednesday, the S&P 500 rose 1.1%.",
     "Tuesday"),
    ("date", "Asian stocks tracked Wall Street higher on Wednesday.",
     "Asian stocks tracked Wall Street higher on Tuesday.", "Wednesday"),
    ("cause", "The Hang Seng rose 1.6%, the Straits Times Index added 0.3% and the KOSPI gained 0.5%, "
     "lifted by a trade accord between Washington and Beijing.",
     "The KOSPI gained 0.5%, the Straits Times Index added 0.3% and the Hang Seng rose 1.6%, "
     "lifted by a trade accord between Washington and Beijing.", None),
    ("direction", "Hong Kong gained after a rise on Wall Street, as technology shares advanced.",
     "Hong Kong gained after a rise on Wall Street, as technology shares retreated.", "rose"),
    ("cause", "Sony rose 3% on results that beat expectations.", "Sony rose 3% despite results that beat expectations.",
     "positive"),
    ("cause", "SoftBank dragged the Nikkei lower.", "Sony dragged the Nikkei lower.", "rose 3%"),
    ("event", "The Singapore Straits Times Index pared its gains.",
     "The Singapore Straits Times Index pared its losses.",
     "pared gains"),
    ("cause", "Sony rose 3% after it reported results that beat expectations.",
     "Sony rose 3% after it did not report results that beat expectations.", None),
]  # fmt: skip

# kind, what the data do not have
UNFOUNDED = [
    ("name", "Gold rose 1.2%."),
    ("number", "The Straits Times Index rose 0.3% to 4,500.12."),
    ("direction", "Stocks in Turkey fell."),
    ("since", "The Straits Times Index rose to a record high."),
    ("streak", "The KOSPI rose for a third straight session."),
    ("cause", "The Hang Seng rose 1.6% after the central bank cut interest rates."),
    ("cause", "The Hang Seng rose 1.6% after SoftBank sold its stake in Nvidia."),
    ("cause", "Sony rose 3% after the sale of its entire stake in Nvidia."),
    ("event", "Sony sold its entire stake in Nvidia."),
    ("term", "The Hang Seng rose 1.6% in frantic buying."),
    ("count", "Decliners outnumbered advancers in Tokyo by 84 to 5."),
    ("event", "The KOSPI reversed course."),
    ("direction", "The KOSPI could fall."),
]


@pytest.mark.parametrize(("kind", "true", "false", "said"), FALSE)
def test_a_true_sentence_is_supported_and_its_false_twin_is_found(
    kind: str, true: str, false: str, said: str | None
) -> None:
    assert not faults(true)
    assert kind in {claim.kind for claim in claims(true)}
    found = [claim for claim in faults(false) if claim.status in ("contradicted", "unsupported")]
    assert found, claims(false)
    assert all(claim.why for claim in found)
    if said is not None:
        assert said in {claim.true_value for claim in found}, found
        assert any(claim.kind == kind and claim.status == "contradicted" for claim in found), found


@pytest.mark.parametrize(("kind", "text"), UNFOUNDED)
def test_what_the_data_do_not_have_is_unsupported(kind: str, text: str) -> None:
    found = [claim for claim in faults(text) if claim.status in ("unsupported", "contradicted")]
    assert any(claim.status == "unsupported" for claim in found), claims(text)
    assert kind in {claim.kind for claim in found}, found


@pytest.mark.parametrize(
    "text",
    [
        "Up 1.6%, the Hang Seng stood at its highest in a week.",
        "In Hong Kong, the Hang Seng (up 1.6%) set the pace.",
        "SoftBank’s 10% plunge weighed on the Nikkei.",
        "Rising 3%, Sony was cheered by results that topped expectations.",
        "The Nikkei, dragged down by SoftBank, fell 0.8%.",
        "The Hang Seng, which gained 1.6%, outpaced its regional peers.",
        "SoftBank lost 10% after selling all its Nvidia shares.",
        "The yen weakened as the dollar rose 0.7% to 154.45 yen.",
        "Stocks in Asia mostly rose ahead of the Federal Reserve’s rate decision.",
        "The Hang Seng gained 1.6 per cent, or 408 points, to end at 25,908.",
        "Tech shares in Hong Kong climbed, while banks fell in Tokyo.",
    ],
)
def test_other_words_and_another_order_are_understood(text: str) -> None:
    assert not faults(text)


def test_an_event_of_another_company_is_no_reason() -> None:
    found = faults("Sony rose 3% on the sale of the Nvidia stake.")
    assert [claim.kind for claim in found] == ["cause"]
    assert "Sony" in found[0].why


def test_gains_or_losses_that_were_erased_are_a_turn() -> None:
    sent = asia()
    (singapore,) = (market for market in sent["markets"] if market["id"] == "STI")
    text = "The Singapore Straits Times Index reversed course."
    assert faults(text, read(sent))
    singapore["path"] = "erased_losses"
    assert not faults(text, read(sent))
    singapore["path"] = "erased_gains"  # which a market that rose cannot have done
    assert faults(text, read(sent))


def test_a_sector_is_that_of_the_place_named_nearest_before_it() -> None:
    sent = asia()
    sent["sectors"].append({"market": "SPX", "name": "technology", "direction": "down"})
    day = read(sent)
    assert not faults("Hong Kong rose after gains on Wall Street, led by Hong Kong as technology shares advanced.", day)
    assert not faults("Hong Kong rose after gains on Wall Street, where technology shares fell.", day)
    assert faults("Hong Kong rose after gains on Wall Street, where technology shares advanced.", day)


def test_a_magnitude_in_the_words_of_an_event_counts() -> None:
    sent = asia()
    clause = "Sony agreed to pay $300 million over a patent"
    sent["events"].append({"id": "fine", "type": "corporate", "status": "happened", "who": "XTKS:6758",
                           "polarity": "negative", "clause": clause})  # fmt: skip
    assert not faults("Sony agreed to pay $300 million over a patent.", read(sent))
    assert faults("Sony agreed to pay $300 billion over a patent.", read(sent))


def test_a_lone_unknown_word_in_a_sentence_that_holds_is_left_unchecked() -> None:
    (fault,) = faults("The Hang Seng eerily rose 1.6%.")
    assert (fault.text, fault.kind, fault.status) == ("eerily", "term", "unchecked")
    assert {c.status for c in faults("The Hang Seng eerily rose 1.9%.")} == {"contradicted", "unsupported"}


def test_two_subjects_keep_their_own_figures() -> None:
    assert not faults("The Hang Seng rose 1.6% and the KOSPI added 0.5%.")
    assert len(faults("The Hang Seng rose 0.5% and the KOSPI added 1.6%.")) == 2


def test_a_claim_says_where_it_stands_and_what_it_was_held_against() -> None:
    text = "The KOSPI rose.\n\nThe Hang Seng fell 1.6%."
    fault = faults(text)[0]
    assert text[fault.start : fault.end] == fault.text == "fell"
    assert fault.to_dict() == {
        "start": text.index("fell"),
        "end": text.index("fell") + 4,
        "text": "fell",
        "kind": "direction",
        "status": "contradicted",
        "true_value": "rose 1.6%",
        "pointer": "/markets/0",
        "why": "Hang Seng rose 1.6%",
    }


def test_a_name_with_a_capital_inside_is_no_other_word() -> None:
    """A company called uP is not the up of "edged up", and is known by its spelling."""
    sent = day(
        {"SPX": 0.2}, "us", stocks=[stock("UPX", "XNAS", name="uP", short_name="uP", market="SPX", change_pct=-2.9)]
    )
    of = wrapgen.read_snapshot(sent)
    for text in ("The S&P 500 edged up 0.2%.", "The S&P 500 rose 0.2%, with uP down 2.9%."):
        assert {claim.status for claim in wrapgen.verify(text, of)} == {"supported"}, text
    assert "contradicted" in {claim.status for claim in wrapgen.verify("uP fell 0.2%.", of)}


def test_a_month_with_a_stop_is_that_month_and_ends_a_sentence_only_before_one() -> None:
    snapshot = read(
        day({"N225": {"change_pct": -0.8, "milestone": {"type": "worst_day", "since": "2025-10-02"}}}, "jp")
    )
    assert not faults("It was the Nikkei’s worst day since Oct. 2.", snapshot)
    assert not faults("It was the Nikkei’s worst day since 2 Oct. The Nikkei fell 0.8 per cent.", snapshot)
    assert [c.kind for c in faults("It was the Nikkei’s worst day since Nov. 2.", snapshot)] == ["since"]


@pytest.mark.parametrize(
    ("clause", "other", "false"),
    [
        ("exports rose for a tenth month at carmakers", "10th month", "12th month"),
        ("strikes went on for twelve days at ports", "12 days", "13 days"),
        ("strikes went on for 9 days at ports", "nine days", "eight days"),
    ],
)
def test_a_number_of_an_event_is_the_same_in_figures_and_in_words(clause: str, other: str, false: str) -> None:
    happened = [event(clause=clause, noun_phrase=None)]
    snapshot = read(day({"NIFTY": {"change_pct": 0.9, "because": ["news"]}}, "in", events=happened))
    number = " ".join(clause.split()[-4:-2])
    assert not faults(f"The Nifty rose 0.9% after {clause.replace(number, other)}.", snapshot)
    assert faults(f"The Nifty rose 0.9% after {clause.replace(number, false)}.", snapshot)


def test_a_mix_of_what_was_named_before() -> None:
    """A sentence of its own that names nobody speaks of whom the one before it did."""
    found = faults("The Hang Seng rose 1.6%. Mixed it was.")
    assert [(claim.kind, claim.status) for claim in found] == [("direction", "contradicted")]


def changed(ident: str, **keys: Any) -> Snapshot:
    """The day of `asia` with something more known of one market."""
    sent = asia()
    for market in sent["markets"]:
        if market["id"] == ident:
            market.update(keys)
    return read(sent)


def test_a_market_with_an_event_of_its_own_is_still_the_subject_of_its_clause() -> None:
    of = changed("N225", because=["accord"])
    assert not faults("Asian Stocks Rise as Japan’s Nikkei Bucks the Trend", of)
    assert faults("Asian Stocks Rise as South Korea’s KOSPI Bucks the Trend", of)


def test_a_company_after_the_stop_of_a_country_begins_a_sentence() -> None:
    sent = asia()
    sent["stocks"][1]["because"] = ["accord"]
    sent["events"][0]["noun_phrase"] = "a trade accord with the U.S."
    found = claims("The KOSPI rose 0.5% on a trade accord with the U.S. Sony Corp (TYO:6758) rose 3.0%.", read(sent))
    assert ("name", "TYO:6758", "supported") in [(claim.kind, claim.text, claim.status) for claim in found]
    assert ("number", "3.0%", "supported") in [(claim.kind, claim.text, claim.status) for claim in found]


def test_a_market_shut_for_its_holiday_was_not_open() -> None:
    sent = asia()
    shut = {"id": "day", "type": "holiday", "status": "happened", "who": "Malaysia"}
    sent["events"].append({**shut, "clause": "Malaysia’s market was closed for a holiday"})
    found = claims("Malaysia’s market was open for a holiday.", read(sent))
    assert "contradicted" in [c.status for c in found]


def test_a_place_before_with_is_no_part_of_the_event_behind_it() -> None:
    sent = asia()
    sent["events"][0]["noun_phrase"] = "a summit in Seoul"
    text = "Asian stocks rose, led by a 0.5% rise in South Korea with a summit in Seoul in prospect."
    assert ("number", "0.5%", "supported") in [(c.kind, c.text, c.status) for c in claims(text, read(sent))]


@pytest.mark.parametrize(
    "text",
    [
        "SoftBank fell 10%. Quorvane fell 10%.",
        "SoftBank fell 10%, while Quorvane Motor rose 2%.",
        "The Nikkei fell 0.8% as Quorvane rose 4%.",
    ],
)
def test_what_is_said_of_a_stranger_is_not_said_of_whom_was_named_before(text: str) -> None:
    """Neither borne out by another's figure nor held against it."""
    found = [c for c in claims(text) if c.start >= text.index("Quorvane")]
    assert {c.status for c in found} == {"unsupported"} and {"direction", "number"} <= {c.kind for c in found}, found


@pytest.mark.parametrize(
    "figure", ["9 points", "2.5%", "to 1,250 yen", "45 basis points", "to a record high", "for a third day"]
)
@pytest.mark.parametrize("verb", ["rose", "added", "shed"])
def test_whatever_is_said_of_a_stranger_is_not_in_the_data(verb: str, figure: str) -> None:
    found = claims(f"Quorvane {verb} {figure}.")
    assert found and {c.status for c in found} <= {"unsupported", "unchecked"}, found


def test_an_amount_is_of_its_currency_by_sign_word_or_code() -> None:
    sent = asia()
    sent["events"].append(
        event("offer", type="merger", who="XTKS:6758", target="Zorvex", clause=None, noun_phrase=None,
              value={"amount": 2.1e9, "currency": "PLN"})
    )  # fmt: skip
    read_ = read(sent)
    for said in ("zlotys", "PLN"):
        assert not faults(f"Sony agreed to buy Zorvex for 2.1 billion {said}.", read_)
    for said in ("yen", "EUR", "won"):
        (fault,) = faults(f"Sony agreed to buy Zorvex for 2.1 billion {said}.", read_)
        assert fault.kind == "number" and "in zloty" in fault.why, said


CROSSES = day(
    {
        "N225": 0.4,
        "USDJPY": {"change_pct": 0.7, "level": 154.45, "role": "context"},
        "USDKRW": {"change_pct": -0.3, "level": 1460.0, "role": "context"},
        "USDTHB": {"change_pct": 0.5, "level": 31.58, "role": "context"},
    }
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The dollar rose 0.7% against the yen, to 154.45, and 0.5% against the baht, to 31.58.", []),
        ("The dollar rose 0.7% against the yen but fell 0.3% against the won, to 1,460.", []),
        ("The dollar gained against the yen and slipped against the won.", []),
        ("The dollar rose 0.5% against the yen and 0.7% against the baht.", ["0.5%", "0.7%"]),
        ("The dollar rose 0.7% against the yen, to 31.58, and 0.5% against the baht, to 154.45.", ["31.58", "154.45"]),
        ("The dollar rose 0.7% against the yen and 0.3% against the won.", ["0.3%"]),
        ("The dollar rose against the won and against the yen.", ["rose"]),
    ],
)
def test_a_currency_against_several_others(text: str, wrong: list[str]) -> None:
    assert [claim.text for claim in faults(text, read(CROSSES))] == wrong


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gold ticked up 0.5 points.", "unsupported"),
        ("The dollar rose 0.5 points.", "unsupported"),
        ("The VIX rose 1.2 points.", "supported"),
        ("S&P 500 futures rose 12.5 points.", "supported"),
    ],
)
def test_points_are_of_indices_and_what_follows_them(text: str, status: str) -> None:
    beside = {"GOLD": (0.5, 4300.5), "USDJPY": (0.5, 154.5), "VIX": (1.2, 17.4), "ES_F": (12.5, 6900.5)}
    markets = {ident: {"role": "context", "change": by, "level": to} for ident, (by, to) in beside.items()}
    found = claims(text, read(day({"N225": 1.0, **markets})))
    assert [claim.status for claim in found if claim.kind == "number"] == [status]


def test_close_to_a_record_is_near_it() -> None:
    of = changed("KS11", milestone={"type": "record_high", "short_of": True})
    assert not faults("The KOSPI stayed close to a record high.", of)
    assert faults("The KOSPI rose to a record high.", of)


def test_the_s_and_p_stands_for_wall_street_whatever_was_sent_first() -> None:
    assert not faults("U.S. stocks were little changed.", read(day({"DJI": -4.0, "SPX": 0.0, "CCMP": 0.02}, "us")))
    assert faults("U.S. stocks were little changed.", read(day({"DJI": 0.0, "SPX": -4.0, "CCMP": 0.02}, "us")))


# -- what moved beside what happened

ORDERS = event(
    "orders",
    polarity="negative",
    clause="two chipmakers cut their forecasts",
    noun_phrase="lower forecasts of two chipmakers",
)
VOTE = event("vote", status="scheduled", polarity="positive", clause="lawmakers vote", noun_phrase="a vote on tariffs")
BANKS = {"market": "KS11", "name": "banks", "direction": "up", "because": ["orders", "vote"]}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The KOSPI fell 0.5% despite gains in banks.", []),
        ("The KOSPI fell 0.5% despite losses in banks.", ["losses"]),
        ("The KOSPI fell 0.5% as banks rose.", []),
        ("The KOSPI fell 0.5% as banks slid.", ["slid"]),
        ("The Nikkei rose 1% after two chipmakers cut their forecasts, though the KOSPI slid more than 0.4%.", []),
    ],
)
def test_the_move_of_a_sector_or_index_is_no_event_that_it_is_linked_to(text: str, wrong: list[str]) -> None:
    markets = {"N225": {"change_pct": 1.0, "because": ["orders"]}, "KS11": {"change_pct": -0.45, "because": ["orders"]}}
    assert [c.text for c in faults(text, read(day(markets, events=[ORDERS, VOTE], sectors=[BANKS])))] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Nikkei fell on lower forecasts of two chipmakers ahead of a vote on tariffs.", []),
        ("The Nikkei fell on lower forecasts of two chipmakers before a vote on tariffs.", []),
        ("The Nikkei fell on lower forecasts of a vote on tariffs.", ["vote on tariffs"]),
    ],
)
def test_a_reason_may_stand_before_what_is_waited_for(text: str, wrong: list[str]) -> None:
    sent = day({"N225": {"change_pct": -1.0, "because": ["orders", "vote"]}}, "jp", events=[ORDERS, VOTE])
    assert [c.text for c in faults(text, read(sent))] == wrong


def test_behind_elsewhere_in_asia_the_rise_is_that_of_the_market() -> None:
    markets = {"N225": {"change_pct": 1.0, "because": ["orders"]}, "KS11": -0.8, "HSI": -1.2, "STI": -0.3}
    split = read(day(markets, events=[ORDERS]))
    told = "Elsewhere in Asia, Japan’s Nikkei rose 1%. The rise came despite lower forecasts of two chipmakers."
    assert not faults(told, split)
    assert faults(
        "Stocks in Asia fell, with the Nikkei up 1%. The rise came despite lower forecasts of two chipmakers.", split
    )


def test_elsewhere_in_europe_is_no_index_that_spans_it() -> None:
    markets = {"UKX": {"change_pct": 0.9, "because": ["orders"]}, "IBEX": -3.1, "CAC": 0.0}
    split = read(day({**markets, "SXXP": {"direction": "down"}}, "europe", events=[ORDERS]))
    told = "Elsewhere in Europe, Britain’s FTSE 100 gained 0.9%. "
    assert not faults(told + "The advance came despite lower forecasts of two chipmakers.", split)


def test_a_record_that_an_event_tells_of_is_the_events() -> None:
    record = event("record", clause="gold set a record", noun_phrase="record gold prices")
    sent = day(
        {"TSX": {"change_pct": 0.9, "because": ["record"]}, "GOLD": {"change_pct": 1.6, "role": "context"}}, "ca"
    )
    sent["events"] = [record]
    assert not faults("Canadian stocks rose following record gold prices.", read(sent))
    assert not faults("The S&P/TSX Composite rose on record gold prices.", read(sent))
    assert faults("The S&P/TSX Composite rose to a record on gold prices.", read(sent))
