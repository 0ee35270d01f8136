"""The metrics by name: what each is called where people read it, and in which group it stands."""

from __future__ import annotations

from typing import Final

import attrs

from ..vocabulary import CLAIM_KINDS, QUOTE_KINDS


@attrs.frozen
class Metric:
    """A metric as it is shown.

    Attributes:
        name: key in :attr:`quoteminer.evaluation.Slice.metrics`.
        title: what people read.
        share: whether it is a single share, so that precision and recall mean nothing.
    """

    name: str
    title: str
    share: bool = attrs.field(default=False, kw_only=True)


QUOTES: Final = (
    Metric("exact", "exact words"),
    Metric("overlap", "overlap"),
    Metric("tokens", "tokens"),
    Metric("attribution", "overlap, source shares a word"),
    Metric("attribution.same", "overlap, same source"),
    Metric("cue", "overlap, cue shares a word"),
    Metric("joint", "exact, same cue and source"),
    Metric("kind", "kind right", share=True),
    Metric("speaker", "speaker right", share=True),
    Metric("speaker.name", "speaker right, by name", share=True),
    Metric("speaker.entity", "speaker right, as entity", share=True),
    Metric("speaker.aligned", "speaker right, one to one", share=True),
    Metric("speaker.kind", "speaker kind", share=True),
    Metric("speaker.given", "speaker given", share=True),
    Metric("speaker.given:direct", "speaker given, direct", share=True),
)
KINDS: Final = (
    *(
        Metric(f"{name}:{kind}", f"{kind}, {title}")
        for kind in QUOTE_KINDS
        for name, title in (
            ("exact", "exact words"),
            ("overlap", "overlap"),
            ("attribution", "overlap and source"),
            ("joint", "exact, cue, source"),
        )
    ),
    Metric("overlap:nested", "nested, overlap"),
)
CLAIMS: Final = (
    Metric("claims.exact", "exact words"),
    Metric("claims.overlap", "overlap"),
    Metric("claims.tokens", "tokens"),
    *(Metric(f"claims.overlap:{kind}", f"overlap, {kind}") for kind in CLAIM_KINDS),
    Metric("claims.claimant", "claimant right", share=True),
    Metric("claims.kind", "kind right", share=True),
    Metric("claims.sentences", "sentences with a claim"),
    Metric("claims.sentences.accuracy", "sentences judged right", share=True),
    Metric("claims.worth_checking", "sentences worth checking"),
    Metric("claims.worth_checking.accuracy", "worth checking judged right", share=True),
    Metric("ranking.ap", "average precision", share=True),
    Metric("ranking.map", "mean average precision", share=True),
    *(Metric(f"ranking.p@{cut}", f"precision of the first {cut}", share=True) for cut in (5, 10, 20, 50)),
)
PUBLISHED: Final = (
    Metric("spkatt.message", "SpkAtt-2023, message"),
    Metric("spkatt.source", "SpkAtt-2023, source"),
    Metric("spkatt.cue", "SpkAtt-2023, cue"),
    Metric("spkatt.joint", "SpkAtt-2023, joint"),
    Metric("ggt.quotes@0.3", "Gender Gap Tracker, quotes 0.3"),
    Metric("ggt.speakers@0.3", "Gender Gap Tracker, speakers 0.3", share=True),
    Metric("ggt.quotes@0.8", "Gender Gap Tracker, quotes 0.8"),
    Metric("ggt.speakers@0.8", "Gender Gap Tracker, speakers 0.8", share=True),
    Metric("cofenet.source", "CofeNet, source"),
    Metric("cofenet.cue", "CofeNet, cue"),
    Metric("cofenet.content", "CofeNet, content"),
)
#: Everything, by the heading under which it is shown.
GROUPS: Final = {
    "quotations": QUOTES,
    "quotations by kind": KINDS,
    "claims": CLAIMS,
    "as published": PUBLISHED,
}
