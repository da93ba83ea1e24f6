"""Every name that a condition may use tells what it means."""

from wrapgen.rulepack.kinds import NAMES


def test_every_name_says_what_it_means() -> None:
    assert not [named.name for named in NAMES if not named.says]
