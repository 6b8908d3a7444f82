"""Fixtures that walk pages in a real browser, at phone and desk width.

    @pytest.mark.browser
    def test_a_user_builds_a_report(visit, user):
        page = visit("/initiatives", width=390, user=user)
        …
        assert_accessible(page)

All of them run on one worker of pytest-xdist (``--dist loadgroup``), and are skipped with a clear
message where Chromium is missing. ``KLUSTERMOTOR_CHROMIUM`` names another browser.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CHROMIUM = os.environ.get("KLUSTERMOTOR_CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
HEIGHTS = {390: 844, 1280: 900}
WIDTHS = tuple(HEIGHTS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on one worker, and skip them where there is no browser."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip("no browser here: install Debian's chromium"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that it is called from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, live_server: Any, client: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of the live server; logged in as ``user`` when one is given.

    The page fails the test for every error that its scripts or its content policy report.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1280,
        user: Any = None,
        language: str = "sv",
        dark: bool = False,
        javascript: bool = True,
    ) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale={"sv": "sv-SE", "nb": "nb-NO", "en": "en-GB"}[language],
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _note(line, page.url, faults))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _note(line: Any, url: str, faults: list[str]) -> None:
    if line.type == "error" and "the server responded with a status of" not in line.text:
        faults.append(f"{url}: {line.text}")


def assert_accessible(page: Any) -> None:
    """Fail with the list of what axe (WCAG 2.2 A and AA, best practice) finds on the page."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    lines = [
        f"{violation['id']}: {violation['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in violation["nodes"][:5])
        for violation in found
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def assert_fits(page: Any) -> None:
    """Fail when the page must be scrolled sideways, once a change of its width has settled."""
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for _while in range(30):
        extra = page.evaluate(too_wide)
        if extra <= 0:
            return
        page.wait_for_timeout(100)
    assert extra <= 0, f"{page.url} is {extra} px too wide at {page.viewport_size['width']} px"
