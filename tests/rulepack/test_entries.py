"""Every sentence rule and way of an angle has cases that say each of its patterns, and that its condition cannot
change without failing."""

from __future__ import annotations

import pytest

import wrapgen
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.entries import Entry
from wrapgen.rulepack.sayings import entry_failures, unsaid
from wrapgen.rulepack.soundness.mutants import mutants

PACK = wrapgen.load_rules()
ENTRIES = [pytest.param(entry, id=entry.name) for entry in PACK.entries]


@pytest.mark.parametrize("entry", ENTRIES)
def test_its_cases_are_met_and_say_every_pattern(entry: Entry) -> None:
    assert entry_failures(entry, PACK.lexicon, PACK.realiser) == []
    assert [pattern.source for _, pattern in unsaid(entry)] == []


@pytest.mark.parametrize("entry", [param for param in ENTRIES if param.values[0].when is not None])  # type: ignore[union-attr]
def test_no_part_of_its_condition_can_change_unseen(entry: Entry) -> None:
    assert entry.when is not None
    alive = [m.text for m in mutants(entry.when) if not failures(m, entry.tests, entry.file)]
    assert alive == []


def test_there_are_entries_and_mutants() -> None:
    counted = sum(len(list(mutants(entry.when))) for entry in PACK.entries if entry.when is not None)
    assert len(PACK.entries) > 500 and counted > 1000, counted


def test_names_are_unique_in_the_pack() -> None:
    names = [entry.name for entry in PACK.entries]
    assert len(names) == len(set(names))
