from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.library import SEEDS, article, snapshot
from tests.check.days import DAY, claims
from wrapgen import verify
from wrapgen.check import KINDS, STATUSES

TEXTS = {name: article(name).render("text") for name in SEEDS}
WORDS = sorted(
    {word for text in TEXTS.values() for word in re.findall(r"\S+", text)} | {"\n", "(", ")", ".", "%", "’s"}
)
FLIPS = {"rose": "fell", "fell": "rose", "gained": "lost", "climbed": "slid", "added": "shed", "advanced": "declined"}


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_claim_stands_where_it_says(text: str) -> None:
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.text
        assert claim.kind in KINDS and claim.status in STATUSES
        assert claim.status == "supported" or claim.why
        assert claim.true_value is None or claim.status == "contradicted"


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(["\n", "\n\n", "\r\n", "  "]))
@settings(max_examples=30, deadline=None)
def test_paragraphs_and_space_do_not_matter(name: str, gap: str) -> None:
    text = TEXTS[name]
    spread = text.replace("\n\n", "\n" + gap + "\n").replace(" ", "  ")
    assert outline(spread, name) == outline(text, name)


def outline(text: str, name: str) -> list[tuple[str, str, str]]:
    return [(claim.kind, claim.status, " ".join(claim.text.split())) for claim in verify(text, snapshot(name))]


@given(st.sampled_from(sorted(TEXTS)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_verb_turned_round_is_found(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    found = list(re.finditer(rf"\b({'|'.join(FLIPS)})(?= \d)", text))
    if not found:
        return
    at = data.draw(st.sampled_from(found))
    turned = text[: at.start()] + FLIPS[at[0]] + text[at.end() :]
    assert any(c.status == "contradicted" for c in verify(turned, snapshot(name))), turned[
        at.start() - 60 : at.end() + 40
    ]


def test_the_same_text_gives_the_same_claims() -> None:
    text = "The Hang Seng rose 1.6% and the Nikkei fell 0.9%."
    assert verify(text, DAY) == verify(text, DAY)
