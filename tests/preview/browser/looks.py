"""How a page looks to everybody: nothing cut, nothing on top of another, no fault that axe finds."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
COLOURS = ("color-contrast", "link-in-text-block")  # all that can be other in dark than it is in light


def cut(page: Page) -> list[str]:
    """What is wider than the window, or cut off within its box."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const cut = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
            for (const item of document.querySelectorAll("main *, header *")) {
                if (item.closest(".cm-editor, .hidden, pre, svg") || !item.checkVisibility()) continue;
                const box = item.getBoundingClientRect();
                if (box.right > width + 1 || box.left < -1) {
                    cut.push(`${item.tagName}.${item.className}: ${item.textContent.slice(0, 40)}`);
                }
            }
            return cut;
        }"""
    )


def overlapping(page: Page) -> list[str]:
    """Lines, rows and controls that stand on one another."""
    return page.evaluate(
        """() => {
            const kinds = "button, input, select, a, h1, h2, h3, tr, .text p, .chart, meter, .badge";
            const items = [...document.querySelectorAll(kinds)]
                .filter((item) => item.checkVisibility() && !item.closest(".cm-editor, .hidden, .skip"));
            // Of what stands in a column that scrolls, the part that is seen.
            const seen = (item) => {
                const column = item.closest(".facts, .why")?.getBoundingClientRect();
                return [...item.getClientRects()].map((box) => !column ? box : {
                    left: box.left, right: box.right,
                    top: Math.max(box.top, column.top), bottom: Math.min(box.bottom, column.bottom),
                });
            };
            const placed = items.map((item) => [item, seen(item)]);
            const found = [];
            for (const [at, [one, ones]] of placed.entries()) {
                for (const [two, twos] of placed.slice(at + 1)) {
                    if (one.contains(two) || two.contains(one)) continue;
                    for (const a of ones) for (const b of twos) {
                        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                        const names = [one, two].map((item) => `${item.tagName} ${item.textContent.slice(0, 30)}`);
                        if (wide > 2 && high > 4) found.push(names.join(" on "));
                    }
                }
            }
            return [...new Set(found)].slice(0, 5);
        }"""
    )


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds, by all of its rules or by those that are named."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    options = {"resultTypes": ["violations"], **only}
    found = _AXE.run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
