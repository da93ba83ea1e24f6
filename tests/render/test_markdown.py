from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.stub import ARTICLE, sentence
from wrapgen.render.markdown import render
from wrapgen.text import Block

# The characters that mean something in Markdown, and a few that do not.
tricky = st.text(st.sampled_from(list("ab1 \n\\`*_~[](){}<>#+-.!&;:|=/'\"é")), min_size=1, max_size=14)


def written(text: str, kind: str = "paragraph") -> str:
    """The Markdown of one block."""
    article = replace(ARTICLE, blocks=(Block(kind, "x", (sentence(text),)),))
    return render(article).split("\n\n", 1)[1].rstrip("\n")


def read(markdown: str) -> list[tuple[str, str]]:
    """What a CommonMark reader, with strike-through and tables, makes of it: elements and words."""
    tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(markdown)
    blocks = []
    for before, inline in zip(tokens, tokens[1:], strict=False):
        if inline.type == "inline":
            assert all(child.type in ("text", "text_special") for child in inline.children or ()), markdown
            blocks.append((before.tag, "".join(child.content for child in inline.children or ())))
    assert len(tokens) == 3 * len(blocks), markdown
    return blocks


def test_headline_and_subheads_are_headings() -> None:
    assert render(ARTICLE) == (
        "# Hong Kong Gains, Utilities < Banks & Insurers\n"
        "\n"
        "The Hang Seng rose 1.5%, helped by Čez & Søn. Japan’s Nikkei 225 was flat.\n"
        "\n"
        "### Hong Kong Leads\n"
        "\n"
        "The S&P 500 and the Hang Seng gained.\n"
    )


@pytest.mark.parametrize(
    "plain",
    [
        "The S&P 500 fell 0.2% (HK:1810) to $5.8 billion.",
        "-0.2% at the open.",
        "3 * 4 < 13 and ES_F > 0 ~5%",
        "U.S. #1 maker, up +1.2%!",
        "2025.5 points",
        "AT&T; and others",
    ],
)
def test_what_is_no_markup_is_not_escaped(plain: str) -> None:
    if plain != "AT&T; and others":
        assert written(plain) == plain
    assert read(written(plain)) == [("p", plain)]


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("*ST Group rose", r"\*ST Group rose"),
        ("the [new] rule", r"the \[new] rule"),
        ("2025. A year", r"2025\. A year"),
        ("- a dash first", r"\- a dash first"),
        ("# first", r"\# first"),
        ("> first", r"\> first"),
        ("a <b> tag", r"a \<b> tag"),
        ("`code`", r"\`code\`"),
        (r"back\*slash", r"back\\\*slash"),
    ],
)
def test_what_would_be_markup_is_escaped(plain: str, escaped: str) -> None:
    assert written(plain) == escaped
    assert read(escaped) == [("p", plain)]


@given(tricky)
@example("---")
@example("a ~~b~~")
@example("* * *")
@example("![a](b)")
@example("&amp;")
@example("    x")
def test_a_reader_sees_the_plain_words(text: str) -> None:
    expected = re.sub(r"\s*\n\s*", " ", text).strip()
    if expected:
        assert read(written(text)) == [("p", expected)]


@given(tricky)
@example("a #")
@example("a ##")
@example("#")
@example("# #")
def test_a_reader_sees_the_plain_words_of_a_subhead(text: str) -> None:
    expected = re.sub(r"\s*\n\s*", " ", text).strip()
    if expected:
        assert read(written(text, "subhead")) == [("h3", expected)]
