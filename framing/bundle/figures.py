"""Figures of a bundle: their files, and the recipe from which they are drawn again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.bundle.archive import digest
from framing.bundle.guard import Left, Rules, shareable, texts_of
from framing.bundle.typed import table_of, table_text
from framing.plots.calls import live_calls
from framing.plots.recipe import NoRecipe, Recipe, recipe_of, redrawn, under
from framing.plots.save import drawn_rows, save_figure
from framing.tables import csv_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from framing.corpus import Corpus

FORMATS = ("pdf", "svg", "png")
TABLES = "figures/tables"


@dataclass
class Drawing:
    """The files of one figure, and what is said of it.

    Attributes
    ----------
    name : str
        The name of the figure.
    files : dict of str to bytes
        Name in the bundle and content.
    about : dict
        For `bundle.json`: whether it can be redrawn, and why not.
    left : list of Left
        Columns that were left out.
    texts : list of tuple
        Where texts stand, and the texts: to be looked through.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    texts: list[tuple[str, Iterable[str]]] = field(default_factory=list)


def drawing_of(name: str, fig: Figure | Axes, *, corpus: Corpus, rules: Rules) -> Drawing:
    """Return the files of a figure: pictures, drawn rows, recipe and its tables.

    The recipe is tried out at once: what it draws is compared with the figure.
    """
    figure = _checked_figure(name, fig)
    made = Drawing(name)
    try:
        recipe = _shareable_recipe(recipe_of(figure), rules, made)
    except NoRecipe as reason:
        made.about = {"redraws": False, "why": str(reason)}
        made.files |= _pictures(figure, corpus, rules, made)
        return made
    with under(recipe.steps):
        pictures = _pictures(figure, corpus, rules, made)
    again = redraw_files(name, recipe)
    differ = [one for one in again if pictures[f"figures/{one}"] != again[one]]
    made.about = {"redraws": not differ}
    if differ:
        made.about["why"] = (
            "rows or columns of its table were left out"
            if made.left
            else "it was changed by hand after the charts had drawn it"
        )
    made.files |= pictures
    return made


def _checked_figure(name: str, fig: Any) -> Figure:
    """Return the whole figure; raise where it is none, or nothing on it is known."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    figure = fig.get_figure(root=True) if isinstance(fig, Axes) else fig
    if not isinstance(figure, Figure):
        msg = (
            f"bundle: figures[{name!r}] is {type(fig).__name__}, neither a figure nor axes. "
            "Pass what a plot_… function or facets() returned."
        )
        raise TypeError(msg)
    if not live_calls(figure):
        msg = (
            f"bundle: figures[{name!r}]: no chart of the toolkit is on it, so its numbers are "
            "unknown. Leave it out, and give its table among the results."
        )
        raise ValueError(msg)
    return figure


def _shareable_recipe(recipe: Recipe, rules: Rules, made: Drawing) -> Recipe:
    """Return a recipe without columns of text, and put it and its tables among the files."""
    name = made.name
    places, tables = [], []
    for number, table in enumerate(recipe.tables):
        plain, left = shareable(f"figures[{name!r}]", table, rules)
        made.left += [one for one in left if one not in made.left]
        try:
            text = table_text(plain)
        except ValueError as error:
            msg = f"bundle: figures[{name!r}]: {error}"
            raise ValueError(msg) from error
        made.texts.append((f"the table of figures[{name!r}]", texts_of(plain)))
        place = f"{TABLES}/{digest(text.encode())[:16]}.json"
        made.files[place] = text.encode("utf-8")
        places.append(place)
        tables.append(table_of(text))
        recipe.steps["calls"][number]["table"] = number
    steps = {**recipe.steps, "tables": places}
    text = json.dumps(steps, indent=1, ensure_ascii=False) + "\n"
    made.files[f"figures/{name}.recipe.json"] = text.encode("utf-8")
    return replace(recipe, steps=json.loads(text), tables=tables)


def _pictures(figure: Figure, corpus: Corpus, rules: Rules, made: Drawing) -> dict[str, bytes]:
    """Return the files of `save_figure`, the drawn rows without text."""
    from matplotlib.text import Text

    name = made.name
    rows, _ = shareable(name, drawn_rows(figure), rules)
    with tempfile.TemporaryDirectory() as folder:
        paths = save_figure(figure, Path(folder) / name, formats=FORMATS, corpus=corpus)
        files = {f"figures/{path.name}": path.read_bytes() for path in paths}
    files[f"figures/{name}.csv"] = csv_text(rows).encode("utf-8")
    found: Any = figure.findobj(Text)
    shown: set[str] = {one.get_text() for one in found}
    about = json.loads(files[f"figures/{name}.json"])
    about.pop("code", None)  # a notebook may quote articles
    about_text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    files[f"figures/{name}.json"] = about_text.encode("utf-8")
    made.texts.append((f"figures[{name!r}]", {*shown, *strings_in(about)}))
    made.texts.append((f"the drawn rows of figures[{name!r}]", texts_of(rows)))
    return files


def strings_in(value: Any) -> set[str]:
    """Return every text in plain data."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, Mapping):
        return set().union(*(strings_in(one) for one in value.values()), map(str, value))
    if isinstance(value, list | tuple):
        return set().union(*map(strings_in, value)) if value else set()
    return set()


def redraw_files(name: str, recipe: Recipe) -> dict[str, bytes]:
    """Return the pictures and drawn rows that a recipe gives, by file name."""
    with tempfile.TemporaryDirectory() as folder, redrawn(recipe) as figure:
        rows: pd.DataFrame = drawn_rows(figure)
        paths = save_figure(figure, Path(folder) / name, formats=FORMATS)
        files = {path.name: path.read_bytes() for path in paths if path.suffix != ".json"}
    files[f"{name}.csv"] = csv_text(rows.reset_index(drop=True)).encode("utf-8")
    return files
