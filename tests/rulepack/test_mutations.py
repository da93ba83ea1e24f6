"""The seeded damage itself: the same slips for the same seed, and what counts as the right place."""

from __future__ import annotations

from tests.rulepack.mutations import RULES, Slip, examined, points_at, slips
from wrapgen.rulepack.errors import RuleProblem


def test_a_seed_gives_the_same_slips_and_never_in_a_comment() -> None:
    drawn = list(slips(3, 300))
    assert drawn == list(slips(3, 300)) != list(slips(4, 300))
    assert not [slip for slip in drawn if slip.before.strip()[:1] in ("", "#")]
    assert all("\n".join(slip.lines) + "\n" != (RULES / slip.file).read_text("utf-8") for slip in drawn)


def of(file: str, line: int, after: str) -> Slip:
    lines = (RULES / file).read_text("utf-8").splitlines()
    before = lines[line - 1]
    lines[line - 1] = after
    return Slip(file, line, "changed", before, after, tuple(lines))


def test_a_slip_is_found_in_its_line_and_its_entries_and_nowhere_else() -> None:
    slip = of("lexicon/verbs.yaml", 5, "  forms: [abates, abatd, abated, abating]")
    assert [points_at(RuleProblem(slip.file, line, "wrong"), slip) for line in (3, 4, 5, 6, 8)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert not points_at(RuleProblem("lexicon/nouns.yaml", 5, "wrong"), slip)
    assert examined(slip).verdict == "found"


def test_what_reads_the_same_is_no_damage() -> None:
    same = "  forms: [abates, abated, abated, abating] # as it was"
    assert examined(of("lexicon/verbs.yaml", 5, same)).verdict == "same"
