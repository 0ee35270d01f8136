"""A plugin for tests whose import fails; it leaves a trace so that a test can see whether it was tried."""

from __future__ import annotations

import sys

sys.quoteminer_fixture_tried = True  # type: ignore[attr-defined]
raise ImportError("no module named heavy_library")
