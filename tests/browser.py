"""Check pages in a real browser and save screenshots of them: `nox -s browser`."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from conftest import FAMILY
from playwright.sync_api import sync_playwright
from test_html import HOSTILE, filled_with

import vaekstaftale
from vaekstaftale.html.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

DAY = date(2018, 1, 1)
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

#: A browser takes no screenshot of more than this height.
MAX_HEIGHT = 16_000


def pages() -> dict[str, str]:
    """Return the pages to check, by name."""
    agreement = vaekstaftale.bundled.load("syddanmark-2017")
    hostile_agreements = [filled_with(text) for text in HOSTILE]
    frame = page(agreement, DAY, base="about:srcdoc").replace("&", "&amp;").replace('"', "&quot;")
    return {
        "bundled": vaekstaftale.to_html(agreement, on=DAY),
        "bundled-en": vaekstaftale.to_html(agreement, on=DAY, language="en"),
        "family": vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=DAY),
        "family-en": vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=DAY, language="en"),
        **{
            f"hostile-{number}": vaekstaftale.to_html(hostile, on=DAY)
            for number, hostile in enumerate(hostile_agreements)
        },
        "hostile-all": vaekstaftale.to_html(hostile_agreements, on=DAY),
        "notebook": f'<!DOCTYPE html><title>x</title><iframe sandbox="allow-popups" srcdoc="{frame}"></iframe>',
    }


def errors_of(browser: Browser, path: Path) -> Iterator[str]:
    """Yield every error of a page, at each width and in each colour scheme."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            for error in (
                *browser_errors(browser, path, width, scheme),
                *accessibility_errors(browser, path, width, scheme),
            ):
                yield f"{path.stem} at {width} pixels, {scheme}: {error}"


def browser_errors(browser: Browser, path: Path, width: int, scheme: Any) -> list[str]:
    """Return the page's messages, dialogs and requests, and its excess width; save a screenshot."""
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    errors: list[str] = []
    view.on("console", lambda message: errors.append(message.text))
    view.on("dialog", lambda dialog: errors.append(f"opens a dialog: {dialog.message}"))
    view.on("request", lambda request: errors.append(f"asks for {request.url}"))
    view.goto(path.as_uri())
    errors.remove(f"asks for {path.as_uri()}")
    excess_width = view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    full_page = view.evaluate("document.documentElement.scrollHeight") < MAX_HEIGHT
    view.screenshot(path=path.with_name(f"{path.stem}-{width}-{scheme}.png"), full_page=full_page)
    view.close()
    return [*errors, f"{excess_width} pixels wider than the window"] if excess_width else errors


def accessibility_errors(browser: Browser, path: Path, width: int, scheme: Any) -> list[str]:
    """Return the violations that axe-core finds. The page's policy forbids its script, so the policy is bypassed."""
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
    view = context.new_page()
    view.goto(path.as_uri())
    view.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    violations = Axe().run(view).response["violations"]
    context.close()
    return [
        f"{violation['id']}: {violation['help']}: {violation['nodes'][0]['html'][:200]}" for violation in violations
    ]


def frame_errors(browser: Browser, path: Path) -> Iterator[str]:
    """Follow a link of the page in a notebook's frame; yield an error if it leads out of the page."""
    view = browser.new_page()
    view.goto(path.as_uri())
    frame = view.frames[1]
    frame.click(".promise a[href^='#place-'] >> nth=0")
    view.wait_for_timeout(300)
    if not frame.url.startswith("about:srcdoc#place-") or not frame.evaluate("window.scrollY"):
        yield f"a link leads to {frame.url}"
    view.close()


def main(folder: Path) -> int:
    """Write the pages to a folder, check them, and print every error."""
    folder.mkdir(parents=True, exist_ok=True)
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for name, text in pages().items():
            path = folder / f"{name}.html"
            path.write_text(text, encoding="utf-8")
            errors += errors_of(browser, path) if name != "notebook" else frame_errors(browser, path)
            print(path)
        view = browser.new_page()
        view.goto((folder / "bundled.html").as_uri())
        view.pdf(path=folder / "bundled.pdf", format="A4")
        browser.close()
    print(*errors, sep="\n")
    print(f"{len(pages())} pages, {len(errors)} things wrong")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
