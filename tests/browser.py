"""Looks at pages in a real browser: `nox -s browser`. Says what is wrong, and leaves pictures to be looked at."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from conftest import FAMILY
from playwright.sync_api import sync_playwright
from test_html import HOSTILE, everywhere

import vaekstaftale
from vaekstaftale.html.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

DAY = date(2018, 1, 1)
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

#: A browser makes no picture that is higher.
MOST_PIXELS = 16_000


def pages() -> dict[str, str]:
    """Give the pages to look at, by name."""
    agreement = vaekstaftale.bundled.load("syddanmark-2017")
    hostile = [everywhere(words) for words in HOSTILE]
    frame = page(agreement, DAY, base="about:srcdoc").replace("&", "&amp;").replace('"', "&quot;")
    return {
        "bundled": vaekstaftale.to_html(agreement, on=DAY),
        "family": vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=DAY),
        **{f"hostile-{number}": vaekstaftale.to_html(one, on=DAY) for number, one in enumerate(hostile)},
        "hostile-all": vaekstaftale.to_html(hostile, on=DAY),
        "notebook": f'<!DOCTYPE html><title>x</title><iframe sandbox="allow-popups" srcdoc="{frame}"></iframe>',
    }


def look(browser: Browser, path: Path) -> Iterator[str]:
    """Open a page in each width and scheme; give all that is wrong with it."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            for told in (*seen(browser, path, width, scheme), *checked(browser, path, width, scheme)):
                yield f"{path.stem} at {width} pixels, {scheme}: {told}"


def seen(browser: Browser, path: Path, width: int, scheme: Any) -> list[str]:
    """Give what a page says or asks for that it should not, and by how much it is too wide; leave a picture."""
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    wrong: list[str] = []
    view.on("console", lambda message: wrong.append(message.text))
    view.on("dialog", lambda dialog: wrong.append(f"opens a dialog: {dialog.message}"))
    view.on("request", lambda request: wrong.append(f"asks for {request.url}"))
    view.goto(path.as_uri())
    wrong.remove(f"asks for {path.as_uri()}")
    wider = view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    whole = view.evaluate("document.documentElement.scrollHeight") < MOST_PIXELS
    view.screenshot(path=path.with_name(f"{path.stem}-{width}-{scheme}.png"), full_page=whole)
    view.close()
    return [*wrong, f"{wider} pixels wider than the window"] if wider else wrong


def checked(browser: Browser, path: Path, width: int, scheme: Any) -> list[str]:
    """Give what axe-core finds. It is a script, which the page's policy forbids, so here the policy is off."""
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}, color_scheme=scheme)
    view = context.new_page()
    view.goto(path.as_uri())
    violations = Axe().run(view).response["violations"]
    context.close()
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in violations]


def follow_in_frame(browser: Browser, path: Path) -> Iterator[str]:
    """Follow a link of the page inside a notebook's frame."""
    view = browser.new_page()
    view.goto(path.as_uri())
    frame = view.frames[1]
    frame.click(".promise a[href^='#quote-'] >> nth=0")
    view.wait_for_timeout(300)
    if not frame.url.startswith("about:srcdoc#quote-") or not frame.evaluate("window.scrollY"):
        yield f"a link leads to {frame.url}"
    view.close()


def main(folder: Path) -> int:
    """Write the pages to a folder, look at them, and tell what is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for name, text in pages().items():
            path = folder / f"{name}.html"
            path.write_text(text, encoding="utf-8")
            wrong += look(browser, path) if name != "notebook" else follow_in_frame(browser, path)
            print(path)
        view = browser.new_page()
        view.goto((folder / "bundled.html").as_uri())
        view.pdf(path=folder / "bundled.pdf", format="A4")
        browser.close()
    print(*wrong, sep="\n")
    print(f"{len(pages())} pages, {len(wrong)} things wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
