"""The site is made of the pages without a warning and without network, and shows what the library offers."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile

import quoteminer

from .environments import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # Whatever would be fetched is not: the proxy does not exist.
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", folder / "read", "docs", folder / "site"]
    done = subprocess.run(command, cwd=ROOT, env={**nowhere, "PATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_every_public_name_is_in_the_reference(site):
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    described = {name for kind, names in inventory.data.items() if kind.startswith("py:") for name in names}
    assert {f"quoteminer.{name}" for name in quoteminer.__all__} - described == {"quoteminer.__version__"}


class _Links(HTMLParser):
    """Where a page leads, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loaded: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.add(given["href"] or "")
        elif tag in ("img", "script") and given.get("src"):
            self.loaded.add(given["src"] or "")
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.loaded.add(given["href"] or "")


def test_every_link_inside_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site):
    pages = [page for page in site.rglob("*.html") if page.parent.name != "gallery"]
    assert len(pages) > 50
    for page in pages:
        found = _Links()
        found.feed(page.read_text(encoding="utf-8"))
        for target in found.links | found.loaded:
            path = re.sub(r"[?#].*", "", target)
            if target in found.loaded:
                assert "://" not in target, (page.name, target)
            if path and "://" not in path and not path.startswith("mailto:"):
                assert (page.parent / path).exists(), (page.name, target)


def test_the_gallery_shows_what_is_found(site):
    shown = {page.stem: page.read_text(encoding="utf-8") for page in (site / "gallery").iterdir()}
    assert set(re.findall(r'href="gallery/(\w+)\.html"', (site / "gallery.html").read_text(encoding="utf-8"))) == set(shown)
    assert "Mark Rutte" in shown["news"]
    assert all('http-equiv="Content-Security-Policy"' in page for page in shown.values())
