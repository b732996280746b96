"""Redraw the figures of the README and the gallery from the real news corpus: `make figures`.

Without a network the gallery is drawn from the invented sample, and says so.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import framing as fr

HERE = Path(__file__).parent
README, GALLERY, PAGE = HERE / "figures", HERE / "gallery", HERE / "gallery.md"
NAMES = ["opposition", "rebels", "fighters", "militants", "terrorists", "regime", "refugees"]

# What stands in the entries for the real articles, and for the sample in its place.
OF_THE_SAMPLE = {
    '.str.count("Syria") >= 2': ".str.len() > 0",
    '["actor"] == "Syria"': '["actor"] == "Russia"', '"Syria"': '"Orvessa"', '"syria"': '"orvessa"',
    '"Russia")': '"Karsun")', '"aleppo"': '"tamrin"', '"SYR"': '"QAT"', "2016-11-14": "2024-09-01",
    '"TASS"': '"Skazka Wire"', '"CNN"': '"Imaginary Ledger"', '"Al Jazeera"': '"Khayal News"',
    '"Deutsche Welle"': '"Fantasie-Kurier"', "n_topics=15": "n_topics=6", '"rebels"': '"talks"',
    '"fighters"': '"convoy"', '"militants"': '"aid"', '"terrorists"': '"government"',
    '"terrorist"': '"minister"', '"regime"': '"war"', '"refugees"': '"peace"',
    "min_count=10": "min_count=2",
    "[5, 10, 20]": "[3, 5]",
}  # fmt: skip
REAL = (
    "{n:,} articles of nine sources, nearly all of December 2016 to March 2017 "
    "(`fr.fetch_news_articles()`)"
)
SAMPLE = (
    "**{n:,} invented articles**, since the real ones could not be fetched (`fr.load_sample()`)"
)
OPENING = """# Gallery

Every chart of the toolkit, and the lines that draw it, on {articles}.
`make figures` draws them again, from `docs/gallery.py`. Below each picture stands what
`fr.alt_text(ax)` says of it: `fr.save_figure` writes it into the files, for those who cannot see
the picture. All of them begin with:

```python
{set_up}
```
"""


def main() -> int:
    """Draw every figure; return the exit status."""
    try:
        articles, problems = fr.fetch_news_articles()
        real = True
    except ConnectionError as error:
        articles, problems = fr.load_sample()
        real = False
        sys.stderr.write(
            f"{error}\nThe gallery is drawn from the sample, the README's not at all.\n"
        )
    fr.paper("double")
    fr.palette(articles["source"].unique())
    if real:
        draw_readme(articles)
    source = (HERE / "gallery.py").read_text("utf-8")
    gallery = Gallery(source if real else of_the_sample(source))
    texts = gallery.draw(articles, problems)
    said = (REAL if real else SAMPLE).format(n=int(articles["text"].notna().sum()))
    PAGE.write_text(gallery.page(said, texts), encoding="utf-8")
    sys.stderr.write(f"wrote docs/{PAGE.name}\n")
    return 0


def draw_readme(articles: Any) -> None:
    """Draw the figures of the README."""
    corpus = fr.build_corpus(articles)
    on_syria = corpus.articles["text"].str.count("Syria") >= 2
    three = corpus.articles["source"].isin(["Al Jazeera", "Deutsche Welle", "TASS"])
    table = fr.term_frequency(corpus.where(on_syria & three), by="source", terms=NAMES)
    draw(fr.plot_term_frequency(table), README / "names.png")

    clean = fr.without(corpus, fr.boilerplate(corpus))
    key = fr.keyness(clean.where(on_syria), by="source", target="TASS")
    draw(fr.plot_keyness(key), README / "keyness.png")

    model = fr.fit_topics(clean, n_topics=15, seed=1)
    draw(fr.plot_topic_share(fr.topic_share(model, clean, by="source")), README / "topics.png")


def of_the_sample(source: str) -> str:
    """Return the entries with the names of the sample."""
    for real, invented in OF_THE_SAMPLE.items():
        source = source.replace(real, invented)
    return source


class Gallery:
    """The entries of the gallery, from the text of `docs/gallery.py`.

    Parameters
    ----------
    source
        The text.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        space: dict[str, Any] = {"__name__": "gallery"}
        exec(compile(source, str(HERE / "gallery.py"), "exec"), space)
        functions = {name: one for name, one in space.items() if inspect.isfunction(one)}
        self.set_up: Callable[..., dict[str, Any]] = functions.pop("set_up")
        self.entries: dict[str, Callable[..., Any]] = functions

    def figures(self, articles: Any, problems: Any) -> Iterator[tuple[str, Any]]:
        """Yield each entry with its axes or figure."""
        given = {"problems": problems, **self.set_up(articles)}
        for name, entry in self.entries.items():
            yield name, entry(**{one: given[one] for one in inspect.signature(entry).parameters})

    def draw(self, articles: Any, problems: Any) -> dict[str, str]:
        """Draw all entries; return what is said of each."""
        import matplotlib.pyplot as plt

        texts = {}
        for name, made in self.figures(articles, problems):
            texts[name] = draw(made, GALLERY / f"{name}.png")
            plt.close("all")
        return texts

    def code(self, name: str) -> str:
        """Return the lines of one entry as they would stand in a notebook."""
        body = re.search(rf'def {name}\(.*?""".*?"""\n(.*?)(?=\n\n\n|\Z)', self.source, re.DOTALL)
        assert body is not None
        made = "figure" if "return fr.facets(" in body[1] else "ax"
        return textwrap.dedent(body[1]).rstrip().replace("return fr.", f"{made} = fr.")

    def opening(self) -> str:
        """Return the lines that all entries begin with."""
        found = re.search(r"^FOUR = .*?(?=\n\n\ndef )", self.source, re.DOTALL | re.MULTILINE)
        assert found is not None
        constants = re.sub(r"\n+", "\n", found[0])
        lines = ["from functools import partial\n", "import framing as fr\n"]
        lines += ["articles, problems = fr.load_articles()", 'fr.paper("double")', constants, ""]
        return "\n".join([*lines, self.code("set_up").replace("\nreturn locals()", "")])

    def page(self, articles: str, texts: dict[str, str]) -> str:
        """Return the page with the code, picture and text of all entries."""
        parts = [OPENING.format(articles=articles, set_up=self.opening())]
        for name, entry in self.entries.items():
            title = (entry.__doc__ or name).rstrip(".")
            said = re.sub(r"([\[\]*_<>`|])", r"\\\1", texts[name])
            parts.append(
                f"## {title}\n\n```python\n{self.code(name)}\n```\n\n"
                f"![{said}](gallery/{name}.png)\n\n*{said}*\n"
            )
        return "\n".join(parts)


def draw(made: Any, path: Path) -> str:
    """Save a chart at 150 dots per inch in few colours; return what is said of it."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        png, _, about = fr.save_figure(made, Path(folder) / path.stem, formats="png")
        with Image.open(png) as large:
            half = (large.width // 2, large.height // 2)
            small = large.convert("RGB").resize(half, Image.Resampling.LANCZOS)
        said = str(json.loads(about.read_text("utf-8"))["alt_text"])
    path.parent.mkdir(exist_ok=True)
    few = small.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True, dpi=(150, 150))
    sys.stderr.write(f"drew {path.parent.name}/{path.name}\n")
    return said


if __name__ == "__main__":
    sys.exit(main())
