"""No two wraps of a batch open alike where the facts allow, whoever writes them and however often it stops."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

import wrapgen
from tests import prices
from tests.batch.test_run import ITEMS, Stop, files, item, run, stop_after
from tests.cases.library import SEEDS, sent
from wrapgen.batch.inputs import day_items
from wrapgen.batch.openings import Choice, Opening, Register, first_clause, opening_of, without_weekday
from wrapgen.batch.run import run_batch
from wrapgen.batch.shards import Output, read_openings
from wrapgen.batch.work import Item, Job
from wrapgen.batch.workers import Workers
from wrapgen.engine import openings
from wrapgen.errors import InputError

A, B, C = Opening("A", "a on Monday"), Opening("B", "b on Monday"), Opening("C", "c on Monday")


def chosen(register: Register, *wraps: Sequence[Opening]) -> list[Opening | None]:
    choices = register.choose((str(number), openings) for number, openings in enumerate(wraps))
    return [None if choice is None else choice.opening for choice in choices]


@pytest.mark.parametrize(
    ("lede", "clause"),
    [
        (
            "Most Asian share markets rose on Wednesday, with Hong Kong up.",
            "Most Asian share markets rose on Wednesday",
        ),
        ("Asian stocks slid on Monday amid worsening tensions.", "Asian stocks slid on Monday"),
        ("U.S. stocks fell on Friday after data.", "U.S. stocks fell on Friday"),
        ("Stocks in Asia advanced on news of a deal.", "Stocks in Asia advanced"),
    ],
)
def test_an_opening_ends_at_a_comma_or_a_connective(lede: str, clause: str) -> None:
    assert first_clause(lede) == clause


def test_the_first_opens_as_it_was_asked_and_a_later_one_as_none_before_it() -> None:
    assert chosen(Register(), [A], [B]) == [A, B]
    assert chosen(Register(), [A], [A], [B]) == [A, None, B], "others have to be looked at"
    assert chosen(Register(), [A], [A, A, B, C]) == [A, B]
    assert chosen(Register(), [A], [B], [A, B, C]) == [A, B, C]


@pytest.mark.parametrize("like", [Opening("A", "z"), Opening("Z", "a on Monday")])
def test_a_headline_or_a_clause_is_enough_to_be_alike(like: Opening) -> None:
    assert chosen(Register(), [A], [like, B]) == [A, B]


def test_where_all_are_used_the_least_used_is_taken() -> None:
    half = Opening("D", "a on Monday")
    assert chosen(Register(), [A], [A, A, half]) == [A, half]


def test_an_opening_that_many_share_is_left_as_it_is() -> None:
    made = chosen(Register(), *[[A, A]] * 10)
    assert made == [A] * 10
    assert chosen(Register(), *[[A, A]] * 10, [A]) == [A] * 11, "no others are looked at any more"


def test_a_choice_has_only_the_openings_that_it_depends_on() -> None:
    assert Register().choose([("one", [A, B])]) == [Choice("one", (A,))]


def test_of_an_earlier_batch_a_clause_counts_without_its_weekday() -> None:
    tuesday = Opening("T", "a on Tuesday")
    assert without_weekday(tuesday.clause) == without_weekday(A.clause)
    assert chosen(Register([A]), [tuesday, B]) == [B]
    assert chosen(Register(), [A], [tuesday, B]) == [A, tuesday], "in one batch they read otherwise"


@pytest.mark.parametrize("name", SEEDS)
def test_the_openings_of_variants_are_those_that_the_engine_writes(name: str) -> None:
    snapshot = wrapgen.read_snapshot(sent(name))
    for length in ("brief", "standard"):
        articles = [wrapgen.write(snapshot, variant=variant, length=length, check=False) for variant in range(3)]
        written = [(article.headline.text, article.blocks[0].text) for article in articles]
        assert openings(snapshot, range(3), length=length) == written


def articles(folder: Path) -> list[Any]:
    return [json.loads(line) for path in sorted(folder.glob("part-*[0-9].jsonl")) for line in path.open("rb")]


def opening(article: Any) -> Opening:
    return opening_of(article["headline"], article["body"][0]["text"])


SAME = [Item(f"client-{number}", ITEMS[0].data) for number in range(6)]


def test_clients_of_one_day_get_other_openings(tmp_path: Path) -> None:
    run(tmp_path, SAME)
    made = articles(tmp_path)
    assert len({opening(article) for article in made}) == 6
    variants = [article["provenance"]["variant"] for article in made]
    assert variants[0] == 0 and len(set(variants)) == 6
    snapshot = wrapgen.read_snapshot(json.loads(ITEMS[0].data))
    again = wrapgen.write(snapshot, variant=variants[4])
    assert made[4] == {"name": "client-4", **json.loads(orjson.dumps(again.to_dict()))}, "the variant says how"
    assert read_openings(tmp_path) == [opening(article) for article in made]


def test_an_earlier_batch_is_not_repeated(tmp_path: Path) -> None:
    run(tmp_path / "monday", SAME[:3])
    used = read_openings(tmp_path / "monday")
    run(tmp_path / "tuesday", SAME[:3], earlier=used)
    assert not {opening.headline for opening in used} & {
        opening.headline for opening in read_openings(tmp_path / "tuesday")
    }
    with pytest.raises(InputError, match=r"manifest.json: ?.*cannot be read|cannot be read"):
        read_openings(tmp_path)


def test_workers_and_a_resumed_batch_choose_the_same(tmp_path: Path) -> None:
    items = [*SAME, *ITEMS, *(Item(f"again-{it.name}", it.data) for it in ITEMS)]
    run(tmp_path / "one", items)
    assert any(article["provenance"]["variant"] for article in articles(tmp_path / "one"))
    run(tmp_path / "two", items, workers=2)
    assert files(tmp_path / "two") == files(tmp_path / "one")
    with pytest.raises(Stop):
        run(tmp_path / "stopped", items, progress=stop_after(32))
    run(tmp_path / "stopped", items)
    assert files(tmp_path / "stopped") == files(tmp_path / "one")


def test_a_shard_is_done_again_where_what_comes_before_it_now_opens_alike(tmp_path: Path) -> None:
    run(tmp_path / "mended", [*ITEMS[:5], *SAME[1:2]])
    changed = [*ITEMS[1:5], item(77), *SAME[1:2]]
    run(tmp_path / "mended", changed)
    run(tmp_path / "right", changed)
    assert files(tmp_path / "mended") == files(tmp_path / "right")


@pytest.mark.skipif(not prices.FOLDER.is_dir(), reason="real prices (../shared) are not here")
def test_half_a_year_of_three_regions_shares_few_openings(tmp_path: Path) -> None:
    output = Output.open(tmp_path, Job(), "", resume=False)
    run_batch(day_items(prices.days()), output, Workers(1))
    asked, made = Counter[str](), Counter[str]()
    wraps = 0
    for number in range(1, len(output.shards) + 1):
        for choice in output.choices(number):
            wraps += 1
            asked.update(choice.openings[0])
            made.update(choice.opening)
    assert wraps == 379
    assert sum(count for count in asked.values() if count > 1) > 3 * sum(c for c in made.values() if c > 1)
    assert sum(count for count in made.values() if count > 1) < 80
