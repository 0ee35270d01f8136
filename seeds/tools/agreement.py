"""How far two independent annotations of the same texts agree: ``python -m seeds.tools.agreement`` for all in ``seeds/passes``, or
``python -m seeds.tools.agreement FIRST SECOND …`` (markup files, in pairs).

The first is taken as gold and the second as a prediction, so F1 is the same either way round.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from quoteminer.evaluation import AnnotatedDocument, Slice, annotated, evaluate

from . import markup

#: Names of the figures, and the metrics of the evaluation behind them.
FIGURES: Final = {
    "overlap": "overlap",
    "exact": "exact",
    "attributed": "attribution",
    "cue": "cofenet.cue",
    "speaker": "speaker.name",
    "claims": "claims.overlap",
    "claims' kind": "claims.kind",
    "claimant": "claims.claimant",
}
PASSES: Final = Path(__file__).resolve().parents[1] / "passes"
#: Annotated by the guideline 0.2 and 0.4; what this brought to light is in 0.5, by which all else is annotated.
FIRST_BATCH: Final = ("de-a", "en-a", "en-b", "en-c", "es-a", "fr-a")
_KINDS: Final = ("direct", "indirect", "mixed")


def _read(path: Path) -> dict[str, AnnotatedDocument]:
    found: dict[str, AnnotatedDocument] = {}
    for document in markup.documents(path.read_text(encoding="utf-8")):
        issues: list[Any] = []
        found[document.id] = annotated(document.gold(), issues)
        if issues:
            raise ValueError(f"{path.name}: {issues[0].message}")
    return found


def pairs(first: Path, second: Path) -> list[tuple[AnnotatedDocument, AnnotatedDocument]]:
    """The documents of two files, which must hold the same texts.

    Raises:
        ValueError: for a text that differs or is missing.
    """
    a, b = _read(first), _read(second)
    if a.keys() != b.keys():
        raise ValueError(f"{second.name}: not the same documents: {sorted(a.keys() ^ b.keys())}")
    for identifier, document in a.items():
        if document.document.text != b[identifier].document.text:
            raise ValueError(f"{second.name}: {identifier}: the text is not that of {first.name}")
    return [(a[identifier], b[identifier]) for identifier in a]


def slices(found: list[tuple[AnnotatedDocument, AnnotatedDocument]]) -> tuple[Slice, ...]:
    """Metrics over all, then by language."""
    return evaluate([a for a, _ in found], [b for _, b in found], samples=1).slices


def table(parts: tuple[Slice, ...]) -> str:
    """A line a slice in Markdown."""
    head = ["", "documents", "quotations", *FIGURES, *(f"overlap, {kind}" for kind in _KINDS)]
    lines = [head, ["---"] * len(head)]
    for part in parts:
        metrics = [*FIGURES.values(), *(f"overlap:{kind}" for kind in _KINDS)]
        values = [part.metrics.get(name) for name in metrics]
        lines.append(
            [
                part.name,
                str(part.documents),
                f"{part.metrics['overlap'].gold:.0f}",
                *("–" if value is None or value.f1 is None else f"{value.f1:.3f}" for value in values),
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def twice(*, first: bool) -> list[tuple[AnnotatedDocument, AnnotatedDocument]]:
    """All that was annotated twice: the first batch, on which the guideline was mended, or what came after."""
    return [
        pair
        for path in sorted(PASSES.glob("*.a.markup"))
        if (path.name.removesuffix(".a.markup") in FIRST_BATCH) == first
        for pair in pairs(path, path.with_name(path.name.replace(".a.", ".b.")))
    ]


def block() -> str:
    """Both tables as they stand on the page."""
    return f"{table(slices(twice(first=False)))}\n\nThe first batch, before the guideline was mended:\n\n{table(slices(twice(first=True)))}"


def main(arguments: list[str]) -> int:
    """Print the table for pairs of files."""
    if not arguments:
        print(block())
        return 0
    if len(arguments) % 2:
        print(__doc__)
        return 2
    paths = [Path(argument) for argument in arguments]
    print(table(slices([pair for a, b in zip(paths[::2], paths[1::2], strict=True) for pair in pairs(a, b)])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
