"""Errors in figures: digits, units, spans, runs, dates."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from typing import Any

from tests.check.planted.page import Line, Page, Run
from tests.check.planted.plants import Change, Edit, mutator

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w%]*\d)(?: (million|billion|trillion))?")
FIGURES = (
    r"/markets/\d+/(?:change_pct|change|level)",
    r"/stocks/\d+/(?:change_pct|contribution_points|price)",
    r"/sectors/\d+/change_pct",
    r"/breadth/\d+/\w+",
    r"/volume/\d+/(?:turnover|average|shares)",
    r"/events/\d+/(?:shares|value|actual|consensus|prior|rate|size_bp|target_price)",
    r"/events/\d+/figures/\d+/units",
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)


def figures(page: Page) -> Iterator[tuple[Line, Run, float, str]]:
    """(line, run, true value without its sign, pointer) of every run that states one number of the snapshot."""
    for line in page.lines:
        for run in line.runs:
            for pointer in run.pointers:
                if any(re.fullmatch(pattern, pointer) for pattern in FIGURES):
                    value = _amount(page.value(pointer))
                    if value is not None and len(NUMBER.findall(run.text)) == 1:
                        yield line, run, abs(value), pointer


def _amount(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("amount")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _scale(match: re.Match[str]) -> int:
    return {"million": 10**6, "billion": 10**9, "trillion": 10**12}.get(match[1] or "", 1)


def _step(digits: str) -> float:
    """A unit of the last digit shown."""
    return float(10.0 ** -len(digits.partition(".")[2]))


def _shown(number: float, like: str) -> str:
    places = len(like.partition(".")[2])
    return f"{number:,.{places}f}" if "," in like or number >= 10_000 and "." not in like else f"{number:.{places}f}"


@mutator("last digit")
def last_digit(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A figure is one off in the last digit shown; one that is known only about, by a good deal."""
    for line, run, value, pointer in figures(page):
        match = NUMBER.search(run.text)
        assert match is not None
        digits = match[0].split()[0]
        step = _step(digits)
        number = float(digits.replace(",", ""))
        about = page.approximate(pointer) or re.search(
            r"about|nearly|than|almost|around|minus", page.text[max(line.start, run.start - 12) : run.start]
        )
        by = rng.choice((1, -1)) * step * (4 if about else 1)
        new = number + by if number + by > 0 else number - by
        if abs(new * _scale(match) - value) < 0.6 * step * _scale(match):
            continue
        yield _in_run(line, run, match.start(), match.start() + len(digits), _shown(new, digits))


@mutator("digits")
def digits_slip(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A figure's first digit is wrong, two digits change places, or its point slips."""
    for line, run, value, _ in figures(page):
        match = NUMBER.search(run.text)
        assert match is not None
        digits = match[0].split()[0]
        number = float(digits.replace(",", ""))
        bare = digits.replace(",", "")
        made = [f"{int(bare[0]) % 9 + 1}{bare[1:]}", _shown(number * 10, digits)]
        if len(bare) > 3 and bare[:2].isdigit() and bare[0] != bare[1] and bare[1] != "0":
            made.append(bare[1] + bare[0] + bare[2:])
        new = float(rng.choice(made).replace(",", ""))
        if abs(new * _scale(match) - value) < max(2 * _step(digits), 0.05 * number) * _scale(match):
            continue
        yield _in_run(line, run, match.start(), match.start() + len(digits), _shown(new, digits))


@mutator("borrowed")
def borrowed(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A true figure of the day that belongs to something else."""
    told = list(figures(page))
    for line, run, value, pointer in told:
        sort = pointer.rpartition("/")[2]
        others = [
            other
            for _, other, amount, there in told
            if there.rpartition("/")[2] == sort
            and page.at(there) != page.at(pointer)
            and abs(amount - value) > max(0.15, 0.02 * value)
            and _frame(other.text) == _frame(run.text)
            and not may_stand_for(other.text, value)
        ]
        if others and not page.approximate(pointer):
            yield _in_run(line, run, 0, len(run.text), rng.choice(others).text)


def may_stand_for(text: str, value: float) -> bool:
    """Whether the number in a text may stand for a value, as that many digits show it."""
    match = NUMBER.search(text)
    assert match is not None
    digits = match[0].split()[0]
    return abs(float(digits.replace(",", "")) * _scale(match) - value) < 0.6 * _step(digits) * _scale(match)


def _frame(text: str) -> str:
    """What stands around the number: its unit."""
    return NUMBER.sub("#", text)


@mutator("event figure")
def event_figure(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A number in what is told of an event is another number."""
    for line in page.lines:
        for run in line.runs:
            if not run.pointers or not all(p.startswith("/events/") for p in run.pointers):
                continue
            for match in NUMBER.finditer(run.text):
                digits = match[0].split()[0].rstrip(",")
                number = float(digits.replace(",", ""))
                if (
                    "." not in digits
                    and number < 2
                    or re.match(r"-?\w*[A-Za-z]", run.text[match.start() + len(digits) :])
                ):
                    continue
                if 1900 <= number <= 2100 and "," not in digits:
                    new = str(int(number) + rng.choice((-2, 1, 2)))
                else:
                    step = _step(digits) if number < 20 else max(_step(digits), 10.0 ** (len(str(int(number))) - 2))
                    new = _shown(number + rng.choice((1, 2, 3)) * step, digits)
                if new not in page.data:
                    yield _in_run(line, run, match.start(), match.start() + len(digits), new)


@mutator("unit")
def unit(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Points for percent, a million for a billion, one currency for another."""
    for line, run, _, pointer in figures(page):
        text = run.text
        rest = page.text[run.end : line.end]
        made: list[tuple[int, int, str]] = []
        subject = page.at(pointer)
        points = abs(getattr(subject, "change", None) or 0.0)
        for match in re.finditer(r"%| per cent", text):
            if may_stand_for(text, points):
                continue  # as many points as percent
            level = pointer.endswith("level")
            made.append(
                (match.start(), match.end(), rng.choice((" points", " basis points")) if not level else " points")
            )
        for match in re.finditer(r" basis points?", text):
            made.append((match.start(), match.end(), rng.choice(("%", " percentage points"))))
        for match in re.finditer(r"(?<!basis)(?<!percentage) points?", text):
            made.append((match.start(), match.end(), rng.choice(("%", " basis points"))))
        for match in re.finditer(r"(m|b|tr)illion", text):
            new = {"m": ("billion",), "b": ("million", "trillion"), "tr": ("billion",)}[match[1]]
            made.append((match.start(), match.end(), rng.choice(new)))
        for match in re.finditer(r"(?<![A-Za-z])[$€£¥](?=\d)|HK\$|A\$|C\$|US\$", text):
            made.append((match.start(), match.end(), rng.choice([c for c in ("€", "£", "¥", "$") if c != match[0]])))
        for match in re.finditer(r" (yen|dollars|euros|won|Swedish kronor|kroner|rupees|pounds)$", text):
            made.append((match.start() + 1, match.end(), rng.choice([c for c in ("yen", "euros") if c != match[1]])))
        if not made and (match := re.match(r" (yen|dollars|euros|won|rupees)\b", rest)):
            made.append((len(text) + 1, len(text) + match.end(), "euros" if match[1] != "euros" else "yen"))
        if made:
            start, end, new = rng.choice(made)
            yield _in_run(line, run, start, end, new)


@mutator("date")
def date(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Another weekday, month, day of the month or part of the session."""
    for line in page.lines:
        match = re.match(r"On Wall Street (overnight|in the previous session|on \w+day)(?=,)", line.text)
        if match:  # yesterday's session set on today or on a day before it
            today = page.snapshot.date.weekday()
            new = f"on {WEEKDAYS[min(today, 4)]}" if rng.random() < 0.5 else f"on {WEEKDAYS[(today + 2) % 5]}"
            yield Edit(line, (Change(line.start + match.start(1), line.start + match.end(1), new),))
        for run in line.runs:
            if run.states(r"/as_of"):
                yield from _weekday(line, run, rng)
            elif run.states(r"/phase"):
                for old, new in (
                    ("in morning", "in afternoon"),
                    ("in afternoon", "in morning"),
                    ("by midday", "at the close"),
                ):
                    if old in run.text:
                        at = run.text.index(old)
                        yield _in_run(line, run, at, at + len(old), new)
            elif run.states(r"/events/\d+/when"):
                yield from _weekday(line, run, rng)
                match = re.search("|".join(MONTHS), run.text)
                if match:
                    day = re.search(r"\b\d{1,2}\b", run.text)
                    if day and rng.random() < 0.5:
                        new_day = int(day[0]) % 28 + rng.choice((1, 2))
                        if new_day != int(day[0]):
                            yield _in_run(line, run, day.start(), day.end(), str(new_day))
                            continue
                    new = MONTHS[(MONTHS.index(match[0]) + rng.choice((2, 4, 7))) % 12]
                    yield _in_run(line, run, match.start(), match.end(), new)


def _weekday(line: Line, run: Run, rng: random.Random) -> Iterator[Edit]:
    match = re.search("|".join(WEEKDAYS), run.text)
    if match:
        new = WEEKDAYS[(WEEKDAYS.index(match[0]) + rng.choice((1, 2, 3, 4))) % 5]
        yield _in_run(line, run, match.start(), match.end(), new)


# -- spans and runs


def milestones(page: Page) -> Iterator[tuple[Line, Run]]:
    for line in page.lines:
        for run in line.runs:
            if any(re.search(r"/milestone(?:/\d+)?$", p) for p in run.pointers) or any(
                d.name.startswith("milestone") for d in run.derived
            ):
                yield line, run


def _closes(page: Page, run: Run) -> list[tuple[dt.date, float]]:
    """The history of the market whose milestone a run states, if any was sent."""
    for derived in run.derived:
        for source in derived.sources:
            if found := re.match(r"/history/([^/]+)", source):
                series = page.snapshot.history[found[1].replace("~1", "/").replace("~0", "~")]
                return list(zip(series.dates, series.closes, strict=True))
    for pointer in run.pointers:
        market = page.at(pointer)
        if market is not None and hasattr(market, "id") and market.id in page.snapshot.history:
            series = page.snapshot.history[market.id]
            return list(zip(series.dates, series.closes, strict=True))
    return []


@mutator("since")
def since(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A superlative reaches further back than the data say: a longer span, an earlier date, another peak."""
    for line, run in milestones(page):
        text = run.text
        first = _closes(page, run)[0][0] if _closes(page, run) else None
        match = re.search(
            rf"(?i)\bsince ((?:early |mid-|late )?(?:{'|'.join(MONTHS)})(?: \d{{1,2}})?,? ?)?(\d{{4}})?", text
        )
        if match and (match[1] or match[2]):
            year = int(match[2] or page.snapshot.date.year) - rng.choice((2, 3, 6))
            if first and first.year <= year:
                continue
            at = match.end() - len(match[0]) + len("since ")
            shown = f"{(match[1] or '').rstrip(' ,')} {year}".strip()
            if re.search(r" \d{1,2}$", (match[1] or "").rstrip(" ,")):
                shown = f"{(match[1] or '').rstrip(' ,')}, {year}"
            yield _in_run(line, run, at, match.end(), shown)
            continue
        match = re.search(r"(?i)\bin (?:more than |at least |over )?([\w-]+) (week|month|year)(s?)\b", text)
        if match:
            many = rng.choice(("six", "eight", "nine")) if match[2].lower() == "year" else rng.choice(("five", "seven"))
            if many == match[1].lower():
                continue
            if first and (page.snapshot.date - first).days > 365 * 5:
                continue
            at = match.start(1)
            yield _in_run(line, run, at, match.end(), f"{many} years")
            continue
        match = re.search(r"\b([A-Z][a-z]+)-(Year|Month|Week)\b", text)
        if match and match[1].lower() in CARDINALS:
            many = "Fifteen" if match[2] == "Year" else "Twelve"
            yield _in_run(line, run, match.start(), match.end(), f"{many}-Year")
    for line in page.lines:
        for run in line.runs:
            if run.states(r".*/near") or any(d.name == "near" for d in run.derived):
                match = re.search("|".join(MONTHS), run.text)
                if match:
                    new = MONTHS[(MONTHS.index(match[0]) + rng.choice((4, 6, 8))) % 12]
                    yield _in_run(line, run, match.start(), match.end(), new)


_EXTREMES = {
    "highest": "lowest",
    "lowest": "highest",
    "best": "worst",
    "worst": "best",
    "record high": "record low",
    "record low": "record high",
    "peak": "trough",
    "trough": "peak",
}


@mutator("extreme")
def extreme(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Lowest for highest, worst for best, a record low for a record high."""
    found = re.compile("|".join(_EXTREMES) + r"|(?<=-Year )High|(?<=-Year )Low|(?<=-Month )High|(?<=-Month )Low", re.I)
    for line, run in [*milestones(page), *((ln, r) for ln in page.lines for r in ln.runs if r.states(".*/near"))]:
        match = found.search(run.text)
        if match:
            new = _EXTREMES.get(match[0].lower()) or {"high": "low", "low": "high"}[match[0].lower()]
            shown = " ".join(w.capitalize() for w in new.split()) if match[0][0].isupper() else new
            yield _in_run(line, run, match.start(), match.end(), shown)
    for line in page.lines:
        for old, new in (("just short of a record", "to a record"), ("Nears Record", "Hits Record")):
            at = line.start + line.text.find(old)
            if old in line.text:
                yield Edit(line, (Change(at, at + len(old), new),))


@mutator("streak")
def streak(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A run of sessions is longer than it was, is said to have ended where it goes on, or went the other way."""
    for line in page.lines:
        for run in line.runs:
            if not (run.states(r".*/streak/sessions") or any(d.name == "streak" for d in run.derived)):
                continue
            for words in (CARDINALS, ORDINALS):
                match = re.search(rf"(?i)\b(?:{'|'.join(words)})\b", run.text)
                if match:
                    at = words.index(match[0].lower()) + rng.choice((1, 2, 3))
                    if at < len(words):
                        new = words[at].capitalize() if match[0][0].isupper() else words[at]
                        yield _in_run(line, run, match.start(), match.end(), new)
            for old, new in (
                ("extending its winning run to", "ending its winning run at"),
                ("extending its losing run to", "ending its losing run at"),
                ("ended a ", "extended a "),
                ("run of losses", "run of gains"),
                ("run of gains", "run of losses"),
                ("sessions of gains", "sessions of losses"),
                ("sessions of losses", "sessions of gains"),
                ("losing run", "winning run"),
                ("winning run", "losing run"),
            ):
                at = line.text.find(old)
                if at >= 0:
                    yield Edit(line, (Change(line.start + at, line.start + at + len(old), new),))


def _in_run(line: Line, run: Run, start: int, end: int, new: str) -> Edit:
    return Edit(line, (Change(run.start + start, run.start + end, new),))
