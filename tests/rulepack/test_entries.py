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
FILES: dict[str, list[Entry]] = {}
for _entry in PACK.entries:
    FILES.setdefault(_entry.file, []).append(_entry)


@pytest.mark.parametrize("file", FILES)
def test_cases_are_met_and_say_every_pattern(file: str) -> None:
    for entry in FILES[file]:
        assert entry_failures(entry, PACK.lexicon, PACK.realiser) == [], entry.name
        assert [pattern.source for _, pattern in unsaid(entry)] == [], entry.name


@pytest.mark.parametrize("file", FILES)
def test_no_part_of_a_condition_can_change_unseen(file: str) -> None:
    for entry in FILES[file]:
        if entry.when is not None:
            alive = [m.text for m in mutants(entry.when) if not failures(m, entry.tests, entry.file)]
            assert alive == [], entry.name


def test_there_are_entries_and_mutants() -> None:
    counted = sum(len(list(mutants(entry.when))) for entry in PACK.entries if entry.when is not None)
    assert len(PACK.entries) > 500 and counted > 1000, counted


def test_names_are_unique_in_the_pack() -> None:
    names = [entry.name for entry in PACK.entries]
    assert len(names) == len(set(names))
