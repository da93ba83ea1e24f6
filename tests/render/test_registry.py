from __future__ import annotations

import pytest

from tests.stub import ARTICLE
from wrapgen.errors import OptionError
from wrapgen.render import FORMATS, render


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_renders_and_ends_with_one_newline(format: str) -> None:
    text = render(ARTICLE, format)
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert ARTICLE.render(format) == text


def test_an_unknown_format_tells_the_nearest() -> None:
    with pytest.raises(OptionError) as caught:
        render(ARTICLE, "markdwon")
    assert (caught.value.option, caught.value.nearest) == ("format", "markdown")
    assert caught.value.allowed == tuple(FORMATS)


def test_every_format_has_a_media_type_of_its_own() -> None:
    assert len(set(FORMATS.values())) == len(FORMATS)


@pytest.mark.parametrize("name", ["__init__", "os", "../text", ""])
def test_only_formats_of_the_table_are_ever_imported(name: str) -> None:
    with pytest.raises(OptionError):
        render(ARTICLE, name)
