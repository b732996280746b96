"""Write the methods section of a paper from results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from framing._checks import check_one_of, listing
from framing.corpus import Corpus
from framing.escaping import escape_markdown
from framing.measure import Measure
from framing.methods import of_actors, of_comparison, of_corpus, of_terms, of_topics
from framing.methods.marks import FORMATS, cite, cited, shown, together
from framing.methods.of_comparison import DRAWS_OPEN, LEDGER_OPEN
from framing.methods.of_models import of_model
from framing.methods.passage import Passage
from framing.methods.references import PACKAGES, bibliography, installed
from framing.schema import TABLES, Table
from framing.schema.recognise import recognise
from framing.topics import TopicModel

Describer = Callable[[pd.DataFrame, Table], Passage]

DESCRIBERS: tuple[tuple[tuple[str, Describer], ...], ...] = (
    (
        ("articles", of_corpus.articles),
        ("problems", of_corpus.problems),
        ("attrition", of_corpus.attrition),
        ("boilerplate", of_corpus.boilerplate),
        ("stories", of_corpus.stories),
        ("story_pairs", of_corpus.story_pairs),
        ("events", of_corpus.events),
        ("phrases", of_terms.phrases),
    ),
    (
        ("ledger", of_actors.ledger),
        ("ledger_problems", of_actors.ledger_problems),
        ("mentions", of_actors.mentions),
        ("mention_audit", of_actors.mention_audit),
        ("salience", of_actors.salience),
        ("co_mentions", of_actors.co_mentions),
    ),
    (
        ("term_frequency", of_terms.term_frequency),
        ("term_trend", of_terms.term_trend),
        ("dispersion", of_terms.dispersion),
        ("keyness", of_terms.keyness),
        ("collocates", of_terms.collocates),
        ("kwic", of_terms.kwic),
    ),
    (
        ("topic_choice", of_topics.topic_choice),
        ("topic_terms", of_topics.topic_terms),
        ("topic_share", of_topics.topic_share),
        ("topic_trend", of_topics.topic_trend),
        ("topic_prediction", of_topics.topic_prediction),
        ("topic_quality", of_topics.topic_quality),
        ("topic_stability", of_topics.topic_stability),
        ("representative_articles", of_topics.representative_articles),
        ("topic_map", of_topics.topic_map),
        ("topic_networks", of_topics.topic_networks),
        ("topic_communities", of_topics.topic_communities),
        ("topic_wording", of_topics.topic_wording),
        ("topic_effects", of_topics.topic_effects),
        ("topic_expected_shares", of_topics.topic_expected_shares),
        ("intrusion_key", of_topics.intrusion_key),
        ("intrusion_scores", of_topics.intrusion_scores),
    ),
    (
        ("comparison", of_comparison.comparison),
        ("comparison_pairs", of_comparison.comparison),
        ("decomposition", of_comparison.decomposition),
        ("specification_curve", of_comparison.specification_curve),
        ("specification_test", of_comparison.specification_test),
    ),
    (("evidence", of_corpus.evidence),),
)
"""What describes each table, by paragraph, in the order in which a paper tells it."""

NO_RESULTS = {"methods_settings", "reproduction"}
"""Tables of the schema that no method is behind."""

ORDER = {
    "corpus": (0, 3),
    "measure": (4, -1),
    "topic_model": (3, 0),
} | {
    name: (paragraph, place)
    for paragraph, part in enumerate(DESCRIBERS)
    for place, (name, _) in enumerate(part)
}  # fmt: skip
_DESCRIBE = {name: describe for part in DESCRIBERS for name, describe in part}


@dataclass(frozen=True, eq=False, repr=False)
class MethodsText:
    """The methods section of a paper: its text, its settings, its references.

    Attributes
    ----------
    text : str
        The section in the format that was asked for; paragraphs are apart by an empty line. It is
        also what `str()` and `print()` give.
    settings : DataFrame
        One row a setting of a result: `result`, `table`, `setting`, `value`.
    bibtex : str
        The works and programs that the text cites, and no others.
    left_open : tuple of str
        What the results do not tell and a reader may need: add it by hand.
    format : str
        `plain`, `markdown` or `latex`.

    See Also
    --------
    framing.methods : Writes one.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> written = fr.methods(fr.term_frequency(corpus, by="source"))
    >>> written
    MethodsText(1 result, 2 references, 1 point left open)
    >>> written.left_open
    ('Pass the corpus as well: the tables do not tell which articles and tokeniser they rest on.',)
    """

    text: str
    settings: pd.DataFrame
    bibtex: str
    left_open: tuple[str, ...]
    format: str
    _sentences: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        n_results = int(self.settings["result"].max()) if len(self.settings) else 0
        sizes = (
            (n_results, "result"),
            (self.bibtex.count("\n@") + self.bibtex.startswith("@"), "reference"),
            (len(self.left_open), "point"),
        )
        said = [f"{size:,} {name}{'' if size == 1 else 's'}" for size, name in sizes]
        return f"MethodsText({', '.join(said)} left open)"

    def _repr_markdown_(self) -> str:
        """Return the section as a notebook shows it, whatever its format."""
        parts = [" ".join(map(shown, part)) for part in self._sentences]
        if self.left_open:
            points = [f"- {escape_markdown(point)}" for point in self.left_open]
            parts.append("**Left open**\n\n" + "\n".join(points))
        return "\n\n".join(parts)


def methods(*results: object, format: str = "plain") -> MethodsText:
    r"""Write the methods section of a paper from results.

    The text says what was counted on which articles, by which formula, with which versions,
    resampling and correction. It comes from the results' own columns, so that a result that was
    filtered, joined to others of its kind or read back from CSV still explains itself. It says
    what was done and not why: reasons are yours to add, as is what is `left_open`.

    Parameters
    ----------
    *results
        Tables of the toolkit in any order, and the corpora, topic models and measures that they
        come from. The table of a saved figure with several panels counts as several.
    format
        `"plain"`: for reading, works by author and year; `"markdown"`: with Pandoc's citations
        `[@key]`; `"latex"`: with natbib's `\citep{key}`. The names of sources and other text of
        the data are escaped.

    Returns
    -------
    MethodsText
        `text`, a paragraph each for the corpus, actors, words, topics, comparisons and programs;
        `settings`, one row a setting; `bibtex` of what the text cites; `left_open`.

    Raises
    ------
    ValueError
        Where a table is none of the toolkit's, `format` is not one of these, or nothing is passed.
    TypeError
        Where a result is neither a table nor one of the toolkit's objects.

    See Also
    --------
    framing.export_tables : Writes results as CSV, LaTeX and HTML.
    framing.save_figure : Writes a figure with its numbers.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> key = fr.keyness(corpus, by="source", target="Gazette", measure="log_ratio")
    >>> written = fr.methods(key)
    >>> print(written)
    Key terms were found by comparing the frequencies of ... terms, Gazette (source) against all
    other articles. Keyness was measured by the log ratio, log2((a/N1) / (b/N2)), with ½ in place
    of a count of 0 (Hardie 2014); ...
    <BLANKLINE>
    The analyses were made with framing ... and pandas ... (McKinney 2010).
    >>> written.settings.loc[written.settings["setting"] == "measure", "value"].tolist()
    ['log_ratio']
    """
    check_one_of("methods", "format", format, FORMATS)
    told = [one for place, result in enumerate(results, 1) for one in _passages(place, result)]
    if not told:
        msg = (
            "methods: nothing to describe was passed. Pass results, for example "
            "methods(corpus, keyness_table)."
        )
        raise ValueError(msg)
    ordered = sorted(told, key=lambda one: ORDER[one.name])
    programs = _programs(one.passage for one in ordered)
    paragraphs = _paragraphs(ordered, programs)
    write = FORMATS[format]
    keys = cited(sentence for part in paragraphs for sentence in part)
    return MethodsText(
        "\n\n".join(" ".join(map(write, part)) for part in paragraphs),
        _settings(told, programs),
        bibliography(keys),
        _left_open(ordered),
        format,
        paragraphs,
    )


@dataclass(frozen=True)
class _Told:
    """One result in words: its place among the arguments, what it is, and its passage."""

    place: int
    name: str
    passage: Passage


def _passages(place: int, result: object) -> Iterator[_Told]:
    """Return what a result adds, one passage for each table that is in it."""
    if isinstance(result, Corpus):
        yield _Told(place, "corpus", of_corpus.of_corpus(result))
    elif isinstance(result, TopicModel):
        yield _Told(place, "topic_model", of_model(result))
    elif isinstance(result, Measure):
        yield _Told(place, "measure", of_comparison.of_measure(result))
    elif isinstance(result, pd.DataFrame):
        for table, data in _tables(place, result):
            yield _Told(place, table.name, _DESCRIBE[table.name](data, table))
    elif isinstance(result, tuple) and result and all(
        isinstance(part, pd.DataFrame) for part in result
    ):  # fmt: skip
        for part in result:
            yield from _passages(place, part)
    else:
        msg = (
            f"methods: result {place} is {type(result).__name__}, neither a table of the toolkit "
            "nor a Corpus, TopicModel or Measure. Pass what its functions return."
        )
        raise TypeError(msg)


def _tables(place: int, data: pd.DataFrame) -> Iterator[tuple[Table, pd.DataFrame]]:
    """Return which table a DataFrame is; of a figure with several panels, which ones."""
    table = recognise(data)
    if table is not None and table.name in _DESCRIBE:
        yield table, data
        return
    if table is not None:
        msg = (
            f"methods: result {place} is a table of {table.made_by}(), which no method is behind. "
            "Leave it out."
        )
        raise ValueError(msg)
    if "panel" in data.columns and data["panel"].notna().all() and len(data):
        for _, rows in data.groupby("panel", sort=False):
            panel = rows.drop(columns="panel")
            known = recognise(panel.dropna(axis="columns", how="all")) or _closest(panel)
            if known is None:
                raise ValueError(_unknown(place, rows))
            yield known, panel[[name for name in panel.columns if _is_of(known, panel, name)]]
        return
    raise ValueError(_unknown(place, data))


def _closest(panel: pd.DataFrame) -> Table | None:
    """Return the table that has most of the columns that are filled, of those that fit."""
    filled = set(panel.columns[panel.notna().any()])
    fitting = [
        table for table in TABLES.values()
        if table.name in _DESCRIBE and set(table.required) <= set(panel.columns)
    ]  # fmt: skip
    return max(
        fitting,
        key=lambda table: (len(filled & set(table.required)), -len(table.required)),
        default=None,
    )


def _is_of(table: Table, panel: pd.DataFrame, name: str) -> bool:
    """Tell whether a column belongs to the table of a panel: its own, or one that is filled."""
    return name in {column.name for column in table.columns} or bool(panel[name].notna().any())


def _unknown(place: int, data: pd.DataFrame) -> str:
    """Return the message for a table that is none of the toolkit's."""
    makers = dict.fromkeys(TABLES[name].made_by for name in _DESCRIBE)
    return (
        f"methods: result {place} has the columns {listing(data.columns)}, which no table of the "
        f"toolkit has. Pass a table that one of these returns, with all of its columns: "
        f"{', '.join(makers)}; or a Corpus, TopicModel or Measure."
    )


def _programs(passages: Iterable[Passage]) -> dict[str, str]:
    """Return the programs that results used, each with its version."""
    found = {name: installed(PACKAGES[name][0]) for name in ("framing", "pandas")}
    for passage in passages:
        for told in passage.programs:
            name, _, version = told.partition(" ")
            known = version or found.get(name) or installed(PACKAGES[name][0])
            found[name] = known
    return found


def _paragraphs(ordered: list[_Told], programs: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the sentences by paragraph, each sentence once; the programs come last."""
    parts: dict[int, dict[str, None]] = {}
    for one in ordered:
        parts.setdefault(ORDER[one.name][0], {}).update(dict.fromkeys(one.passage.sentences))
    seen: set[str] = set()
    found = []
    for part in parts.values():
        sentences = tuple(sentence for sentence in part if sentence not in seen)
        seen.update(sentences)
        found += [sentences] if sentences else []
    made = [f"{name} {version} {cite(PACKAGES[name][1])}" for name, version in programs.items()]
    return (*found, (f"The analyses were made with {together(made)}.",))


def _settings(told: list[_Told], programs: dict[str, str]) -> pd.DataFrame:
    """Return the table of settings, in the order in which results were passed."""
    rows = [(one.place, one.name, *row) for one in told for row in one.passage.settings]
    rows += [(0, "program", name, version) for name, version in programs.items()]
    table = pd.DataFrame(rows, columns=["result", "table", "setting", "value"])
    return table.astype({"result": "int64", "table": "str", "setting": "str", "value": "str"})


def _left_open(ordered: list[_Told]) -> tuple[str, ...]:
    """Return what results do not tell, each point once."""
    names = {one.name for one in ordered}
    told = {LEDGER_OPEN: {"measure", "mentions"}, DRAWS_OPEN: {"measure"}}
    points = [
        point
        for one in ordered
        for point in one.passage.left_open
        if not names & told.get(point, set())
    ]
    if not names & {"corpus", "articles"}:
        points.insert(
            0,
            "Pass the corpus as well: the tables do not tell which articles and tokeniser they "
            "rest on.",
        )
    return tuple(dict.fromkeys(points))
