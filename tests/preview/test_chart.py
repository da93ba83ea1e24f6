"""The chart of the day's moves."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import wrapgen
from tests.preview.conftest import changed, seed
from wrapgen.preview.chart import chart_of, png, sparkline, svg


def test_bars_are_as_long_as_the_moves_and_nothing_leaves_the_picture() -> None:
    snapshot = wrapgen.read_snapshot(changed(seed(), AS51=-2.0, KS11=-0.5))
    chart = chart_of(snapshot, "Asia")
    assert chart is not None
    bars = {bar.name: bar for bar in chart.bars}
    assert round(bars["ASX 200"].width / bars["KOSPI"].width) == 4
    assert bars["ASX 200"].x + bars["ASX 200"].width == chart.zero == bars["Hang Seng"].x
    assert (bars["ASX 200"].figure, bars["ASX 200"].way, bars["Nikkei"].figure) == ("−2%", "down", "0%")
    assert [bar.name for bar in chart.bars][-1] == "ASX 200"
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= chart.width and bar.y + 26 <= chart.height


def test_markets_without_a_figure_are_not_drawn() -> None:
    document = seed()
    document["markets"] = [m for m in document["markets"] if "change_pct" not in m or m.get("role")]
    assert chart_of(wrapgen.read_snapshot(document), "Asia") is None


def test_the_picture_is_svg_with_names_escaped_and_png_of_twice_its_size() -> None:
    document = seed()
    document["markets"].append(
        {"id": "OURS", "name": "<Ours & Theirs>", "kind": "index", "place": "TW", "role": "main", "change_pct": 0.5}
    )
    chart = chart_of(wrapgen.read_snapshot(document), "Asia")
    assert chart is not None
    root = ElementTree.fromstring(svg(chart))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "<Ours & Theirs>" in texts and "Asia, Wednesday 12 November 2025, morning" in texts
    picture = png(chart)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (2 * chart.width, 2 * chart.height)


def test_a_sparkline_stays_in_its_box() -> None:
    assert sparkline([1.0]) == ""
    points = [tuple(map(float, point.split(","))) for point in sparkline([5, 1, 9, 4]).split()]
    assert points[0][0] == 0 and points[-1][0] == 96 and len(points) == 4
    assert min(y for _, y in points) == points[2][1] == 2 and max(y for _, y in points) == points[1][1] == 20
    assert sparkline([3, 3, 3])
