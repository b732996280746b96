"""Figures on disk, each with the table it was drawn from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from xml.sax.saxutils import escape

import pandas as pd

from framing._checks import not_one_of
from framing.plots.alt import alt_text, title_text
from framing.plots.calls import calls_of
from framing.plots.panel import drawn
from framing.plots.session import code_of_session
from framing.plots.style import MM
from framing.tables import csv_text, written_together

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = {"pdf": ".pdf", "svg": ".svg", "png": ".png", "png600": "-600.png"}
ENDINGS = (".pdf", ".svg", ".png", ".csv", ".json")
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
    formats: Sequence[str] | None = None,
    settings: Mapping[str, object] | None = None,
    corpus: HasFingerprint | None = None,
    table: pd.DataFrame | None = None,
) -> list[Path]:
    """Write a figure for print and screen, its numbers as CSV, and how it came about as JSON.

    All files have one name and appear together or not at all. The same figure gives the same
    bytes: they hold no date. The CSV has the rows that the charts have drawn, with a first column
    `panel` where there are several; like `save_table` it is safe to open in a spreadsheet. The
    text of `alt_text` is in the files: as Subject in the PDF, as ``<desc>`` in the SVG, as
    Description in the PNG, as ``"alt_text"`` in the JSON. The JSON also has versions, the corpus's
    fingerprint, settings and seed, ``"calls"`` of charts with their arguments, and in a notebook
    ``"code"``: the statements that led to the figure, without the folders of paths.

    Parameters
    ----------
    fig
        A figure, or the axes that a chart returned.
    path
        The file without its ending, such as ``"figures/keyness"``; folders are made.
    formats
        Any of ``"pdf"`` (fonts inside), ``"svg"`` (text as text, in DejaVu Sans where the reader
        has it), ``"png"`` (300 dots per inch) and ``"png600"`` (600, as ``keyness-600.png``; it
        takes about as long as the others together). An empty list writes none of them. None takes
        those that the environment variable ``FRAMING_FORMATS`` names, with commas between them, or
        else all four; ``framing report`` takes ``pdf,png`` where the variable is not set.
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
        The images in the order PDF, SVG, PNG, PNG of 600 dots per inch; then CSV and JSON.

    Raises
    ------
    ValueError
        Where no chart of the toolkit is on the figure and no table is given, or there is no such
        format.
    TypeError
        Where `fig` is neither a figure nor axes, `path` no path, or a setting cannot be written
        as JSON.

    See Also
    --------
    paper : Sets the size in mm.
    alt_text : What the chart shows, in words.
    save_table : Writes a table alone.

    Examples
    --------
    >>> import tempfile
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_term_frequency(fr.term_frequency(corpus), n=5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = fr.save_figure(ax, folder + "/terms", formats=["pdf", "svg"], corpus=corpus)
    >>> [path.name for path in paths]
    ['terms.pdf', 'terms.svg', 'terms.csv', 'terms.json']
    """
    figure = _figure_of(fig)
    chosen = _chosen(formats)
    if not isinstance(path, str | os.PathLike):
        msg = (
            f"save_figure: path is {type(path).__name__}, not a path. Pass the file without its "
            "ending, for example 'figures/keyness'."
        )
        raise TypeError(msg)
    path = Path(path)
    stem = path.name[: -len(path.suffix)] if path.suffix in ENDINGS else path.name
    rows = drawn_rows(figure) if table is None else table
    said = alt_text(figure if table is None else table)
    about = _as_json(_about(figure, rows, settings, corpus) | {"alt_text": said})
    endings = [*(FORMATS[name] for name in chosen), ".csv", ".json"]
    paths = [path.with_name(stem + ending) for ending in endings]
    with written_together(paths) as staged:
        *images, csv, about_file = staged
        csv.write_text(csv_text(rows), encoding="utf-8", newline="")
        about_file.write_text(about, encoding="utf-8", newline="")
        _write_images(figure, dict(zip(chosen, images, strict=True)), said)
    return paths


def _chosen(formats: Sequence[str] | None) -> list[str]:
    """Return the formats to write, in their usual order."""
    if formats is None:
        given = os.environ.get("FRAMING_FORMATS", "")
        names = [name.strip() for name in given.split(",") if name.strip()] or list(FORMATS)
    else:
        names = [formats] if isinstance(formats, str) else list(formats)
    for name in names:
        if name not in FORMATS:
            what = "formats" if formats is not None else "FRAMING_FORMATS"
            raise ValueError(not_one_of("save_figure", what, name, FORMATS))
    return [name for name in FORMATS if name in names]


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


def _write_images(figure: Figure, images: Mapping[str, Path], said: str) -> None:
    """Write the images with their alternative text, and without a date.

    The layout is settled before and does not follow each file's resolution, so that all files,
    and a second set, show the same.
    """
    import matplotlib as mpl

    how: Any = {
        "pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "framing", "savefig.bbox": None,
    }  # fmt: skip
    options: dict[str, dict[str, Any]] = {
        "pdf": {"metadata": {"Title": title_text(said), "Subject": said, "CreationDate": None}},
        "svg": {"metadata": {"Title": title_text(said), "Date": None}},
        "png": {"metadata": {"Description": said}, "dpi": 300},
        "png600": {"metadata": {"Description": said}, "dpi": 600},
    }
    layout = figure.get_layout_engine()
    with mpl.rc_context(how):
        settle(figure)
        figure.set_layout_engine("none")
        try:
            for name, path in images.items():
                figure.savefig(path, **options[name])
                if name == "svg":
                    _describe_svg(path, said)
        finally:
            figure.set_layout_engine(layout)


def _describe_svg(path: Path, said: str) -> None:
    """Put the alternative text under the title of an SVG, and other fonts behind its own."""
    text = path.read_text("utf-8")
    described = f"</title>\n <desc>{escape(said)}</desc>"
    text = text.replace("<svg ", '<svg role="img" ', 1).replace("</title>", described, 1)
    text = re.sub(r"(style=\"[^\"]*'DejaVu Sans')(?=[;\"])", r"\1, Verdana, sans-serif", text)
    path.write_text(text, encoding="utf-8", newline="")


def settle(figure: Figure) -> None:
    """Lay a figure out from where its grid begins, whatever was drawn of it before."""
    for ax in figure.axes:
        place = ax.get_subplotspec()
        if place is not None and ax.get_in_layout() and figure.get_layout_engine() is not None:
            ax.set_position(place.get_position(figure))
            ax.set_in_layout(True)
    for _ in range(2):
        figure.draw_without_rendering()


def drawn_rows(figure: Figure) -> pd.DataFrame:
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
) -> dict[str, Any]:
    """Return what the JSON tells of how a figure came about."""
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
    return {
        "versions": _versions(),
        "corpus": None if corpus is None else corpus.fingerprint,
        "settings": {**found, **(settings or {})},
        "figure": {"width_mm": width, "height_mm": height, "rows": len(rows)},
        "calls": calls_of(figure),
        "code": code_of_session(),
    }


def _as_json(about: dict[str, Any]) -> str:
    """Return what is known of a figure as text."""
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
