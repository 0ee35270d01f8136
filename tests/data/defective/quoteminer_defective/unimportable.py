"""Cannot be imported."""

raise ImportError("no module named heavy_library")
