"""Tables for LaTeX, with the rules of booktabs."""

from __future__ import annotations

from framing.escaping import escape_latex
from framing.export.present import Shown

MOST_ROWS = 40
"""Rows of a table that floats; longer ones run over pages (longtable)."""

_WIDE = 40
"""Signs of a cell beyond which its column breaks lines."""


def latex_table(shown: Shown, *, caption: str, label: str) -> str:
    """Return a table as LaTeX."""
    kinds = "".join(_kind(shown, place) for place in range(len(shown.heads)))
    heads = _row(shown.heads)
    rows = [_row(row) for row in shown.rows]
    note = rf"\textit{{Note.}} {escape_latex(shown.note)}" if shown.note else ""
    title = rf"\caption{{{escape_latex(caption)}}}\label{{tab:{label}}}"
    if len(rows) > MOST_ROWS:
        return _long(kinds, heads, rows, title=title, note=note)
    lines = [
        r"% needs \usepackage{booktabs}",
        r"\begin{table}",
        r"\centering",
        title,
        rf"\begin{{tabular}}{{{kinds}}}",
        r"\toprule",
        heads,
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
    ]
    if note:
        lines += ["", rf"\smallskip\parbox{{\linewidth}}{{\footnotesize {note}}}"]
    return "\n".join([*lines, r"\end{table}"]) + "\n"


def _long(kinds: str, heads: str, rows: list[str], *, title: str, note: str) -> str:
    """Return a table that runs over pages, its head on each."""
    lines = [
        r"% needs \usepackage{booktabs,longtable}",
        rf"\begin{{longtable}}{{{kinds}}}",
        rf"{title}\\",
        r"\toprule",
        heads,
        r"\midrule",
        r"\endfirsthead",
        r"\toprule",
        heads,
        r"\midrule",
        r"\endhead",
        r"\bottomrule",
        r"\endfoot",
        *rows,
        r"\end{longtable}",
    ]
    if note:
        lines.append(rf"\noindent\parbox{{\linewidth}}{{\footnotesize {note}}}")
    return "\n".join(lines) + "\n"


def _kind(shown: Shown, place: int) -> str:
    """Return the kind of a column: numbers to the right, long texts with broken lines."""
    if shown.numeric[place]:
        return "r"
    longest = max((len(row[place]) for row in shown.rows), default=0)
    return "p{6cm}" if longest > _WIDE else "l"


def _row(row: list[str]) -> str:
    r"""Return a row; a [ or * at its start would be read as a part of the rule or \\ before it."""
    cells = [escape_latex(cell) for cell in row]
    if cells and cells[0][:1] in {"[", "*"}:
        cells[0] = "{}" + cells[0]
    return " & ".join(cells) + r" \\"
