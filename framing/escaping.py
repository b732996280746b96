"""Text of others, such as the names of sources, made harmless in LaTeX and Markdown."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["clean", "escape_latex", "escape_markdown"]

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "#": r"\#",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "`": "{`}",
    "\u00a0": "~",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "±": r"$\pm$",
    "−": r"$-$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "∞": r"$\infty$",
    "∝": r"$\propto$",
    "∩": r"$\cap$",
    "∪": r"$\cup$",
    "Σ": r"$\sum$",
    "√": r"$\surd$",
    "†": r"$^{\dagger}$",
    "½": r"$\frac{1}{2}$",
    "²": r"$^{2}$",
    "³": r"$^{3}$",
    "χ": r"$\chi$",
    "α": r"$\alpha$",
    "β": r"$\beta$",
    "δ": r"$\delta$",
    "η": r"$\eta$",
    "θ": r"$\theta$",
    "φ": r"$\varphi$",
    "Φ": r"$\Phi$",
}
_LATEX_PATTERN = re.compile("|".join(map(re.escape, _LATEX)))

_JOINERS = "\u200c\u200d"
"""Signs that are not seen and that the writing of some languages needs."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$^@])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)](?=\s|$))", flags=re.MULTILINE)


def clean(text: object) -> str:
    """Return a text in one line, without signs that steer: control, direction, private use.

    Parameters
    ----------
    text
        Anything; what is no text is written as Python does.

    Returns
    -------
    str
        Runs of white space are one space; marks of direction and other signs that are not seen
        are left out, those of private use too.
    """
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in str(text)
        if sign.isspace() or sign in _JOINERS or unicodedata.category(sign)[0] != "C"
    )
    return " ".join(kept.replace("\u00a0", " ").split())


def escape_latex(text: str) -> str:
    """Return a text that LaTeX prints as it is written.

    Signs of mathematics and Greek letters go into math mode, so that pdfLaTeX knows them; letters
    of other scripts stay and need XeLaTeX or LuaLaTeX.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    str
        The same for LaTeX.
    """
    return _LATEX_PATTERN.sub(lambda found: _LATEX[found.group()], text)


def escape_markdown(text: str) -> str:
    """Return a text that Markdown, Pandoc's too, prints as it is written.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    str
        The same for Markdown: no HTML, no emphasis, no links, no mathematics, no citations.
    """
    safe = html.escape(text, quote=False)
    safe = _MARKDOWN.sub(r"\\\1", safe)
    safe = safe.replace("://", "&#58;//").replace("www.", "www&#46;")
    return _AT_START.sub(_not_a_list, safe)


def _not_a_list(found: re.Match[str]) -> str:
    """Return what stands at the start of a line so that it opens no list and no heading."""
    space, sign = found.groups()
    return f"{space}{sign[:-1]}\\{sign[-1]}"
