"""The pictures of the page in the documentation: ``python -m tests.page.pictures [NAME…]``, with a browser installed."""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import quoteminer
from quoteminer import Document
from quoteminer.pictures import page

from .browser import browsing, program

ROOT: Final = Path(__file__).resolve().parents[2]
#: Name, width, height, colours, page, and what is done before the picture is taken.
PICTURES: Final = (
    ("page-desktop", 1440, 900, "light", "one", "document.querySelector('#q0-5').dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: 640, clientY: 690}))"),
    ("front", 1240, 620, "light", "ferry", "document.querySelector('#q0-3').dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: 860, clientY: 400}))"),
    ("page-phone", 390, 780, "light", "one", ""),
    ("page-dark", 1440, 900, "dark", "one", ""),
    ("page-many", 1440, 900, "light", "many", ""),
)  # fmt: skip
_MANY: Final = (
    "wire-nato",
    "wire-ferry",
    "court-orchard",
    "press-release-turbines",
    "parliament-canals",
    "feature-bells",
    "live-blog-flood",
)


def main(*wanted: str) -> None:
    """Write all pictures, or those that are named."""
    executable = program()
    assert executable is not None, "no browser is installed"
    stories = ROOT / "seeds"
    one = quoteminer.mine(
        Document((stories / "wire-nato.txt").read_text(encoding="utf-8"), id="wire-nato", title="Ready to take risks")
    )
    ferry = quoteminer.mine(Document((stories / "wire-ferry.txt").read_text(encoding="utf-8"), id="wire-ferry", title="Aground"))
    many = [
        quoteminer.mine(
            Document(
                (stories / f"{name}.txt").read_text(encoding="utf-8"),
                id=name,
                title=name.replace("-", " ").capitalize(),
                metadata={"date": f"2026-{at // 2 + 1:02}-{3 * at + 1:02}"},
            )
        )
        for at, name in enumerate(_MANY)
    ]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        paths = {name: Path(folder) / f"{name}.html" for name in ("one", "many", "ferry")}
        paths["one"].write_text(page(one), encoding="utf-8")
        paths["many"].write_text(page(many), encoding="utf-8")
        paths["ferry"].write_text(page(ferry), encoding="utf-8")
        with browsing(executable, Path(profile)) as tab:
            for name, width, height, scheme, which, script in PICTURES:
                if wanted and name not in wanted:
                    continue
                tab.send(
                    "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
                )
                tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                tab.open(paths[which])
                if script:
                    tab.run(f"void {script}")
                time.sleep(0.5)
                data = tab.send("Page.captureScreenshot", format="webp", quality=60)["data"]
                (ROOT / "docs" / "pictures" / f"{name}.webp").write_bytes(base64.b64decode(data))
            assert not tab.complaints, json.dumps(tab.complaints)


if __name__ == "__main__":
    main(*sys.argv[1:])
