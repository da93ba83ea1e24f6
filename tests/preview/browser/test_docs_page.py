"""The documentation page of the service in a real browser: all of the API on it, and nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.preview.browser.conftest import WIDTHS, Open, shot
from tests.preview.browser.looks import cut

pytestmark = pytest.mark.xdist_group("docs page")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_tells_of_every_call_and_opens_one(open_page: Open, width: str) -> None:
    page = open_page("/docs", WIDTHS[width])
    expect(page.locator(".opblock-summary-path", has_text="/v1/wraps/batch")).to_be_visible()
    told = {path.replace("\u200b", "") for path in page.locator(".opblock-summary-path").all_inner_texts()}
    asked = page.evaluate("fetch('openapi.json').then(answer => answer.json()).then(all => Object.keys(all.paths))")
    assert told == set(asked)
    assert cut(page) == []
    page.locator(".opblock-summary-path", has_text="/v1/angles").click()
    expect(page.locator(".opblock.is-open").get_by_text("asia-pacific").first).to_be_visible()
    shot(page, f"docs-{width}")
