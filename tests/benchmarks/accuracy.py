"""How right the plugins are, on every development corpus that is there, for every combination of installed plugins.

python -m tests.benchmarks.accuracy     writes the figures into docs/benchmarks.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import attrs

from quoteminer import Issue, Miner
from quoteminer.evaluation import AnnotatedDocument, Report, Score, evaluate, read_annotated

from . import page, texts

_EXTRACTORS = ("quoteminer_quote_extractors", "quoteminer_claim_extractors")


@attrs.frozen
class Result:
    """One combination of plugins on one corpus in one language."""

    corpus: str
    plugins: tuple[str, ...]
    report: Report

    def score(self, name: str) -> Score | None:
        """The score of a metric, ``None`` where the corpus has nothing for it."""
        return self.report.all.metrics.get(name)


def corpora() -> Iterator[tuple[str, list[AnnotatedDocument]]]:
    """Name and documents of each development corpus, one a language."""
    issues: list[Issue] = []
    paths: list[tuple[str, list[Path]]] = [("seeds", sorted(texts.SEEDS.glob("*.gold.jsonl")))]
    if texts.challenge().exists():
        paths.append(("challenge", [texts.challenge()]))
    paths += [(path.parent.name, [path]) for path in sorted(texts.corpora().glob("*/dev.jsonl"))]
    for name, files in paths:
        documents = [attrs.evolve(item, corpus=name) for item in read_annotated(files, issues)]
        for language in dict.fromkeys(item.document.language for item in documents):
            yield f"{name}, {language}", [item for item in documents if item.document.language == language]
    for issue in issues:
        print(f"{issue.severity}: {issue.message}")


def plugin_combinations() -> Iterator[tuple[str, ...]]:
    """All non-empty sets of the installed plugins that find quotations or claims; smaller ones first."""
    names = [
        info.name
        for info in Miner().plugins()
        if info.status == "active" and any(Miner([info.name]).components(hook) for hook in _EXTRACTORS)
    ]
    for size in range(1, len(names) + 1):
        yield from combinations(names, size)


def measured() -> list[Result]:
    """Every combination on every corpus."""
    results = []
    for name, documents in corpora():
        for plugins in plugin_combinations():
            print(f"{name}: {' + '.join(plugins)} …", flush=True)
            results.append(Result(name, plugins, evaluate(documents, Miner(list(plugins)))))
    return results


def _figure(score: Score | None) -> str:
    return "" if score is None or score.f1 is None else f"{100 * score.f1:.1f}"


def _overlap(score: Score | None) -> list[str]:
    if score is None:
        return [""] * 4
    interval = "" if score.interval is None else f"{100 * score.interval[0]:.0f}–{100 * score.interval[1]:.0f}"
    return [*("–" if value is None else f"{100 * value:.1f}" for value in (score.precision, score.recall, score.f1)), interval]


def _table(results: Sequence[Result], columns: dict[str, str], *, leading: str | None = None) -> str:
    """A line a result; columns that no result has are left out.

    Args:
        leading: metric that is given with precision, recall and interval before the others.
    """
    columns = {name: title for name, title in columns.items() if any(result.score(name) is not None for result in results)}
    head = ["corpus", "plugins", *(["P", "R", "F1", "95 %"] if leading else []), *columns.values()]
    rows = [
        [
            result.corpus,
            " + ".join(result.plugins),
            *(_overlap(result.score(leading)) if leading else []),
            *(_figure(result.score(name)) for name in columns),
        ]
        for result in results
    ]
    return page.table(head, rows)


def _calibration(results: Sequence[Result]) -> str:
    rows = []
    for result in results:
        tables = result.report.calibration
        if tables:
            errors = [
                f"{100 * tables[name].error:.1f}" if name in tables else ""
                for name in ("quote", "attribution", "check_worthiness")
            ]
            rows.append([result.corpus, " + ".join(result.plugins), *errors])
    return page.table(["corpus", "plugins", "quote", "attribution", "check-worthiness"], rows)


def _sizes(results: Sequence[Result]) -> str:
    rows = []
    for corpus in dict.fromkeys(result.corpus for result in results):
        result = next(item for item in results if item.corpus == corpus)
        counts = [result.score(name) for name in ("overlap", "claims.overlap", "ranking.ap")]
        rows.append(
            [corpus, f"{result.report.all.documents:,}", *("" if item is None else f"{item.gold:,.0f}" for item in counts)]
        )
    return page.table(["corpus", "documents", "quotations", "claims", "judged sentences"], rows)


def block(results: Sequence[Result]) -> str:
    """The figures as they stand on the page."""
    kinds = {
        f"{name}:{kind}": f"{kind}, {title}"
        for kind in ("direct", "indirect", "mixed")
        for name, title in (("overlap", "overlap"), ("attribution", "with source"))
    }
    quotes = {
        "exact": "exact",
        "attribution": "with source",
        "joint": "joint exact",
        "tokens": "tokens",
        "speaker.name": "speaker by name",
        "speaker.entity": "speaker",
    }
    published = {
        "spkatt.joint": "SpkAtt-2023 joint",
        "ggt.quotes@0.3": "GGT 0.3",
        "ggt.quotes@0.8": "GGT 0.8",
        "cofenet.source": "CofeNet source",
        "cofenet.cue": "CofeNet cue",
        "cofenet.content": "CofeNet content",
    }
    claims = {
        "claims.overlap": "overlap",
        "claims.claimant": "claimant",
        "claims.kind": "kind",
        "claims.sentences": "sentences",
        "claims.sentences.accuracy": "accuracy",
        "claims.worth_checking": "worth checking",
        "ranking.ap": "AP",
        "ranking.map": "MAP",
        "ranking.p@10": "P@10",
    }
    with_quotes = [result for result in results if result.score("overlap")]
    parts = [
        page.circumstances("python -m tests.benchmarks.accuracy"),
        _sizes(results),
        "### Quotations\n\nPrecision, recall and F1 of the overlap with its 95 % interval, then F1 by other measures, in per cent.",
        _table(with_quotes, quotes, leading="overlap"),
        "### Quotations by kind",
        _table(with_quotes, kinds),
        "### By the measures of others",
        _table(with_quotes, published),
    ]
    with_claims = [result for result in results if result.score("claims.overlap") or result.score("ranking.ap")]
    if with_claims:
        parts += ["### Claims", _table(with_claims, claims)]
    parts += ["### Expected calibration error of the confidences", _calibration(results)]
    return "\n\n".join(parts)


def main() -> None:
    """Measure, print and write the page."""
    text = block(measured())
    print(text)
    page.write("accuracy", text)


if __name__ == "__main__":
    main()
