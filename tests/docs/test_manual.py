"""Every listing of the manual runs, and prints what the manual says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cases.library import ROOT
from tests.docs.worked import RUN, fits, listings, patch, run
from wrapgen.intake.schema import FRAMES, TELLING

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
LISTED = [page for page in PAGES if any(listing.kind in RUN for listing in listings(page))]


@pytest.mark.parametrize("page", LISTED, ids=lambda page: page.stem)
def test_its_listings_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    assert run(page, tmp_path) >= 1


def test_the_pages_for_those_who_do_something_have_listings() -> None:
    assert {"editors", "integrators", "operators"} <= {page.stem for page in LISTED}


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_its_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_a_listing_that_does_not_print_so_fails() -> None:
    assert fits("a …\n…\nb", "a 1\nx\ny\nb")
    assert fits("a\n…", "a")
    assert not fits("a\nb", "a\nc") and not fits("a", "a\nb") and not fits("a …", "b 1")


def test_a_change_needs_one_place(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("a\nb\na\n", "utf-8")
    patch(tmp_path, "f\n b\n-a\n+c\n", "page:1")
    assert (tmp_path / "f").read_text("utf-8") == "a\nb\nc\n"
    patch(tmp_path, "f\n+d\n", "page:1")
    assert (tmp_path / "f").read_text("utf-8").endswith("c\nd\n")
    with pytest.raises(AssertionError, match="0 places"):
        patch(tmp_path, "f\n-z\n+y\n", "page:1")


def test_the_keys_of_events_are_those_of_the_contract() -> None:
    """The table of the page for integrators: the types, what each is told with, and what else it may have."""
    page = (DOCS / "integrators.md").read_text("utf-8")
    told: dict[str, set[str]] = {}
    needed: dict[str, set[str]] = {}
    for row in re.findall(
        r"^\| (`.*)\|$", page[page.index("told by itself with") :].partition("\n\n")[0], re.MULTILINE
    ):
        types, first, second = (set(re.findall(r"`(\w+)`", cell)) for cell in row.split(" | "))
        needed |= dict.fromkeys(types, first - {"raise", "cut", "hold"})
        told |= dict.fromkeys(types, first | second)
    assert needed.keys() == FRAMES.keys()
    for kind, keys in FRAMES.items():
        ways = TELLING.get(kind, (frozenset(("clause", "noun_phrase")),))
        assert needed[kind] == set().union(*ways), kind
        assert keys.keys() <= told[kind], kind
