"""The sender's own phrases in the house's spelling, and names that are not said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.library import day, event, stock, write
from wrapgen.wording.phrases import find_name, heads_plural, mentions, own_reason, without_name
from wrapgen.wording.refer import possessive
from wrapgen.wording.spelling import house_spelling
from wrapgen.wording.style import Style

VERBS = frozenset(["reported", "sold", "beat", "said", "shares"])
NOUNS = frozenset(["chairman", "chips", "shares", "units"])
NAMES = {"Nikon Corp": "the company", "Nikon": "the company"}


HOUSE = Style("house", "")


def spelled(text: str, style: Style = HOUSE) -> str:
    return house_spelling(text, style)


def without(text: str) -> str | None:
    """Nikon and its full name taken out of a phrase about it."""
    return without_name(text, NAMES, "’", VERBS.__contains__, NOUNS.__contains__)


@pytest.mark.parametrize(
    ("sent", "printed"),
    [
        ("a 6.8 percent rise", "a 6.8% rise"),
        ("a rise of 6.8 percent, the most", "a rise of 6.8%, the most"),
        ("a large percent of them", "a large percent of them"),
        ("US jobs data", "U.S. jobs data"),
        ("the US-China talks", "the U.S.-China talks"),
        ("data from the UK", "data from the U.K."),
        ("data from the US.", "data from the U.S."),
        ("the U.S. said", "the U.S. said"),
        ("Japan's exports", "Japan’s exports"),
        ("a deal was signed.", "a deal was signed"),
        ("it bought Acme Corp.", "it bought Acme Corp."),
        ("BUSY USERS", "BUSY USERS"),
        ("two  spaces", "two spaces"),
    ],
)
def test_house_spelling(sent: str, printed: str) -> None:
    assert spelled(sent) == printed


def test_british_spelling() -> None:
    british = replace(HOUSE, percent="per cent", percent_joined=False, us="US", uk="UK")
    said = spelled("US stocks rose 5 percent", british)
    assert said == "US stocks rose 5 per cent"


@given(st.lists(st.sampled_from(["US", "UK-based", "U.S.", "6.8", "percent,", "percent", "Japan's", "rose", "Corp."])))
def test_spelling_is_done_once(words: list[str]) -> None:
    once = spelled(" ".join(words))
    assert spelled(once) == once


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("Nikon reported strong sales", "it reported strong sales"),
        ("Nikon Corp reported strong sales", "it reported strong sales"),
        ("Nikon’s strong sales", "its strong sales"),
        ("a report on Nikon and its rivals", "a report on the company and its rivals"),
        ("strong sales at Nikon", "strong sales at the company"),
        ("a coming Nikon camera", None),  # "a coming the company camera"
        ("Nikon cameras sold well", None),  # part of a noun that no lexicon has
        ("Nikon chairman Sato was arrested", "its chairman Sato was arrested"),
        ("the arrest of Nikon chairman Sato", "the arrest of its chairman Sato"),
        ("the sale of the Nikon units", "the sale of its units"),
        ("a warning on Nikon shares was lifted", "a warning on its shares was lifted"),
        ("Nikon shares were halted", "its shares were halted"),
        ("Nikon shares its patents", "it shares its patents"),
        ("Apple paid for Nikon chips", None),  # "its" would be Apple's
        ("a rival paid for Nikon chips", None),
        ("phones that use Nikon chips", None),
        ("Nikon reported that Nikon sold", None),  # twice
        ("Nikon-made cameras", None),
        ("demand for cameras", "demand for cameras"),
    ],
)
def test_its_name_is_not_said_twice(phrase: str, said: str | None) -> None:
    assert without(phrase) == said


@given(
    st.lists(
        st.sampled_from(["Nikon", "Nikon’s", "reported", "strong", "sales", "chips", "of", "the", "a", "and"]),
        max_size=8,
    )
)
def test_what_comes_back_does_not_name_it(words: list[str]) -> None:
    said = without(" ".join(words))
    assert said is None or "Nikon" not in said


@pytest.mark.parametrize(
    ("owned", "said"),
    [
        ("lower-than-estimated second-quarter net income", "lower-than-estimated second-quarter net income"),
        ("plans to cut jobs", "plans to cut jobs"),
        ("loss of its largest customer", "the loss of its largest customer"),
        ("record share buyback", "its record share buyback"),  # a singular would need an article
        ("results", "its results"),
    ],
)
def test_a_reason_is_said_to_be_its_own_only_where_it_must(owned: str, said: str) -> None:
    assert own_reason(owned, {"income": False, "buyback": False}.get, {"income"}.__contains__) == said


def test_the_owner_of_a_reason_is_not_told_twice() -> None:
    loss = event("loss", noun_phrase="Kanto Optics’ loss of its largest customer", clause=None, polarity="negative")
    fall = stock("1", name="Kanto Optics", change_pct=-6.1, because=["loss"])
    sent = day({"N225": 1.0}, events=[loss], stocks=[fall])
    texts = [write(sent, variant=variant).article.render("text") for variant in range(4)]
    assert all("the loss of its largest customer" in text for text in texts), texts


def test_a_name_is_a_word_of_its_own() -> None:
    assert mentions("sales at Nikon rose", "Nikon")
    assert not mentions("Nikonian sales", "Nikon")
    assert find_name("Nikonian Nikon", "Nikon") == 9
    assert find_name("sales", "Nikon") == -1


@pytest.mark.parametrize(
    ("name", "said"), [("SoftBank", "SoftBank’s"), ("General Motors", "General Motors’"), ("Alphabet", "Alphabet’s")]
)
def test_possessive(name: str, said: str) -> None:
    assert possessive(name) == said


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [
        ("expected cuts in Chinese drug prices", True),
        ("a rise in bond yields and interest rates", False),
        ("signs that state funds are retreating", True),
        ("Washington’s move to impose tariffs", False),
        ("news of tariffs", False),
        ("Samsung Electronics' results", True),
        ("a loss", False),
        ("growth in sales", False),
    ],
)
def test_the_number_of_a_senders_phrase_is_that_of_its_head(phrase: str, plural: bool) -> None:
    assert heads_plural(phrase, {"news": False, "loss": False, "results": True}.get) is plural


def test_a_verb_behind_a_senders_phrase_agrees_with_it() -> None:
    cuts = event("cuts", noun_phrase="expected cuts in drug prices", clause=None, polarity="negative", who="Beijing")
    stocks = [stock("1", because=["cuts"]), stock("2", because=["cuts"])]
    sent = day({"N225": 1.0}, events=[cuts], stocks=stocks)
    articles = [write(sent, variant=variant).article for variant in range(8)]
    texts = [block.text for article in articles for block in article.blocks]
    assert any("cuts in drug prices were a setback" in text for text in texts), texts
    assert not any("was a setback" in text for text in texts), texts


def test_a_reason_in_a_sentence_of_its_own_says_whose_move_it_is_of() -> None:
    phones = event("phones", clause="Apple unveiled phones with Kanto Optics chips", noun_phrase=None)
    rise = stock("1", name="Kanto Optics", short_name="Kanto Optics", change_pct=6.1, because=["phones"])
    article = write(day({"N225": 1.0}, events=[phones], stocks=[rise])).article
    told = [s.text for block in article.blocks for s in block.sentences if "phones" in s.text]
    assert len(told) == 1
    assert told[0].startswith("The stock’s ")
    assert told[0].endswith(" came after Apple unveiled phones with Kanto Optics chips.")


def test_a_chairman_of_its_own_is_told_beside_its_move() -> None:
    arrest = event("arrest", clause="Kanto Optics chairman Ito was arrested", noun_phrase=None, polarity="negative")
    fall = stock("1", name="Kanto Optics", short_name="Kanto Optics", change_pct=-6.1, because=["arrest"])
    text = write(day({"N225": 1.0}, events=[arrest], stocks=[fall])).article.render("text")
    assert "6.1% after its chairman Ito was arrested." in text
