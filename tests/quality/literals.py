"""Words of a language in the code of the rules: ``python -m tests.quality.literals [--list] [FOLDER…]``.

Counts the string literals of the engine that equal an entry of any language pack, and the words inside its regular expressions that do. What the
engine itself calls something (classes, features that are weighed, the values of public types) is no word, nor is what names a field or a group.
"""

from __future__ import annotations

import argparse
import ast
import re
import typing
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import quoteminer
from quoteminer_rules.language import classes
from quoteminer_rules.language.pack import Pack

PACKAGE: Final = Path(__file__).resolve().parents[2] / "plugins" / "rules" / "src" / "quoteminer_rules"
ENGINE: Final = ("language", "reading", "reports", "speakers", "claims")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NO_WORD: Final = re.compile(r"\\p\{\w+\}|\\[A-Za-z]|\(\?P?[<=!][^>)]*>?|\(\?[a-z]+[:)]")
"""Of a regular expression: escapes, names of groups, flags."""


_BEFORE_WORDS: Final = {"speaker_kinds": 2, "genders": 1}
"""Columns of tables that say something of their words before these stand."""


def entries() -> frozenset[str]:
    """All words of all packs, in small letters."""
    found: set[str] = set()
    for folder in sorted(path.parent for path in (PACKAGE / "languages").glob("*/pack.toml")):
        pack = Pack(folder)
        found |= pack.words.keys() | pack.nouns.keys() | pack.pronouns.keys()
        for file in [*folder.glob("*.tsv"), *folder.glob("*.txt")]:
            # Endings and whole sentences; and what only verification reads, which the engine never sees.
            if file.stem in ("paradigms", "endings", "examples", "wording"):
                continue
            for line in file.read_text(encoding="utf-8").splitlines():
                if not line.startswith("#"):
                    columns = line.split("\t")[_BEFORE_WORDS.get(file.stem, 0) :]
                    found.update(word.lower() for column in columns for word in re.split(r"[ |,]", column))
    return frozenset(word for word in found if word and word[0].isalpha())


#: What the language of patterns and the columns of tables are made of, and the signs by which candidates are weighed.
OWN: Final = frozenset(
    [
        "ahead",
        "not",
        "start",
        "any",
        "before",
        "source",
        "signal",
        "draft",
        "dropped",
        "none",
        "possessed",
        "determined",
        "opens",
        "inside",
        "reflexive",
        # Ways in which a speaker is found, and signs of how sure one is.
        "handle",
        "writing",
        "several",
        "definite",
        "nothing",
        "bare",
        # Of files and reports.
        "version",
        "construction",
        # Of pack.toml and layouts.toml.
        "interviewer",
        "talked",
        "like",
        # Of patterns, and what reports are of.
        "unless",
        "evidence",
        "thought",
        "appearance",
        # Layouts of reports and words of their files, and what the signs of claims are called.
        "post",
        "signed",
        "wrote",
        "line",
        "begin",
        "claim",
        "worth",
        "order",
        "outside",
    ]
)


def vocabulary() -> frozenset[str]:
    """What the engine itself calls something."""
    found = {*OWN, *(name for value in vars(classes).values() if isinstance(value, Mapping | frozenset) for name in value)}
    for name in ("QuoteKind", "QuoteModality", "ClaimKind", "ClaimModality", "SpeakerKind", "Layout", "Scope"):
        found.update(typing.get_args(getattr(quoteminer, name)))
    for file in (PACKAGE / "languages").glob("*/weights/*.tsv"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                # Rows for claims begin with the name of a feature, all others with its kind.
                kind = line.split("\t")[int(file.name.startswith("claim"))]
                found.update(re.split(r"[:+]", kind)[0:1])
    return frozenset(found)


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module that may be words, with their lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = set(_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in names:
            yield node.lineno, node.value


def _names(tree: ast.Module) -> Iterator[int]:
    """Literals that name fields or groups, that type, or that document."""
    for node in ast.walk(tree):
        inside: list[ast.AST] = []
        if isinstance(node, ast.Expr):
            inside.append(node.value)
        elif isinstance(node, ast.Subscript):
            inside.append(node.slice)
        elif isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id in ("__slots__", "__all__") for t in node.targets
        ):
            inside.append(node.value)
        elif isinstance(node, ast.AnnAssign):
            inside.append(node.annotation)
        elif isinstance(node, ast.Raise) and node.exc is not None:
            inside.append(node.exc)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("cast", "getattr", "hasattr", "Provenance")
        ):
            inside += node.args
        for part in inside:
            yield from (id(one) for one in ast.walk(part))


def words_in(folder: str, known: frozenset[str], own: frozenset[str]) -> Iterator[tuple[Path, int, str]]:
    """The words of a language in a folder of the engine."""
    for file in sorted((PACKAGE / folder).rglob("*.py")):
        if file.name == "classes.py":
            # The one list of names, with what they mean.
            continue
        for line, literal in literals(file):
            if len(literal.strip()) > 1 and literal.strip().lower() in known and literal.strip() not in own:
                yield file, line, literal.strip()
            elif re.search(r"[\\|()\[\]?*+]", literal) and "\n" not in literal:
                for word in _WORD.findall(_NO_WORD.sub(" ", literal)):
                    if word.lower() in known and word not in own:
                        yield file, line, word


def main() -> None:
    """Print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", default=ENGINE)
    parser.add_argument("--list", action="store_true", help="print each")
    arguments = parser.parse_args()
    known, own = entries(), vocabulary()
    counts: Counter[str] = Counter()
    for folder in arguments.folders:
        for file, line, word in words_in(folder, known, own):
            counts[folder] += 1
            if arguments.list:
                print(f"{file.relative_to(PACKAGE)}:{line}: {word!r}")
        print(f"{folder:10} {counts[folder]:5}")


if __name__ == "__main__":
    main()
