from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.stub import ARTICLE, sentence
from wrapgen.render.html import render
from wrapgen.text import Block, Token

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


class Reader(HTMLParser):
    """Collects elements with their words and the names in them; fails on tags that do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.blocks: list[tuple[str, str]] = []
        self.names: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "span":
            assert [name for name, _ in attrs] == ["data-ref"]
            self.names.append((attrs[0][1] or "", ""))
        elif tag != "article":
            self.blocks.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] in ([], ["article"]):
            assert not data.strip()
            return
        if self.open[-1] == "span":
            self.names[-1] = (self.names[-1][0], self.names[-1][1] + data)
        self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + data)


def test_elements_say_what_the_blocks_are() -> None:
    page = render(ARTICLE)
    assert page.startswith("<article>\n<h1>") and page.endswith("</article>\n")
    assert Reader(page).blocks == [
        ("h1", ARTICLE.headline.text),
        ("p", ARTICLE.blocks[0].text),
        ("h3", "Hong Kong Leads"),
        ("p", ARTICLE.blocks[2].text),
    ]


def test_names_carry_the_id_that_they_name() -> None:
    assert Reader(render(ARTICLE)).names[:3] == [
        ("HSI", "Hong Kong"),
        ("HSI", "Hang Seng"),
        ("XHKG:0001", "Čez & Søn"),
    ]


def test_a_name_in_several_tokens_is_marked_once() -> None:
    headline = sentence(Token("S&P", "SPX"), Token(" 500", "SPX"), " Rises")
    assert '<h1><span data-ref="SPX">S&amp;P 500</span> Rises</h1>' in render(replace(ARTICLE, headline=headline))


@given(words=printable, ref=printable)
def test_nothing_in_the_words_or_ids_is_ever_markup(words: str, ref: str) -> None:
    block = Block("paragraph", "x", (sentence(Token(words, ref), ' <b onclick="x">&amp;'),))
    read = Reader(render(replace(ARTICLE, blocks=(block,))))
    assert read.blocks[1:] == [("p", words + ' <b onclick="x">&amp;')]
    assert read.names[-1] == (ref, words)
