"""Which rules fired on which days, and which never did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import wrapgen
from wrapgen.article import Article
from wrapgen.errors import OptionError
from wrapgen.explain import numbered
from wrapgen.rulepack.pack import RulePack
from wrapgen.text import Sentence
from wrapgen.trials.days import Day


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule on a day: the first sentence that it had a part in, and in how many of the day's articles it had one."""

    day: str
    sentence: str
    articles: int


@dataclass(frozen=True, slots=True)
class Fired:
    """What was said on some days. ``rules`` has the firings of each rule by its ``file:line name``, by day.

    ``verbs`` has the days of each verb of a move; ``days`` those that were written, ``articles`` how many articles;
    ``patterns`` the ids of all patterns that were heard.
    """

    days: tuple[str, ...]
    articles: int
    rules: Mapping[str, tuple[Firing, ...]]
    verbs: Mapping[str, tuple[Firing, ...]]
    patterns: frozenset[str] = frozenset()

    def heard_patterns(self, pack: RulePack) -> tuple[int, int]:
        """How many of the pack's patterns were heard, of how many."""
        every = [pattern.id for entry in pack.entries for pattern in entry.patterns]
        return sum(pattern in self.patterns for pattern in every), len(every)

    def never(self, pack: RulePack) -> tuple[str, ...]:
        """The entries that fired on none of the days, in the order of the files."""
        return tuple(entry.rule for entry in pack.entries if entry.rule not in self.rules)

    def always(self) -> tuple[str, ...]:
        """The rules that fired on every day."""
        return tuple(rule for rule, firings in self.rules.items() if len(firings) == len(self.days) > 1)


@dataclass(frozen=True, slots=True)
class Ways:
    """The articles that are written of a day: every style in every length and variant, and each story it supports."""

    styles: tuple[str, ...]
    lengths: tuple[str, ...] = ("standard",)
    variants: tuple[int, ...] = (0,)
    angles: bool = False


def every_way(pack: RulePack) -> Ways:
    """Enough articles of a day that what can be said of it is said."""
    return Ways(tuple(sorted(pack.styles)), ("standard", "brief", "long"), tuple(range(8)), angles=True)


def standard_ways(pack: RulePack) -> Ways:
    """What readers get: every style as it is, in two wordings."""
    return Ways(tuple(sorted(pack.styles)), variants=(0, 1))


def fired(pack: RulePack, days: Iterable[Day], ways: Ways) -> Fired:
    """Writes the days, and notes what had a part in it. The claims are not checked here."""
    rules: dict[str, dict[str, Firing]] = {}
    verbs: dict[str, dict[str, Firing]] = {}
    written: list[str] = []
    patterns: set[str] = set()
    count = 0
    for day in days:
        if day.snapshot is None:
            continue
        written.append(day.name)
        for article in _articles(pack, day, ways):
            count += 1
            seen: dict[str, str] = {}
            said: dict[str, str] = {}
            for _, _, sentence in numbered(article):
                patterns.update(sentence.patterns)
                for rule in sentence.rules:
                    seen.setdefault(rule, sentence.text)
                for verb in _verbs(pack, sentence):
                    said.setdefault(verb, sentence.text)
            _note(rules, day.name, seen)
            _note(verbs, day.name, said)
    return Fired(tuple(written), count, _frozen(rules), _frozen(verbs), frozenset(patterns))


def _articles(pack: RulePack, day: Day, ways: Ways) -> Iterator[Article]:
    assert day.snapshot is not None
    stories: Sequence[str | None] = (None,)
    if ways.angles:
        ranked = wrapgen.rank_angles(day.snapshot, rules=pack)
        stories = (None, *(angle.name for angle in ranked if angle.supported))
    for story in stories:
        for style in ways.styles if story is None else ways.styles[:1]:
            for length in ways.lengths if story is None else ways.lengths[:1]:
                for variant in ways.variants if story is None else ways.variants[:3]:
                    try:
                        yield wrapgen.write(
                            day.snapshot,
                            style=style,
                            angle=story,
                            variant=variant,
                            length=length,
                            rules=pack,
                            check=False,
                        )
                    except OptionError:
                        continue


def _verbs(pack: RulePack, sentence: Sentence) -> Iterator[str]:
    """The verbs of moves in a sentence, by their lemma."""
    lemmas = {say.split()[0] for say in pack.lexicon.by_say}
    for token in sentence.tokens:
        if token.ref is None:
            for word in token.text.split():
                found = pack.lexicon.lemma_of(word.strip(",.;:"))
                if found is not None and found[0] in lemmas:
                    yield found[0]


def _note(found: dict[str, dict[str, Firing]], day: str, said: Mapping[str, str]) -> None:
    for name, sentence in said.items():
        days = found.setdefault(name, {})
        before = days.get(day)
        days[day] = Firing(day, before.sentence if before else sentence, (before.articles if before else 0) + 1)


def _frozen(found: Mapping[str, Mapping[str, Firing]]) -> dict[str, tuple[Firing, ...]]:
    return {name: tuple(days.values()) for name, days in sorted(found.items())}
