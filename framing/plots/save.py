"""Figures on disk, each with the table it was drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from framing.plots.panel import drawn
from framing.plots.style import MM
from framing.tables import csv_text, written_together

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".pdf", ".png", ".csv", ".json")
SETTINGS = (
    "by", "target", "reference", "measure", "freq", "parts", "node", "window", "n_terms",
    "n_topics", "engine", "seed", "items", "part", "unit", "ledger", "n_resamples",
)  # fmt: skip
PACKAGES = {"framing": "media-framing", "numpy": "numpy", "pandas": "pandas"}


class HasFingerprint(Protocol):
    """What `save_figure` asks of a corpus."""

    @property
    def fingerprint(self) -> str:
        """A short text that is the same for the same tokens."""
        ...


def save_figure(
    fig: Figure | Axes,
    path: str | Path,
    *,
    settings: Mapping[str, object] | None = None,
    corpus: HasFingerprint | None = None,
    table: pd.DataFrame | None = None,
) -> list[Path]:
    """Write a figure as PDF and PNG, its numbers as CSV, and how it came about as JSON.

    The four files have one name and appear together or not at all. The same figure gives the same
    bytes: they hold no date. The CSV has the rows that the charts have drawn, with a first column
    `panel` where there are several; like `save_table` it is safe to open in a spreadsheet.

    Parameters
    ----------
    fig
        A figure, or the axes that a chart returned.
    path
        The file without its ending, such as ``"figures/keyness"``; folders are made.
    settings
        What the JSON shall tell besides the settings that are columns of the table: numbers and
        text.
    corpus
        The corpus the numbers come from, for its fingerprint.
    table
        The numbers, for a figure that charts of your own have drawn; None takes those that the
        toolkit's charts have drawn.

    Returns
    -------
    list of Path
        The PDF, PNG, CSV and JSON.

    Raises
    ------
    ValueError
        Where no chart of the toolkit is on the figure and no table is given.
    TypeError
        Where `fig` is neither a figure nor axes, or a setting cannot be written as JSON.

    See Also
    --------
    paper : Sets the size in mm.
    save_table : Writes a table alone.

    Examples
    --------
    >>> import tempfile
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_term_frequency(fr.term_frequency(corpus), n=5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = fr.save_figure(ax, folder + "/terms", corpus=corpus)
    >>> [path.name for path in paths]
    ['terms.pdf', 'terms.png', 'terms.csv', 'terms.json']
    """
    figure = _figure_of(fig)
    path = Path(path)
    stem = path.name[: -len(path.suffix)] if path.suffix in ENDINGS else path.name
    rows = _drawn_rows(figure) if table is None else table
    about = _about(figure, rows, settings, corpus)
    paths = [path.with_name(stem + ending) for ending in ENDINGS]
    with written_together(paths) as (pdf, png, csv, about_file):
        csv.write_text(csv_text(rows), encoding="utf-8", newline="")
        about_file.write_text(about, encoding="utf-8", newline="")
        _write_image(figure, pdf, png)
    return paths


def _figure_of(fig: object) -> Figure:
    """Return the whole figure of a figure or axes."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    figure = fig.get_figure(root=True) if isinstance(fig, Axes) else fig
    if not isinstance(figure, Figure):
        msg = (
            f"save_figure: fig is {type(fig).__name__}, neither a figure nor axes. "
            "Pass what a plot_… function or facets() returned."
        )
        raise TypeError(msg)
    return figure


def _write_image(figure: Figure, pdf: Path, png: Path) -> None:
    """Write PDF with its fonts inside and PNG at 300 dots per inch, neither with a date.

    The layout is settled before and does not follow each file's resolution, so that both files,
    and a second pair, show the same.
    """
    import matplotlib as mpl

    fonts: Any = {"pdf.fonttype": 42, "savefig.bbox": None}
    layout = figure.get_layout_engine()
    with mpl.rc_context(fonts):
        _settle(figure)
        figure.set_layout_engine("none")
        try:
            figure.savefig(pdf, metadata={"CreationDate": None})
            figure.savefig(png, dpi=300)
        finally:
            figure.set_layout_engine(layout)


def _settle(figure: Figure) -> None:
    """Lay a figure out from where its grid begins, whatever was drawn of it before."""
    for ax in figure.axes:
        place = ax.get_subplotspec()
        if place is not None and ax.get_in_layout() and figure.get_layout_engine() is not None:
            ax.set_position(place.get_position(figure))
            ax.set_in_layout(True)
    for _ in range(2):
        figure.draw_without_rendering()


def _drawn_rows(figure: Figure) -> pd.DataFrame:
    """Return the rows that are drawn on a figure, with a column `panel` for several axes."""
    panels = [(ax, drawn(ax)) for ax in figure.axes if drawn(ax)]
    if not panels:
        msg = (
            "save_figure: no chart of the toolkit is on the figure, so its numbers are unknown. "
            "Pass them as table=…, or use the figure's own savefig."
        )
        raise ValueError(msg)
    if len(panels) == 1 and len(panels[0][1]) == 1:
        return panels[0][1][0].table
    tables = []
    for place, (ax, entries) in enumerate(panels, start=1):
        name = ax.get_title(loc="left").replace("\n", " ") or ax.get_title() or str(place)
        for entry in entries:
            table = entry.table.copy()
            table.insert(0, "panel", name, allow_duplicates=True)
            tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _about(
    figure: Figure,
    rows: pd.DataFrame,
    settings: Mapping[str, object] | None,
    corpus: HasFingerprint | None,
) -> str:
    """Return the JSON that tells how a figure came about."""
    if corpus is not None and not isinstance(getattr(corpus, "fingerprint", None), str):
        msg = (
            f"save_figure: corpus is {type(corpus).__name__}, which has no fingerprint. "
            "Pass what build_corpus() returned."
        )
        raise TypeError(msg)
    found: dict[str, Any] = {}
    for name in SETTINGS:
        if name in rows.columns:
            values = rows[name].dropna().unique().tolist()
            found[name] = values[0] if len(values) == 1 else values
    width, height = (round(float(side) / MM, 1) for side in figure.get_size_inches())
    about = {
        "versions": _versions(),
        "corpus": None if corpus is None else corpus.fingerprint,
        "settings": {**found, **(settings or {})},
        "figure": {"width_mm": width, "height_mm": height, "rows": len(rows)},
    }
    try:
        return json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    except TypeError as error:
        msg = f"save_figure: settings cannot be written as JSON: {error}. Pass numbers and text."
        raise TypeError(msg) from error


def _versions() -> dict[str, str]:
    """Return the versions of what made the figure."""
    import matplotlib as mpl

    found = {}
    for name, package in PACKAGES.items():
        try:
            found[name] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return {**found, "matplotlib": mpl.__version__}
