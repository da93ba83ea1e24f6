"""The day's moves as a picture: bars for the page, and the same as SVG and PNG for a CMS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader

from wrapgen import Snapshot

_VENDOR = Path(__file__).parent / "static" / "vendor"
_FONTS = [str(_VENDOR / f"inter-{weight}.ttf") for weight in (400, 600)]
_WIDTH, _ROW, _TOP = 640, 26, 54
_LABEL = 190  # of the width, for names
_FIGURE = 64  # for figures beside the longest bar, on either side
_PNG_ZOOM = 2  # for screens with two dots a pixel


class Bar(NamedTuple):
    """One market: ``x`` and ``width`` in the picture, ``y`` its top; ``pointer`` is where it stands in the snapshot."""

    name: str
    pointer: str
    figure: str
    way: str
    x: float
    width: float
    y: float
    text_x: float
    anchor: str


class Chart(NamedTuple):
    """All that the template draws. ``zero`` is where bars begin."""

    title: str
    width: int
    height: int
    zero: float
    bars: tuple[Bar, ...]


def chart_of(snapshot: Snapshot, region: str, percent: str = "%") -> Chart | None:
    """The moves of the region's own markets, the largest rise first; None where no figure was sent."""
    moved = [
        (market, market.change_pct)
        for market in snapshot.markets
        if market.role == "main" and market.kind == "index" and market.change_pct is not None and not market.closed
    ]
    if not moved:
        return None
    moved.sort(key=lambda pair: -pair[1])
    lowest, highest = min(0.0, moved[-1][1]), max(0.0, moved[0][1])
    room = _WIDTH - _LABEL - 2 * _FIGURE
    scale = room / ((highest - lowest) or 1)
    zero = _LABEL + _FIGURE - lowest * scale
    bars = []
    for number, (market, move) in enumerate(moved):
        end = zero + move * scale
        bars.append(
            Bar(
                name=market.short_name,
                pointer=market.pointer,
                figure=f"{move:+.2f}".rstrip("0").rstrip(".").replace("-", "−") + percent if move else f"0{percent}",
                way="up" if move > 0 else "down" if move < 0 else "flat",
                x=round(min(zero, end), 1),
                width=round(max(abs(end - zero), 1), 1),
                y=_TOP + number * _ROW,
                text_x=round(end + (6 if move >= 0 else -6), 1),
                anchor="start" if move >= 0 else "end",
            )
        )
    title = f"{region}, {snapshot.date:%A} {snapshot.date.day} {snapshot.date:%B %Y}, {snapshot.phase}"
    return Chart(title, _WIDTH, _TOP + len(bars) * _ROW + 30, round(zero, 1), tuple(bars))


_ENVIRONMENT = Environment(
    loader=PackageLoader("wrapgen.preview"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def svg(chart: Chart) -> str:
    """A whole SVG document, with colours of its own."""
    return _ENVIRONMENT.get_template("chart.svg").render(chart=chart, whole=True)


def png(chart: Chart) -> bytes:
    """The same as a PNG, twice as many dots wide as the SVG has units."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg(chart), zoom=_PNG_ZOOM, font_files=_FONTS, sans_serif_family="Inter"))


def sparkline(closes: Iterable[float], width: int = 96, height: int = 22) -> str:
    """Points of a polyline through the closes, for an SVG of that size; empty for fewer than two."""
    values: Sequence[float] = tuple(closes)
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step, scale = width / (len(values) - 1), (height - 4) / ((high - low) or 1)
    return " ".join(f"{n * step:.1f},{height - 2 - (value - low) * scale:.1f}" for n, value in enumerate(values))
