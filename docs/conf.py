"""How these pages become the site: ``make site``, with the extra ``docs`` and without network."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import quoteminer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "site"))

project = "quoteminer"
author = "The quoteminer contributors"
project_copyright = "the quoteminer contributors, Apache License 2.0"
version = release = quoteminer.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", "gallery"]
exclude_patterns = ["template"]

# Headings get the addresses that they have where the pages are read beside the code.
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_block", "colon_fence"]

autodoc_member_order = "bysource"
# Types stand in the signatures.
napoleon_attr_annotations = False
python_use_unqualified_type_names = True

copybutton_exclude = ".linenos, .gp, .go"
highlight_language = "none"

html_theme = "furo"
html_title = "quoteminer"
html_static_path = ["site/static"]
html_css_files = ["quoteminer.css"]
html_show_sourcelink = False
html_copy_source = False

# Pages of the top folder that the site has too, under the name of the page that includes each.
_INCLUDED: Final = {"CHANGELOG.md": "changelog", "CONTRIBUTING.md": "contributing", "SECURITY.md": "security"}
_LINK: Final = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#:\s]+)(#[^)\s]*)?\)")
_NAMED_BLOCK: Final = re.compile(r"^```(\S+/\S+\.(\w+))$", re.MULTILINE)


def _for_the_site(app: Sphinx, name: str, source: list[str]) -> None:
    """Beside the code, links lead to files of the top folder, a block of code is named by its file, and a list of decisions is enough. A site has other needs."""
    page = HERE / f"{name}.md"

    def link(found: re.Match[str]) -> str:
        words, target, anchor = found.groups()
        path = (page.parent / target).resolve()
        if path.parent == HERE.parent and path.name in _INCLUDED:
            return f"[{words}]({'../' * name.count('/')}{_INCLUDED[path.name]}.md{anchor or ''})"
        if path.is_dir() or (path.suffix == ".md" and HERE not in path.parents):
            return f"{words} (`{path.relative_to(HERE.parent)}`)"
        return found[0]

    text = _LINK.sub(link, source[0])
    source[0] = _NAMED_BLOCK.sub(
        lambda block: f"```{{code-block}} {'toml' if block[2] == 'toml' else 'text'}\n:caption: {block[1]}\n", text
    )
    if name == "decisions/README":
        pages = sorted(
            (path.stem for path in (HERE / "decisions").glob("[0-9]*.md")), key=lambda stem: int(stem.partition("-")[0])
        )
        source[0] += "\n".join(["\n```{toctree}", ":hidden:", "", *pages, "```\n"])


def _without_fields_of_tuples(app: Sphinx, what: str, name: str, item: object, skip: bool, options: object) -> bool | None:
    """They stand in the docstring of the class, or tell nothing but their number."""
    return True if type(item).__name__ == "_tuplegetter" else None


def setup(app: Sphinx) -> None:
    app.connect("source-read", _for_the_site)
    app.connect("autodoc-skip-member", _without_fields_of_tuples)
