"""How `make docs` builds the pages: Sphinx, no network, every warning an error.

The notebooks are copied beside the pages and run on the invented sample, so that no publisher's
text can get into the pages. What was run is kept for the next build, until the toolkit changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from docutils import nodes  # noqa: E402
from docutils.parsers.rst import roles  # noqa: E402
from made import copy_notebooks, start_of_kernels, write_api  # noqa: E402
from sphinx import addnodes  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402

import framing  # noqa: E402

project = "framing"
author = "The framing authors"
copyright = "2026, the framing authors"
version = release = framing.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "sphinx_design",
    "myst_nb",
]
exclude_patterns = ["_build", "**/.ipynb_checkpoints"]
nitpicky = True
nitpick_ignore = [
    ("py:obj", "planted_differences")
]  # in framing.datasets, not among the public names
# Types of other libraries, which are not looked up: that would need a network.
nitpick_ignore_regex = [
    (r"py:.*", r"(pd|np|pandas|numpy|scipy|sparse|matplotlib|collections|pathlib|nbformat)\..*"),
    (r"py:.*", r"(Path|Axes|Figure|SubFigure|Colormap|Sequence|Mapping|Iterable|Callable|Any)"),
    (r"py:.*", r"(ndarray|csr_array|csc_array|DataFrame|Series|Index|typing\..*|Literal.*)"),
]

# --- the pages -------------------------------------------------------------------------------
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
highlight_language = "text"  # of blocks that do not name theirs
templates_path = ["_templates"]
autosummary_generate = True
autodoc_typehints = "none"  # the signature has them
default_role = "code_or_link"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_validation_checks: set[str] = set()  # `make check` does it

# --- what is run -----------------------------------------------------------------------------
os.environ["FRAMING_ARTICLES"] = "sample"
os.environ["IPYTHONDIR"] = str(start_of_kernels(HERE / "_build" / "ipython"))
os.environ.setdefault("PYTHONHASHSEED", "0")


def digest() -> str:
    """Return a key of everything that the outputs depend on: the toolkit and its data."""
    files = sorted(path for part in ("framing", "data") for path in (ROOT / part).rglob("*.*"))
    of = hashlib.sha256()
    for path in files:
        if path.is_file() and path.suffix in {".py", ".csv", ".json", ".txt"}:
            of.update(path.read_bytes())
    return of.hexdigest()[:12]


nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE / "_build" / "run" / digest())
nb_execution_in_temp = True  # figures and tables that pages save go there
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_execution_show_tb = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no scripts from the web

copy_notebooks(HERE / "tutorial")
write_api(HERE / "api")


# --- the look --------------------------------------------------------------------------------
html_theme = "pydata_sphinx_theme"
html_title = "framing"
html_static_path = ["_static"]
html_css_files = ["own.css"]
html_copy_source = False
html_show_sourcelink = False
ALONE = "accuracy changelog comparison contributing data-dictionary gallery glossary index methods"
html_sidebars: dict[str, list[str]] = {page: [] for page in (*ALONE.split(), "start")}
html_theme_options = {
    "logo": {"text": "framing"},
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "header_links_before_dropdown": 6,
    "navbar_align": "left",
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
}

# --- links -----------------------------------------------------------------------------------
linkcheck_timeout = 20
linkcheck_retries = 2
linkcheck_anchors = False


# --- names and addresses ---------------------------------------------------------------------
def code_or_link(
    _role: str, raw: str, text: str, _line: int, _inliner: object, _options: object = None,
    _content: object = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:  # fmt: skip
    """Take what stands between single backticks for code; public names lead to their pages."""
    code = nodes.literal(raw, text)
    if text not in framing.__all__:
        return [code], []
    to = {"refdomain": "py", "reftype": "obj", "reftarget": f"framing.{text}", "refexplicit": True}
    return [addnodes.pending_xref(raw, code, refwarn=True, **to)], []


def without_outside_links(_app: object, name: str, source: list[str]) -> None:
    """Name files of the repository that are no pages, without a link that would lead nowhere."""
    folder = (HERE / name).parent

    def kept(link: re.Match[str]) -> str:
        inside = (folder / link[2]).resolve().is_relative_to(HERE)
        return link[0] if inside else f"`{link[1]}`"

    source[0] = re.sub(r"\[`?([^\]`]+)`?\]\(((?:\.\./)+[^)#]+)\)", kept, source[0])


def ask_for_doi(_app: object, address: str) -> str | None:
    """Ask whether a DOI exists, and not its publisher, as many turn programs away."""
    doi = address.removeprefix("https://doi.org/")
    return f"https://doi.org/api/handles/{doi}" if doi != address else None


def setup(app: Sphinx) -> None:
    """Connect what happens during the build."""
    roles.register_local_role("code_or_link", code_or_link)
    app.connect("source-read", without_outside_links)
    app.connect("linkcheck-process-uri", ask_for_doi)
