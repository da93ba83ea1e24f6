"""``wrapgen rules copy|check|test|replay|explain|facts|fired``: what an editor asks of rule files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wrapgen.commands.common import (
    LENGTHS,
    Name,
    format_option,
    load_rules,
    override_option,
    print_json,
    print_text,
    rules_option,
)

if TYPE_CHECKING:
    from wrapgen import RulePack
    from wrapgen.trials.days import Day

_FAILED = 1
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_days_argument = click.argument(
    "snapshots", metavar="[SNAPSHOTS]...", nargs=-1, type=click.Path(exists=True, path_type=Path)
)


@click.group()
def rules() -> None:
    """Copy, check, test, replay and explain rule files."""


@rules.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@rules_option
def copy(folder: Path, rules: Path | None) -> None:
    """Copy the rules that come with wrapgen to DIR, to work on them there.

    DIR must not exist yet, so that nothing is overwritten.

    \b
    Example:
      wrapgen rules copy my-rules
    """
    import shutil

    from wrapgen.errors import OptionError
    from wrapgen.resources import default_rules_directory

    if folder.exists():
        raise OptionError("DIR", f"{folder} is there already; name a new folder, or remove it first")
    shutil.copytree(rules or default_rules_directory(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    print_text(f"The rules are in {folder}. Write by them with --rules {folder}.\n")


@rules.command()
@rules_option
@format_option("text", "json", what="what is wrong")
def check(rules: Path | None, format: str) -> None:
    """Check every rule file: unknown names, conditions that never hold, patterns that cannot be said, and more.

    Each problem stands with its file and line, what is allowed, and the nearest name. Exits with 1 where there is
    one.

    \b
    Example:
      wrapgen rules check --rules my-rules
    """
    from wrapgen.resources import default_rules_directory
    from wrapgen.rulepack.soundness import examine

    problems = examine(rules or default_rules_directory())
    if format == "json":
        print_json([problem.to_dict() for problem in problems])
    else:
        print_text("".join(f"{problem}\n" for problem in problems))
        print_text("No problem found.\n" if not problems else f"{len(problems)} to mend.\n")
    _exit(bool(problems))


@rules.command()
@rules_option
@click.option("--accept", is_flag=True, help="Keep the golden articles as they read now, and show what changed.")
@format_option("text", "json", what="what failed")
def test(rules: Path | None, accept: bool, format: str) -> None:
    """Run the cases beside every rule, and compare the golden articles of the sample days.

    The folder days/ of the rules has the sample days and their articles. An article that reads otherwise is shown
    word by word, with the places in the rule files that the words come from. Exits with 1 where a case fails or an
    article differs.

    \b
    Example:
      wrapgen rules test --rules my-rules
    """
    from wrapgen.trials.trial import try_rules

    trial = try_rules(rules, accept)
    if format == "json":
        print_json(trial.to_dict())
    else:
        print_text(trial.render())
    _exit(bool(trial.failures) or not accept and not trial.passed)


@rules.command()
@_days_argument
@click.option("--against", required=True, metavar="DIR", type=_FOLDER, help="The other rules: those that may come.")
@click.option("--style", metavar="NAME", help="House style to write in.")
@click.option("--length", type=Name(LENGTHS), default="standard", show_default=True, help="How much to tell.")
@format_option("text", "json", "html", what="the differences")
@override_option
@rules_option
def replay(
    snapshots: tuple[Path, ...],
    against: Path,
    style: str | None,
    length: str,
    format: str,
    override: tuple[str, ...],
    rules: Path | None,
) -> None:
    """Write the same days under two packs, and show what differs.

    SNAPSHOTS are files and folders; without them the sample days of the rules are taken. Shown are the days whose
    angle changes, the sentences that read otherwise, word by word, the rules that never fire or fire every day, and
    the claims that break. Exits with 1 where a day can no longer be written.

    \b
    Example:
      wrapgen rules replay seeds --against my-rules --format html > changes.html
    """
    from wrapgen.trials.page import page
    from wrapgen.trials.replay import replay as replayed

    old, new = _pack(rules), _pack(against)
    result = replayed(_days(snapshots, old, override), old, new, style, length)
    if format == "json":
        print_json(result.to_dict())
    else:
        print_text(page(result) if format == "html" else result.render())
    _exit(bool(result.broken))


@rules.command()
@click.argument("name")
@_days_argument
@format_option("text", "json", what="the answer")
@override_option
@rules_option
def explain(name: str, snapshots: tuple[Path, ...], format: str, override: tuple[str, ...], rules: Path | None) -> None:
    """Tell what NAME means, where it is used, and on which sample days it was heard.

    NAME is a fact (market.margin), a rule (focus.best), an angle (led_by_market), a verb (climb) or a slot (change).

    \b
    Example:
      wrapgen rules explain focus.best
    """
    from wrapgen.trials.fired import fired, standard_ways
    from wrapgen.trials.meaning import meaning

    pack = _pack(rules)
    found = meaning(pack, name, fired(pack, _days(snapshots, pack, override), standard_ways(pack)))
    if format == "json":
        print_json([each.to_dict() for each in found])
    else:
        print_text("\n".join(each.render() for each in found))


@rules.command()
@click.argument("word", metavar="[WORD]", default="")
@format_option("text", "json", what="the list")
def facts(word: str, format: str) -> None:
    """List all that a rule can ask for and say: facts and what they are asked of, slots, roles, families, messages.

    With WORD only those lines that have it: a group of facts (market), or a word of what one means (median).

    \b
    Example:
      wrapgen rules facts market
    """
    from wrapgen.columns import table
    from wrapgen.errors import OptionError
    from wrapgen.rulepack.glossary import glossary

    found = [term for term in glossary() if word.lower() in " ".join(term).lower()]
    if not found:
        raise OptionError("WORD", f"nothing that a rule can ask for or say has {word[:40]!r}")
    if format == "json":
        print_json([term._asdict() for term in found])
    else:
        print_text(table(("WHAT", "NAME", "CAN BE", "MEANING"), [tuple(term) for term in found], right=set()))


@rules.command()
@_days_argument
@format_option("text", "json", what="the table")
@override_option
@rules_option
def fired(snapshots: tuple[Path, ...], format: str, override: tuple[str, ...], rules: Path | None) -> None:
    """Count on how many days each rule fires, in every style, length and story; those that never do stand last.

    Of the sample days of the rules, those that days/unheard.yaml lists with their reason are left out there. Exits
    with 1 where one of them fires.

    \b
    Example:
      wrapgen rules fired seeds
    """
    from wrapgen.columns import table
    from wrapgen.trials.fired import every_way
    from wrapgen.trials.fired import fired as heard
    from wrapgen.trials.unheard import heard_after_all, silent, unheard

    pack = _pack(rules)
    found = heard(pack, _days(snapshots, pack, override), every_way(pack))
    listed, problems = unheard(pack) if not snapshots else ((), ())
    problems += heard_after_all(pack, listed, found)
    never = silent(pack, listed, found)
    patterns, of = found.heard_patterns(pack)
    if format == "json":
        days = {rule: [firing.day for firing in firings] for rule, firings in found.rules.items()}
        told = {"days": list(found.days), "articles": found.articles, "rules": days, "never": list(never)}
        told |= {"patterns": {"heard": patterns, "of": of}, "unheard": [each.name for each in listed]}
        print_json(told | {"problems": [problem.to_dict() for problem in problems]})
        _exit(bool(problems))
    rows = [(rule, str(len(firings)), firings[0].day) for rule, firings in found.rules.items()]
    print_text(table(("RULE", "DAYS", "FIRST"), rows, right={1}))
    fires = len(pack.entries) - len(found.never(pack))
    print_text(f"\n{fires} of {len(pack.entries)} rules fire, in {found.articles} articles of {len(found.days)} days; ")
    print_text(f"{patterns} of {of} patterns are heard.\n")
    if listed:
        print_text(f"{len(listed)} are listed with their reason.\n")
    if never:
        print_text("".join(["Never:\n", *(f"    {rule}\n" for rule in never)]))
    print_text("".join(f"{problem}\n" for problem in problems))
    _exit(bool(problems))


def _pack(directory: Path | None) -> RulePack:
    import wrapgen

    return load_rules(directory) or wrapgen.load_rules()


def _days(snapshots: tuple[Path, ...], pack: RulePack, override: tuple[str, ...]) -> tuple[Day, ...]:
    from wrapgen.errors import OptionError
    from wrapgen.trials.days import read_days, sample_days

    days = tuple(read_days(snapshots, pack, override)) if snapshots else sample_days(pack)
    if not days:
        raise OptionError("SNAPSHOTS", "these rules have no sample days; name a snapshot or a folder of them")
    return days


def _exit(failed: bool) -> Any:
    click.get_current_context().exit(_FAILED if failed else 0)
