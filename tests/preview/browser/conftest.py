"""The desk in a real browser: one Chromium and one server for the tests of a process.

Where there is no Chromium the tests are skipped, and say so; ``.ci/test`` installs one where it may.
Screenshots are kept in ``build/screens``.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.preview.conftest import ROOT
from wrapgen.service.app import create_app
from wrapgen.service.local import listen
from wrapgen.service.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENS = ROOT / "build" / "screens"
# Nothing of the browser's own goes out while the tests run.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDTHS = {"phone": 390, "laptop": 1440}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def rules() -> Any:
    import wrapgen

    return wrapgen.load_rules()


@pytest.fixture
def address(tmp_path: Path, rules: Any) -> Iterator[str]:
    """A desk of its own for every test."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    app = create_app(rules, Settings(state=tmp_path, inbox=inbox, webhooks=("http://127.0.0.1:9/in",)))
    server = listen(app, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the desk. What the browser complains of, and every request to elsewhere, fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str = "/", width: int = 1440, scheme: str = "light", strict: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: _outside(sent.url, address, complaints))
        if strict:
            page.on("console", lambda told: complaints.append(told.text) if _complains(told) else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _complains(told: ConsoleMessage) -> bool:
    """Whether it is an error, and none of the refusals that a test asks for."""
    return told.type == "error" and not any(f"status of {status}" in told.text for status in (403, 409, 422))


def _outside(url: str, address: str, complaints: list[str]) -> None:
    """Note a request that goes to another machine."""
    if not url.startswith((address.rpartition(":")[0], "data:", "blob:")):
        complaints.append(f"asked for {url}")


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True, caret="initial")


def take_in(page: Page, address: str, text: str) -> None:
    """Paste a snapshot and write the article."""
    page.goto(f"{address}/data")
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    editor.focus()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    expect(page.locator("#verdict")).to_have_text("This can be written from.")
    page.get_by_role("button", name="Write the article").click()
    expect(page.locator("#story")).to_be_visible()
