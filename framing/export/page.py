"""Tables as HTML that Word opens, and a screen reader reads."""

from __future__ import annotations

from framing.export.present import Shown
from framing.inert import shown as harmless

_CELL = "padding:2pt 6pt;vertical-align:top;mso-number-format:'\\@'"
_LINE = "1px solid #000"


def html_page(shown: Shown, *, caption: str) -> str:
    """Return a page with one table: plain HTML, styles on the cells, no scripts.

    The format of numbers (`mso-number-format`) is that of text, so that a spreadsheet that opens
    the page runs no cell as a formula.
    """
    heads = "".join(
        _cell("th", head, right=right, more=f' scope="col" style="border-bottom:{_LINE};')
        for head, right in zip(shown.heads, shown.numeric, strict=True)
    )
    rows = "\n".join(f"<tr>{_row(shown, row)}</tr>" for row in shown.rows)
    note = f"<p><i>Note.</i> {harmless(shown.note)}</p>\n" if shown.note else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{harmless(caption)}</title>\n</head>\n<body>\n"
        f'<table style="border-collapse:collapse;border-top:{_LINE};border-bottom:{_LINE}">\n'
        f'<caption style="text-align:left;font-weight:bold">{harmless(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n"
        f"{note}</body>\n</html>\n"
    )


def _row(shown: Shown, row: list[str]) -> str:
    """Return the cells of a row; texts before the first number are its head."""
    n_heads = max(1, next((n for n, one in enumerate(shown.numeric) if one), 1))
    return "".join(
        _cell("th", cell, right=right, more=' scope="row" style="font-weight:normal;')
        if place < n_heads
        else _cell("td", cell, right=right, more=' style="')
        for place, (cell, right) in enumerate(zip(row, shown.numeric, strict=True))
    )


def _cell(tag: str, text: str, *, right: bool, more: str) -> str:
    """Return a cell; `more` is what stands in its tag up to its style."""
    side = "right" if right else "left"
    return f'<{tag}{more}text-align:{side};{_CELL}">{harmless(text)}</{tag}>'
