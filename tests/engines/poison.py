"""A plugin for which some texts are poison: one ends the process, one never ends, one fails, one stops the whole run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from quoteminer import Document, Quote, hookimpl

STORY = "“We closed 12 schools,” Mayor Rosa Ilves told the board."
DEADLY = "DEADLY"
ENDLESS = "ENDLESS"
FAILING = "FAILING"
STOPPING = "STOPPING"


class Extractor:
    """Finds nothing; what it reads decides how it ends."""

    name = "poison.extractor"

    def extract(self, document: Document) -> Iterator[Quote]:
        if DEADLY in document.text:
            os._exit(9)
        if ENDLESS in document.text:
            time.sleep(60)
        if FAILING in document.text:
            raise ValueError("cannot read this")
        if STOPPING in document.text:
            raise KeyboardInterrupt
        return iter(())


class Poison:
    """The plugin, which can be sent to other processes."""

    plugin_name = "poison"

    @hookimpl
    def quoteminer_quote_extractors(self) -> list[Extractor]:
        return [Extractor()]
