"""How long an editor waits: from a pasted snapshot to the article on the screen, and from a key to checked claims.

    python -m bench.desk

In a real Chromium, against a server in this process, beside a floor in the same run: the same browser and server with
nothing to decide (GET /healthz). Times are those of the page: from the click, or the key, to what it shows.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from wrapgen.service.app import create_app
from wrapgen.service.local import listen
from wrapgen.service.settings import Settings

SEED = Path(__file__).resolve().parents[1] / "seeds" / "asia-2025-11-12-morning.json"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHASES = ("morning", "open", "midday", "afternoon")  # with five days, twenty stories
LIMITS = {"paste": 300.0, "key": 150.0}  # milliseconds
# The key is struck in the page itself, so that what drives the browser is not measured with it.
TYPE = """async (number) => {
    const line = document.querySelector("#line-3");
    line.focus();
    const text = line.textContent.replace(/[0-9.]+%/, `${number}.4%`);
    const checked = new Promise((resolve) => line.addEventListener("desk:checked", resolve, { once: true }));
    const start = performance.now();
    line.textContent = text;
    line.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await checked;
    await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""
# From the beginning of the navigation, which is the click, over the redirect to the first paint of the article.
PAINTED = """async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!painted()) await new Promise(requestAnimationFrame);
    return painted().startTime;
}"""
FLOOR = """async () => {
    const start = performance.now();
    await (await fetch("/healthz")).json();
    return performance.now() - start;
}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="of each measurement (20)")
    rounds = parser.parse_args().rounds
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium is installed", file=sys.stderr)
        return 2
    from playwright.sync_api import expect, sync_playwright

    text = SEED.read_text("utf-8")
    times: dict[str, list[float]] = {"floor": [], "paste": [], "key": []}
    with TemporaryDirectory() as state, sync_playwright() as playwright:
        server = listen(create_app(settings=Settings(state=Path(state))), "127.0.0.1", 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        address = f"http://127.0.0.1:{server.port}"
        for number in range(rounds + 1):
            # Another day or phase each time: the same again would be new data for the story that there is.
            day = text.replace("2025-11-12T", f"2025-11-{10 + number % 5:02}T")
            day = day.replace('"phase": "morning"', f'"phase": "{PHASES[number // 5 % len(PHASES)]}"')
            page.goto(f"{address}/data")
            expect(page.locator(".cm-content")).to_be_visible()
            page.evaluate("text => { document.querySelector('[data-editor]').value = text; }", day)
            page.evaluate("document.querySelector('#data-form').submit()")
            page.locator(".text h1 .line").wait_for()
            pasted = page.evaluate(PAINTED)
            floor, key = page.evaluate(FLOOR), page.evaluate(TYPE, number + 3)
            if number:  # the first fills caches
                times["paste"].append(pasted)
                times["floor"].append(floor)
                times["key"].append(key)
        browser.close()
        server.shutdown()
    names = {"floor": "a request and its answer", "paste": "paste to article", "key": "key to checked claims"}
    print(f"{'':28}{'median':>12}{'9 in 10':>12}  limit")
    for name, found in times.items():
        median, most = statistics.median(found), sorted(found)[len(found) * 9 // 10]
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"{limit:.0f} ms, {'met' if median <= limit else 'MISSED'}"
        print(f"{names[name]:28}{median:9.1f} ms{most:9.1f} ms  {verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
