"""Benchmarks: speed, memory and accuracy, alone and beside other tools. Run by hand, never by pytest; see ``docs/benchmarks.md``."""
