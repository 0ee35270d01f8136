"""Quotations in a spaCy pipeline, and the entities of a pipeline for the speakers of quoteminer.

``nlp.add_pipe("quoteminer")`` gives each ``Doc`` ``doc._.quotes``, ``doc._.extraction`` and groups of spans. Whoever reads docs from files without that
pipeline imports this package for the first two.

The other way round, ``quoteminer.Miner(["rules", Entities("en_core_web_sm")])`` asks a pipeline who is a person and who an organisation.
"""

from quoteminer_spacy_linker import Entities

from .groups import register_extensions
from .views import DocQuote

__all__ = ["DocQuote", "Entities"]

register_extensions()
