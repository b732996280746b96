"""How charts look: sizes in mm, fonts, and colours that stay with a source."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pandas as pd

from framing._checks import check_at_least, not_one_of

MM = 1 / 25.4

# width and height in mm, size of the text in points
PAPERS = {"single": (85.0, 60.0, 8.0), "double": (180.0, 90.0, 8.0), "slide": (254.0, 143.0, 18.0)}

# Near the hues of Okabe and Ito, moved until any two are at least 20 apart (CIE 1976 colour
# difference) to normal, protan, deutan and tritan eyes, and at least 5 apart in lightness (L* 0 to
# 100), so that they differ in grey as well. Ordered so that the first few differ most, and that
# those with the same kind of line differ by 10 in lightness.
COLOURS = (
    "#505bae", "#eba300", "#721b3a", "#d45c00", "#99c2fb",
    "#c37dae", "#1f8244", "#2d1d85", "#3eb78b", "#5a5074",
)  # fmt: skip
MARKERS = ("o", "s", "^", "d", "v", "P", "X", "<", ">", "p", "h")
# How much larger than a circle's these markers are drawn, so that all weigh about the same.
WEIGHTS = {"d": 1.25, "P": 1.3, "X": 1.2, "<": 1.2, ">": 1.2, "^": 1.1, "v": 1.1}
KINDS = (len(COLOURS), len(MARKERS))
LINES: tuple[Any, ...] = ("-", (0, (4, 1.2)), (0, (1.2, 0.9)), (0, (5, 1.2, 1.2, 1.2)))
HATCHES: dict[Any, str] = dict(zip(LINES, ("", "////", "....", "xxxx"), strict=True))

INK = "#262626"
QUIET = "#6b6b6b"
FAINT = "#d9d9d9"
PLAIN = "#56606f"  # marks that stand for no source
MISSING = "missing"
SHADES = ("#ffffff", "#8f96d0", COLOURS[7])  # from nothing to most; also darker and darker in grey


@dataclass(frozen=True)
class Look:
    """How one series is drawn."""

    colour: str
    marker: str
    line: Any

    @property
    def weight(self) -> float:
        """How much larger than a circle its marker is drawn."""
        return WEIGHTS.get(self.marker, 1.0)

    @property
    def hatch(self) -> str:
        """The pattern of its areas; with the same one, colours differ more in grey."""
        return HATCHES.get(self.line, "")


_PLACES: dict[str, dict[str, int]] = {}  # for each column the place of each of its values
_NOTED: ContextVar[dict[str, dict[str, int]] | None] = ContextVar("noted", default=None)


class Paper:
    """The settings that `paper` has made; leaving its `with` block restores those before.

    Attributes
    ----------
    before : dict
        The matplotlib settings that were replaced.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        import matplotlib as mpl

        rc: Any = mpl.rcParams
        self.before = {name: rc[name] for name in settings}
        rc.update(settings)

    def __enter__(self) -> Paper:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import matplotlib as mpl

        rc: Any = mpl.rcParams
        rc.update(self.before)


def paper(
    width: str | float = "single",
    *,
    height: float | None = None,
    font_size: float | None = None,
) -> Paper:
    """Set the size, fonts and lines of all figures that follow, as journals print them.

    Call it once at the top of a notebook, or as ``with paper("double"):`` for the figures of one
    block. It changes matplotlib's settings and nothing else, so figures of your own follow it too.
    Charts made of rows (one per term) keep this width and are as high as their rows need, and a
    legend over the axes adds its own height.

    Parameters
    ----------
    width
        ``"single"`` (85 mm), ``"double"`` (180 mm) or ``"slide"`` (254 mm, 16:9, large text), or
        a width in mm.
    height
        Height in mm; None takes 60, 90 or 143 mm, or 0.6 of a width that was given in mm.
    font_size
        Size of axis titles in points; tick labels and legends are 1 point (a slide's 2) smaller.
        None takes 8, on a slide 18.

    Returns
    -------
    Paper
        A context manager; leaving it restores the settings that were there before.

    Raises
    ------
    ValueError
        Where the width is not one of the names, or a number is too small.

    See Also
    --------
    palette : The colours of the sources.
    save_figure : Write a figure at exactly this size.

    Examples
    --------
    >>> import matplotlib as mpl
    >>> import framing as fr
    >>> with fr.paper("single"):
    ...     round(float(mpl.rcParams["figure.figsize"][0]) * 25.4)
    85
    """
    if isinstance(width, str):
        if width not in PAPERS:
            raise ValueError(not_one_of("paper", "width", width, PAPERS))
        wide, high, size = PAPERS[width]
    else:
        check_at_least("paper", "width", width, 20, whole=False)
        wide, high, size = float(width), 0.6 * width, 8.0
    if height is not None:
        check_at_least("paper", "height", height, 20, whole=False)
        high = float(height)
    if font_size is not None:
        check_at_least("paper", "font_size", font_size, 4, whole=False)
        size = float(font_size)
    return Paper(_settings(wide * MM, high * MM, size))


def _settings(width: float, height: float, size: float) -> dict[str, Any]:
    """Return matplotlib's settings for a figure in inches and a text size in points."""
    from cycler import cycler

    small = size - (1 if size < 12 else 2)
    line = size / 8
    return {
        "figure.figsize": (width, height),
        "figure.dpi": 150,
        "figure.constrained_layout.use": True,
        "savefig.dpi": 300,
        "savefig.bbox": None,
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": "framing",
        "font.family": ["DejaVu Sans"],
        "font.size": size,
        "axes.titlesize": size,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 0.5 * size,
        "axes.labelsize": size,
        "axes.labelpad": 0.4 * size,
        "xtick.labelsize": small,
        "ytick.labelsize": small,
        "legend.fontsize": small,
        "legend.title_fontsize": small,
        "legend.frameon": False,
        "figure.titlesize": size,
        "figure.labelsize": size,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.6 * line,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=COLOURS),
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.major.width": 0.6 * line,
        "ytick.major.width": 0.6 * line,
        "xtick.major.size": 2.5 * line,
        "ytick.major.size": 2.5 * line,
        "xtick.major.pad": 3.5 * line,
        "ytick.major.pad": 3.5 * line,
        "xtick.minor.size": 1.5 * line,
        "ytick.minor.size": 1.5 * line,
        "xtick.minor.width": 0.4 * line,
        "ytick.minor.width": 0.4 * line,
        "text.color": INK,
        "grid.color": FAINT,
        "grid.linewidth": 0.5 * line,
        "lines.linewidth": 1.2 * line,
        "lines.markersize": 4 * line,
        "patch.linewidth": 0.5 * line,
    }


def palette(sources: Iterable[object], *, by: str = "source") -> dict[str, str]:
    """Return a colour for each source, the same one in every figure of the session.

    A source gets its colour the first time it is named or drawn and keeps it, whichever part of
    the sources a figure shows. Name all sources once at the top of each notebook of a paper, as in
    ``palette(articles["source"])``, and they look alike throughout. Charts add a marker and a
    kind of line to each colour. Any two of the ten colours differ to colour-blind readers and in
    grey. Up to ten sources that are first named or drawn together have ten colours, whatever was
    drawn before; from the eleventh on colours repeat, with another marker and line.

    Parameters
    ----------
    sources
        Names of sources, or of any other groups; repeats are fine, missing ones are passed over.
    by
        The column whose values they are. Each column has the ten colours for itself, so that
        terms, drawn as lines, take none from the sources.

    Returns
    -------
    dict of str to str
        Name to colour as ``"#rrggbb"``, sorted by name.

    Raises
    ------
    TypeError
        Where `sources` is a whole table.

    See Also
    --------
    paper : Sizes and fonts.

    References
    ----------
    Okabe, M. and Ito, K. (2008). Color Universal Design. https://jfly.uni-koeln.de/color/

    Examples
    --------
    >>> import framing as fr
    >>> both = fr.palette(["Gazette", "Herald"])
    >>> fr.palette(["Herald"])["Herald"] == both["Herald"]
    True
    """
    if isinstance(sources, pd.DataFrame):
        msg = (
            "palette: sources is DataFrame, which is many columns. Pass one of them, for example "
            "articles['source']."
        )
        raise TypeError(msg)
    names = [sources] if isinstance(sources, str) else pd.Series(list(sources), dtype=object)
    known = sorted({named(name) for name in names} - {MISSING})
    _take_places(known, by)
    return {name: look(name, by).colour for name in known}


def _take_places(names: list[str], by: str) -> dict[str, int]:
    """Give each new name the next place whose colour and marker none of the others here has."""
    places = _PLACES.setdefault(by, {})
    here = [places[name] for name in names if name in places]
    for name in names:
        if name in places:
            continue
        taken = set(places.values())
        free = (place for place in itertools.count() if place not in taken)
        used = {(n, place % n) for place in here for n in KINDS}
        full = len(here) >= len(COLOURS)
        places[name] = next(p for p in free if full or not used & {(n, p % n) for n in KINDS})
        here.append(places[name])
    return places


def look(name: object, by: str = "source") -> Look:
    """Return how a series is drawn; a new name takes the next look, None that of no source."""
    if name is None:
        return Look(PLAIN, "o", "-")
    text = named(name)
    if text == MISSING:
        return Look("#8c8c8c", "*", (0, (2, 2)))
    place = _take_places([text], by)[text]
    noted = _NOTED.get()
    if noted is not None:
        noted.setdefault(by, {})[text] = place
    return Look(
        COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)], LINES[place % len(LINES)]
    )


@contextmanager
def noted_places() -> Iterator[dict[str, dict[str, int]]]:
    """Yield, for each column, the places of the names whose looks are asked for in the block."""
    noted: dict[str, dict[str, int]] = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def named(value: object) -> str:
    """Return a value as charts write it; `missing` where there is none."""
    return MISSING if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
