"""The licences of what an installation brings along: ``python -m tests.licences`` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Final

from packaging.requirements import Requirement

#: Extras that users install; the others serve development.
EXTRAS: Final = ("evaluation", "parquet", "pdf", "serve", "testing", "trafilatura", "xlsx")
#: The neural plugin is not installed beside the tests; these are what it needs.
ELSEWHERE: Final = ("numpy", "onnxruntime")
#: They ask whoever passes our work on for no more than a notice.
PERMISSIVE: Final = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|HPND|Unlicense|CC0|0BSD|BSL-1\.0|CNRI-Python", re.IGNORECASE
)
#: Not permissive, but asking nothing for what only imports them: changes of their own files must stay open.
BY_FILE: Final = re.compile(r"MPL|Mozilla", re.IGNORECASE)


def harmless(terms: str) -> bool:
    """Whether such a licence asks nothing of our users but a notice; what joins several must be so in each part."""
    return all(
        any(PERMISSIVE.search(choice) or BY_FILE.search(choice) for choice in part.split(" OR "))
        for part in re.split(r" AND |; ", terms)
    )


def brought(name: str, extras: tuple[str, ...] = (), seen: dict[str, Distribution] | None = None) -> dict[str, Distribution]:
    """All distributions that one needs, with itself, by name. What is not installed, because it is for other systems, is left out."""
    seen = {} if seen is None else seen
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return seen
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen and not extras:
        return seen
    seen[key] = found
    for text in found.requires or ():
        needed = Requirement(text)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            brought(needed.name, tuple(needed.extras), seen)
    return seen


def licence(found: Distribution) -> str:
    """What a distribution says of itself: the expression, the classifiers, or the first line of the field."""
    about = found.metadata
    for expression in about.get_all("License-Expression") or ():
        return str(expression)
    classifiers = [text.rpartition(" :: ")[2] for text in about.get_all("Classifier") or () if text.startswith("License ::")]
    return "; ".join(classifiers) or next((str(text).splitlines()[0] for text in about.get_all("License") or ()), "unknown")


def licences() -> Iterator[tuple[str, str]]:
    """Name and licence of each distribution that an installation with all extras brings."""
    found = brought("quoteminer", EXTRAS)
    for name in ELSEWHERE:
        brought(name, (), found)
    for name, one in sorted(found.items()):
        yield name, licence(one)


if __name__ == "__main__":
    for name, terms in licences():
        print(f"{name}\t{terms}")
