"""Plugins for tests, each wrong in its own way; installed as a distribution. Whoever imports them leaves a mark."""

from __future__ import annotations

import os
from pathlib import Path

if "DEFECTIVE_MARK" in os.environ:
    Path(os.environ["DEFECTIVE_MARK"]).touch()
