"""The pictures of the page in ``docs/page.md``: ``python -m tests.page.pictures``, with a browser installed."""

from __future__ import annotations

import base64
import json
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


def main() -> None:
    """Write all pictures."""
    executable = program()
    assert executable is not None, "no browser is installed"
    stories = ROOT / "seeds"
    one = quoteminer.mine(
        Document((stories / "wire-nato.txt").read_text(encoding="utf-8"), id="wire-nato", title="Ready to take risks")
    )
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
        paths = {name: Path(folder) / f"{name}.html" for name in ("one", "many")}
        paths["one"].write_text(page(one), encoding="utf-8")
        paths["many"].write_text(page(many), encoding="utf-8")
        with browsing(executable, Path(profile)) as tab:
            for name, width, height, scheme, which, script in PICTURES:
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
    main()
