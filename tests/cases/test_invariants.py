"""What must hold for the article of every seed and case, in ten variants. `checks.py` says it, this runs it."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

import wrapgen
from tests.cases import checks
from tests.cases.library import CONTRACT_SEED, FILES, RICH, ROOT, VARIANTS, article, snapshot, written
from wrapgen.text import Block, Sentence, Token

# What is known to be wrong and waits to be mended: (check, snapshot) and why, "*" where it moves from one snapshot
# to another with every change of the wording. What has been mended fails its test, and its line goes.
KNOWN: dict[tuple[str, str], str] = {}


def _every() -> list[object]:
    made: list[object] = []
    for which in checks.CHECKS:
        every = [(name,) for name in FILES] if (which, "*") not in KNOWN else [tuple(FILES)]
        for names in every:
            known = KNOWN.get((which, "*"), KNOWN.get((which, names[0])))
            marks = [pytest.mark.xfail(reason=known, strict=True)] if known else []
            made.append(pytest.param(which, names, marks=marks, id=f"{which}-{names[0] if len(names) == 1 else 'all'}"))
    return made


@pytest.mark.parametrize(("which", "names"), _every())
def test_every_article(which: str, names: tuple[str, ...]) -> None:
    found = [
        f"{name}, variant {variant}: {problem}"
        for name in names
        for variant in VARIANTS
        for problem in checks.problems(written(name, variant), which)
    ]
    assert not found, "\n".join(found)


def test_known_defects_name_checks_and_snapshots() -> None:
    assert all(which in checks.CHECKS and name in (*FILES, "*") for which, name in KNOWN)


# -- the checks see what they are for


def broken(which: str, *sentences: str | tuple[Token, ...]) -> list[str]:
    """What a check says of the contract seed's article with these sentences for its body."""
    made = tuple(
        Sentence((Token(s, None, ("/as_of",)),) if isinstance(s, str) else s, "sentences/markets.yaml:1 x", ("/as_of",))
        for s in sentences
    )
    real = written(CONTRACT_SEED)
    blocks = (real.article.blocks[0], Block("paragraph", "scores", made))
    return checks.problems(real._replace(article=replace(real.article, blocks=blocks)), which)


@pytest.mark.parametrize(
    ("which", "sentence"),
    [
        ("reads_cleanly", "Hong Kong  rose."),
        ("reads_cleanly", "Hong Kong rose , with Tokyo flat."),
        ("reads_cleanly", "Stocks saw a 8% gain."),
        ("reads_cleanly", "Stocks saw an 10% gain."),
        ("reads_cleanly", "Stocks rose for a 11th session."),
        ("reads_cleanly", "Stocks in in Tokyo rose."),
        ("reads_cleanly", "The vote is due on May 20 on May 20."),
        ("reads_cleanly", "Stocks rose {change}."),
        ("reads_cleanly", "Stocks rose as."),
        ("reads_cleanly", "Sony (TYO:6758 rose."),
        ("sentences_are_whole", "stocks rose."),
        ("sentences_are_whole", "Stocks rose"),
        ("sentences_are_whole", "Rose."),
        ("figures_are_those_sent", "Stocks rose 7.77%."),
        ("figures_are_those_sent", "The company sold 31.9 million shares."),
    ],
)
def test_a_check_sees(which: str, sentence: str) -> None:
    assert broken(which, sentence)


def test_a_sound_sentence_passes() -> None:
    for which in ("reads_cleanly", "sentences_are_whole", "figures_are_those_sent", "events_are_told_once"):
        assert not broken(which, "The Hang Seng rose 1% to its highest level since October 2.")


def test_articles_before_figures_pass() -> None:
    assert not broken("reads_cleanly", "An 11th rise, an 8% gain, an 18th fall, a 1% dip and a 10th.")


def test_repetition_is_seen() -> None:
    told = (Token("Sony rose "), Token("3%", None, ("/stocks/4/change_pct",)), Token("."))
    assert broken("figures_are_told_once", told, told)
    assert broken("events_are_told_once", told, told)
    assert broken("verbs_vary", (Token("Sony climbed, and Nikon climbed."),))
    assert broken("connectives_stand_once", (Token("Sony rose as Tokyo fell as Seoul was flat."),))
    assert broken("own_markets_are_told", told)
    assert broken("figures_match_their_fact", (Token("Sony rose "), Token("4%", None, ("/stocks/4/change_pct",))))
    assert broken("sentences_have_origins", (Token("Sony rose", None, ("/stocks/99",)),))


# -- the same bytes


_DIGESTS = """
import sys
from tests.cases.test_invariants import digests
import json
print(json.dumps(digests()))
"""


def digests() -> dict[str, str]:
    """A hash of the JSON of every article, by snapshot."""
    return {
        name: hashlib.sha256(
            "".join(wrapgen.write(snapshot(name), variant=variant).render("json") for variant in VARIANTS).encode()
        ).hexdigest()
        for name in FILES
    }


@functools.cache
def here() -> dict[str, str]:
    return digests()


def test_written_twice_is_the_same_bytes() -> None:
    assert digests() == here()


def test_another_process_writes_the_same_bytes() -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _DIGESTS], env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    theirs = json.loads(done.stdout)
    assert [name for name in here() if theirs[name] != here()[name]] == []


@pytest.mark.parametrize("name", RICH)
def test_variants_differ(name: str) -> None:
    """Ten variants of a day with much to tell are at least eight different texts, with the same facts."""
    bodies = {tuple(b.text for b in article(name, variant).blocks) for variant in VARIANTS}
    assert len(bodies) >= 8


@pytest.mark.parametrize("name", FILES)
def test_variants_tell_the_same_story(name: str) -> None:
    assert len({article(name, v).angle["name"] for v in VARIANTS}) == 1
    assert len({article(name, v).id for v in VARIANTS}) == len(VARIANTS)
