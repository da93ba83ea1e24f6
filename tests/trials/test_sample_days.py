"""The sample days of the rules that ship: readable, kept, and together enough that every rule is heard."""

import functools

import pytest

import wrapgen
from wrapgen.rulepack.pack import load_rules
from wrapgen.trials.days import sample_days
from wrapgen.trials.fired import Fired, Ways, fired
from wrapgen.trials.golden import golden_path
from wrapgen.trials.trial import try_rules
from wrapgen.trials.unheard import heard_after_all, silent, unheard

PACK = load_rules()
DAYS = sample_days(PACK)
# Markets that no golden article names. A wrap of a day that has their sister tells that one.
UNNAMED: dict[str, str] = {}


@functools.cache
def heard() -> tuple[Fired, ...]:
    """Fewer ways than ``wrapgen rules fired`` tries, chosen so that as many rules are heard."""
    ways = (
        Ways(tuple(sorted(PACK.styles)), ("standard",), (0, 1), angles=True),
        Ways(("house",), ("long",), (0, 1)),
        Ways(("agency",), ("long",), (0,)),
    )
    return tuple(fired(PACK, DAYS, each) for each in ways)


def test_every_sample_day_is_readable_without_override() -> None:
    assert len(DAYS) >= 40
    assert not [(day.name, day.problem) for day in DAYS if day.snapshot is None]


def test_every_sample_day_has_its_golden_article_and_reads_as_kept() -> None:
    assert not [day.name for day in DAYS if not golden_path(PACK, day).exists()]
    trial = try_rules()
    assert trial.passed, trial.render()


@pytest.mark.parametrize("variant", range(1, 10))
def test_no_variant_of_a_sample_day_is_refused(variant: int) -> None:
    """The golden articles are of one variant alone."""
    refused = {}
    for day in DAYS:
        assert day.snapshot is not None
        try:
            wrapgen.write(day.snapshot, rules=PACK, variant=variant)
        except wrapgen.ClaimError as error:
            refused[day.name] = str(error)
    assert refused == {}


def test_every_rule_fires_or_is_listed_with_its_reason() -> None:
    listed, problems = unheard(PACK)
    assert not problems and all(each.why for each in listed)
    assert set.intersection(*(set(silent(PACK, listed, found)) for found in heard())) == set()
    assert [problem for found in heard() for problem in heard_after_all(PACK, listed, found)] == []


def test_every_layout_and_phase_is_met() -> None:
    snapshots = [day.snapshot for day in DAYS if day.snapshot is not None]
    assert {snapshot.phase for snapshot in snapshots} >= {"preview", "open", "morning", "midday", "afternoon", "close"}
    assert {snapshot.region for snapshot in snapshots} >= {"asia-pacific", "europe", "us", "global", "jp"}


def test_every_market_is_named_in_a_golden_article() -> None:
    texts = "\n".join(golden_path(PACK, day).read_text("utf-8").partition("\n--\n")[0] for day in DAYS)
    names = {ref.id: ref.name for ref in PACK.reference.markets.values()}
    ways = {
        i: (name, name[:1].upper() + name[1:], name.replace("yield on the", "that on the")) for i, name in names.items()
    }
    missing = {ident for ident, said in ways.items() if not any(way in texts for way in said)}
    assert missing == set(UNNAMED)


def test_patterns_are_counted_once_each() -> None:
    day = next(day for day in DAYS if day.name == "us-seven-thousand")
    once = fired(PACK, [day], Ways(("house",)))
    number, of = once.heard_patterns(PACK)
    assert number == len(once.patterns) < of == sum(len(entry.patterns) for entry in PACK.entries)
    article = wrapgen.write(day.snapshot, rules=PACK)  # type: ignore[arg-type]
    assert once.patterns == {p for b in article.blocks for s in b.sentences for p in s.patterns} | {
        p for p in article.headline.patterns
    }
