"""Our own articles are true of their data, and the checker says so: nothing contradicted, unfounded or unread."""

from __future__ import annotations

import functools

import pytest

import wrapgen
from tests.cases.library import FILES, SEEDS, VARIANTS, snapshot
from tests.prices import FOLDER, days
from wrapgen import verify

STYLES = tuple(sorted(wrapgen.load_rules().styles))
SAMPLE = (0, 7)  # of the cases; the seeds are read in every wording


def complaints(text: str, of: wrapgen.Snapshot) -> list[str]:
    return [
        f"{c.status} {c.kind} {c.text!r} ({c.true_value}; {c.why})" for c in verify(text, of) if c.status != "supported"
    ]


@pytest.mark.parametrize("name", FILES)
def test_articles_read_clean(name: str) -> None:
    rules = wrapgen.load_rules()
    for variant in VARIANTS if name in SEEDS else SAMPLE:
        text = wrapgen.write(snapshot(name), variant=variant, rules=rules).render("text")
        assert verify(text, snapshot(name))
        assert not complaints(text, snapshot(name)), (variant, text)


@pytest.mark.parametrize("name", SEEDS)
def test_every_style_and_length_reads_clean(name: str) -> None:
    rules = wrapgen.load_rules()
    for style in STYLES:
        for length in ("brief", "standard", "long"):
            text = wrapgen.write(snapshot(name), style=style, length=length, rules=rules).render("text")
            assert not complaints(text, snapshot(name)), (style, length, text)


@functools.cache
def sessions() -> list[tuple[str, wrapgen.Snapshot]]:
    reference = wrapgen.load_rules().reference
    return [(f"{d.region} {d.date}", wrapgen.read_snapshot(d.snapshot, reference)) for d in days() if d.snapshot]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")
def test_sessions_of_real_prices_read_clean() -> None:
    found = []
    for label, of in sessions()[::6]:
        text = wrapgen.write(of, rules=wrapgen.load_rules()).render("text")
        found += [f"{label}: {complaint}" for complaint in complaints(text, of)]
    assert not found, "\n".join(found)
