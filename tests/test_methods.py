"""The methods section: what it recognises, writes, cites and escapes."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.collocation import _MEASURES as COLLOCATES_MEASURES
from framing.dispersion import _SCORES as DISPERSION_MEASURES
from framing.escaping import clean, escape_latex, escape_markdown
from framing.keyness_scores import MEASURES as KEYNESS_MEASURES
from framing.methods import methods, of_actors, of_comparison, of_models, of_terms, of_topics
from framing.methods.marks import FORMATS, cite, cited, column, latex, markdown, named, plain
from framing.methods.references import PACKAGES, bibliography, reference, references
from framing.plots.panel import drawn
from framing.salience import _MEASURES as CO_MENTION_MEASURES
from framing.schema import TABLES
from framing.schema.recognise import recognise
from framing.topics import choice, engines
from framing.topics.shares import WEIGHTINGS

ROOT = Path(__file__).parent.parent
HOSTILE = "@key R&D 50% _x_ #1 $a$ {b} ~c ^d \\e <script>1</script> [l](http://a.b) `q`"

ARTICLES = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "source": ["North", "South", "South"],
        "date": pd.to_datetime(["2017-02-07", "2017-03-30", None]),
        "title": ["War", "Peace", "Rain"],
        "text": ["War came to Syria.", "Peace came.", "It rained on Syria."],
    }
)
CORPUS = fr.build_corpus(ARTICLES)


def columns_of(name: str) -> pd.DataFrame:
    """Return an empty table with all columns of the schema."""
    return pd.DataFrame(columns=[one.name for one in TABLES[name].columns])


def required_of(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=TABLES[name].required)


# Recognition: tests/test_schema.py asks the same of what each function returns.


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"comparison_pairs"}))
def test_a_table_is_recognised_by_its_columns(name: str) -> None:
    table = TABLES[name]
    assert recognise(columns_of(name)) is table
    assert recognise(required_of(name)) is table
    assert recognise(required_of(name).iloc[:, ::-1]) is table
    assert recognise(columns_of(name).assign(my_note="", other=1)) is table


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_without_one_of_its_columns_is_not_that_table(name: str) -> None:
    for left_out in TABLES[name].required:
        assert recognise(required_of(name).drop(columns=left_out)) is not TABLES[name]


def test_no_two_tables_have_the_same_columns_but_the_two_of_comparisons() -> None:
    needed = [frozenset(table.required) for table in TABLES.values()]
    assert len(set(needed)) == len(needed) - 1


def test_comparisons_of_pairs_are_told_by_their_references() -> None:
    pairs = columns_of("comparison").reindex(range(3))
    assert recognise(pairs.assign(reference=["B", "C", "C"])) is TABLES["comparison_pairs"]
    for others in (["rest"] * 3, ["B", None, "B"], ["B"] * 3, [None] * 3, ["B", "rest", "C"]):
        assert recognise(pairs.assign(reference=others)) is TABLES["comparison"]


def test_two_results_in_one_table_are_none() -> None:
    both = pd.concat([columns_of("keyness"), columns_of("dispersion")], axis=1)
    assert recognise(both.loc[:, ~both.columns.duplicated()]) is None
    assert recognise(pd.DataFrame({"a": [1]})) is None
    assert recognise(pd.DataFrame()) is None


def test_a_result_explains_itself_after_filter_concat_and_csv(tmp_path: Path) -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    rates = fr.measure_terms(corpus, ["war", "talks"])
    for table in (
        fr.keyness(corpus, by="source"),
        fr.compare(rates, by="source", unit="story", seed=1, n_resamples=99),
        fr.compare_pairs(rates, by="source", seed=1, n_resamples=0),
        fr.term_trend(corpus, terms=["war"], by="source"),
        fr.find_stories(corpus),
        fr.topic_share(fr.fit_topics(corpus, 4, seed=1, engine="nmf"), corpus, by="source"),
    ):
        file = fr.save_table(table, tmp_path / "table.csv")
        again = pd.read_csv(file)
        assert str(methods(again)) == str(methods(table))
        shuffled = table.sample(frac=1, random_state=1).sort_index()
        assert str(methods(shuffled.assign(note=""))) == str(methods(table))
        assert str(methods(pd.concat([table[:5], table[5:]]))) == str(methods(table))


def test_settings_of_tables_that_were_joined_are_all_told() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    tables = [fr.keyness(corpus, target="Gazette", measure=one) for one in ("lrc", "g2")]
    text = str(methods(pd.concat(tables)))
    assert "conservative log ratio" in text
    assert "log-likelihood statistic G2" in text
    assert set(cited_keys(methods(*tables))) == set(cited_keys(methods(pd.concat(tables))))


def test_the_table_of_a_figure_with_two_panels_is_two_results(tmp_path: Path) -> None:
    import matplotlib.pyplot as plt

    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    figure, axes = plt.subplots(ncols=2)
    fr.plot_keyness(fr.keyness(corpus, target="Gazette", measure="log_ratio"), ax=axes[0])
    fr.plot_term_frequency(fr.term_frequency(corpus), ax=axes[1])
    panels = [drawn(ax)[0].table.assign(panel=str(place)) for place, ax in enumerate(axes)]
    table = pd.read_csv(fr.save_table(pd.concat(panels), tmp_path / "two.csv"))
    text = str(methods(table))
    parts = [str(methods(drawn(ax)[0].table)).split("\n\n")[0] for ax in axes]
    assert all(part in text for part in parts)
    plt.close(figure)


# What is refused.


def test_unknown_table() -> None:
    with pytest.raises(ValueError, match="methods") as error:
        methods(CORPUS, pd.DataFrame({"a": [1], "b": [2]}))
    said = str(error.value)
    assert said.startswith(
        "methods: result 2 has the columns 'a', 'b', which no table of the toolkit has. Pass a "
        "table that one of these returns, with all of its columns: read_articles, attrition, "
    )
    assert said.endswith("evidence; or a Corpus, TopicModel or Measure.")
    assert "term_frequency" in said


def test_a_table_that_no_method_is_behind() -> None:
    with pytest.raises(ValueError, match="methods") as error:
        methods(methods(CORPUS).settings)
    assert str(error.value) == (
        "methods: result 1 is a table of methods(), which no method is behind. Leave it out."
    )


def test_what_is_no_result() -> None:
    with pytest.raises(TypeError, match="methods") as error:
        methods("keyness")
    assert str(error.value) == (
        "methods: result 1 is str, neither a table of the toolkit nor a Corpus, TopicModel or "
        "Measure. Pass what its functions return."
    )
    with pytest.raises(ValueError, match="methods") as nothing:
        methods()
    assert str(nothing.value) == (
        "methods: nothing to describe was passed. Pass results, for example "
        "methods(corpus, keyness_table)."
    )
    with pytest.raises(ValueError, match="methods") as wrong:
        methods(CORPUS, format="word")
    assert str(wrong.value) == (
        "methods: format='word' is not one of 'plain', 'markdown', 'latex'."
    )


# Objects, word for word.


def test_text_of_a_corpus() -> None:
    assert str(methods(CORPUS)).split("\n\n")[0] == (
        "The corpus comprised three articles of two sources, published from 7 February 2017 to "
        "30 March 2017, with 13 tokens in all. The sources were South (2) and North (1). One "
        "article had no date. The fields title and text of each article were split into tokens "
        "with the tokeniser of framing (version 1): words with their inner hyphens and "
        "apostrophes, abbreviations with full stops, and numbers, in lower case and without the "
        "possessive 's. Sentences were split with the rules of sentencex (Thottingal n.d.) for "
        "the language “en”. All words were counted; no stop words were left out."
    )
    assert methods(CORPUS).left_open == ()


def test_text_of_a_corpus_built_otherwise() -> None:
    corpus = fr.build_corpus(
        ARTICLES[:1], fields=["text"], stop_words=["to"], min_count=1, phrases=["war came"],
        language=None,
    )  # fmt: skip
    assert str(methods(corpus)).split("\n\n")[0] == (
        "The corpus comprised one article of one source, North, published on 7 February 2017, "
        "with 2 tokens in all. The field text of each article was split into tokens with the "
        "tokeniser of framing (version 1): words with their inner hyphens and apostrophes, "
        "abbreviations with full stops, and numbers, in lower case and without the possessive "
        "'s. Each field was taken as one sentence. One stop word of a list of our own was not "
        "counted but kept its place. One phrase was joined into one token each."
    )
    few = fr.build_corpus(ARTICLES, stop_words="english", min_count=2)
    assert (
        "The stop words of the list english-1 were not counted but kept their places. Terms with "
        "fewer than 2 occurrences in all were not counted but kept their places."
    ) in str(methods(few))


def test_text_of_contexts() -> None:
    mentions = fr.find_mentions(CORPUS, fr.load_ledger())
    near = fr.contexts(CORPUS, mentions, items="actor", window=2)
    text = str(methods(near)).split("\n\n")[0]
    assert text.endswith(
        "For each actor only its contexts were read, windows of two tokens to each side of its "
        "mentions, cut at the ends of fields; windows that overlap were merged; the words of the "
        "mentions themselves were not counted. The contexts of one value of actor came from two "
        "articles and had 4 tokens."
    )
    sentences = fr.sentence_contexts(CORPUS, mentions, items="actor")
    assert "the sentences in which it is mentioned; the words of the" in str(methods(sentences))
    assert "The corpus comprised" in str(methods(CORPUS, near))


def test_text_of_a_corpus_without_boilerplate() -> None:
    text = str(methods(fr.without(CORPUS, ["came to"])))
    assert (
        "Before counting, one sequence of words that sources repeat around their news "
        "(boilerplate) was taken out; no window or phrase reached across the gap."
    ) in text


def test_text_of_topic_models() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    model = fr.fit_topics(corpus, 4, seed=7, passes=20)
    assert str(methods(model)).split("\n\n")[0] == (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 4 topics, seed 7. The model has "
        f"{len(model.vocabulary)} terms and was fitted on 120 articles with "
        f"{model.n_tokens.sum():,} tokens of these. Its terms were those of two letters or more "
        "that did not begin with a digit, stood in at least five articles and at most 50\u00a0% of "
        "them, and were not in the list of stop words english-1. Training ended after 20 passes, "
        "while the log-likelihood per token still rose. "
        "The prior of topics in articles (α) was learned, that of terms in topics (η) was 0.1. "
        "Shares and terms were means of two samples, five passes apart."
    )
    whole = fr.fit_topics(corpus, 4, seed=1, engine="nmf")
    assert whole.settings["converged"]
    assert (
        f"Training went on for {whole.settings['passes']} passes, until the explained share of "
        "squared tf-idf weights no longer rose by the engine's own rule."
    ) in str(methods(whole))
    version = metadata.version("tomotopy")
    assert f"tomotopy {version} (Lee 2022)" in str(methods(model))
    share = fr.topic_share(model, corpus)
    assert str(methods(model, share)).count("Topics were found by") == 1
    seeded = fr.fit_seeded_topics(
        corpus, {"First": [model.vocabulary[0]]}, seed=1, n_more=2, passes=20, min_articles=2
    )
    assert "(keyATM) with Gibbs sampling (Eshima et al. 2024): 3 topics, seed 1." in str(
        methods(seeded)
    )
    assert "These topics began from words named beforehand: First (" in str(methods(seeded))


def test_text_of_measures() -> None:
    mentions = fr.find_mentions(CORPUS, fr.load_ledger())
    version = mentions["ledger"].iloc[0]
    measure = fr.measure_mentions(CORPUS, mentions, items="country")
    assert str(methods(measure)).split("\n\n")[0] == (
        "Mentions per 1,000 tokens (mentions / tokens × 1,000) of one country were measured in "
        f"three articles. Names were found with the ledger of framing (version {version})."
    )
    own = pd.DataFrame({"doc_id": ["a", "b"], "n_quotes": [2, 3], "n_words": [90, 110]})
    quotes = fr.measure_column(own, "n_quotes", denominator="n_words")
    assert str(methods(quotes)).split("\n\n")[0] == (
        "Rates (n_quotes / n_words, of sums over articles) of one number were measured in two "
        "articles."
    )
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    model = fr.fit_topics(corpus, 4, seed=1, engine="sklearn", passes=3)
    shares = fr.measure_topics(model, corpus, n_draws=5)
    assert str(methods(shares)).split("\n\n")[0] == (
        "Mean shares of articles (sum of shares / articles) of four topics were measured in 120 "
        "articles. Estimates of a model are not certain: the variance between 5 draws of the "
        "topics' shares from the posterior of the model was added to that between units (Rubin "
        "1987; Treier & Jackman 2008)."
    )


def test_a_measure_closes_what_a_comparison_leaves_open() -> None:
    mentions = fr.find_mentions(CORPUS, fr.load_ledger())
    rates = fr.measure_mentions(CORPUS, mentions, items="country")
    table = fr.compare(rates, by="source", seed=1, n_resamples=0)
    assert methods(CORPUS, table).left_open == (
        "compare: the version of the ledger is no column; pass the Measure or the mentions.",
    )
    assert methods(CORPUS, table, rates).left_open == ()
    assert methods(CORPUS, table, mentions).left_open == ()


def test_both_tables_of_a_load() -> None:
    assert "The files held 120 articles of four sources" in str(methods(fr.load_sample()))


def test_the_order_of_results_does_not_matter() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    key, counts = fr.keyness(corpus, target="Gazette"), fr.term_frequency(corpus)
    assert str(methods(corpus, key, counts)) == str(methods(counts, corpus, key))
    assert str(methods(key, key)) == str(methods(key))


# Every value that a table can carry has a saying with works.


def test_every_measure_has_a_saying() -> None:
    assert set(of_terms.KEYNESS) == set(KEYNESS_MEASURES)
    assert set(of_terms.COLLOCATES) == set(COLLOCATES_MEASURES)
    assert set(of_terms.DISPERSION) == set(DISPERSION_MEASURES)
    assert set(of_actors.CO_MENTIONS) == set(CO_MENTION_MEASURES)
    assert set(of_models.ENGINES) == set(engines.ENGINES) | {"stm", "ctm", "keyatm"}
    assert set(of_topics.WEIGHTINGS) == set(WEIGHTINGS)
    assert set(of_topics.CHOICE) == set(choice.BETTER)
    assert set(of_models.ENGINES) <= set(of_models.PROGRAMS)
    assert set(of_models.PROGRAMS.values()) <= set(PACKAGES)


def test_every_quality_and_interval_of_real_results_has_a_saying() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    model = fr.fit_topics(corpus, 4, seed=1, engine="nmf")
    assert set(fr.topic_quality(model, corpus)["measure"]) <= set(of_topics.QUALITY)
    rates = [fr.measure_terms(corpus, per=per) for per in ("tokens", "articles")]
    for rate in rates:
        table = fr.compare(rate, by="source", seed=1, n_resamples=0)
        known = {*of_comparison.INTERVALS, *of_comparison.SCARCE}
        assert set(table["interval"]) <= known
        assert set(table["measure"]) <= set(of_comparison.RATES)


WITHOUT_WORKS = {"probability", "share", "dead"}


@pytest.mark.parametrize(
    "sayings",
    [
        of_terms.KEYNESS, of_terms.COLLOCATES, of_terms.DISPERSION, of_terms.PHRASES,
        of_actors.CO_MENTIONS, of_topics.WEIGHTINGS, of_topics.QUALITY, of_topics.CHOICE,
        of_models.ENGINES,
    ],
)  # fmt: skip
def test_every_saying_cites_works_that_exist(sayings: dict[str, str]) -> None:
    for name, saying in sayings.items():
        keys = cited([saying])
        assert keys or name in WITHOUT_WORKS, name
        assert all(reference(key).short for key in keys)


def test_a_measure_that_is_not_known_is_left_open() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    table = fr.keyness(corpus, target="Gazette").assign(measure="my own")
    assert "keyness: the measure 'my own' is not one of the toolkit's." in methods(table).left_open


# References.


def cited_keys(written: Any) -> list[str]:
    """Return the keys of the entries of a text."""
    return re.findall(r"^@\w+\{(\w+),", written.bibtex, flags=re.MULTILINE)


def test_the_bibliography_has_exactly_what_the_text_cites() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    rates = fr.measure_terms(corpus, ["sovereignty"])
    results = (corpus, fr.keyness(corpus), fr.compare(rates, by="source", seed=1))
    in_text = re.findall(r"\\citep\{([^}]*)\}", str(methods(*results, format="latex")))
    keys = sorted({key for group in in_text for key in group.split(",")})
    assert cited_keys(methods(*results)) == keys
    in_markdown = re.findall(r"(?<![\\\w])@(\w+)", str(methods(*results, format="markdown")))
    assert sorted(set(in_markdown)) == keys
    assert {"framing", "mckinney2010", "evert2022", "benjamini1995", "thottingal"} <= set(keys)
    assert not {"dunning1993", "blei2003", "lee2022"} & set(keys)


def test_programs_have_the_versions_that_are_installed() -> None:
    settings = methods(CORPUS).settings
    programs = settings[settings["table"] == "program"].set_index("setting")["value"].to_dict()
    assert programs == {
        "framing": metadata.version("media-framing"),
        "pandas": pd.__version__,
        "sentencex": metadata.version("sentencex"),
    }


def test_entry() -> None:
    assert bibliography(["rychly2008", "monroe2008", "rychly2008"]) == (
        "@article{monroe2008,\n"
        "  author = {Monroe, Burt L. and Colaresi, Michael P. and Quinn, Kevin M.},\n"
        "  title = {Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the "
        "Content of Political Conflict},\n"
        "  journal = {Political Analysis},\n"
        "  volume = {16},\n"
        "  number = {4},\n"
        "  pages = {372--403},\n"
        "  doi = {10.1093/pan/mpn018},\n"
        "  year = {2008}\n"
        "}\n"
        "\n"
        "@inproceedings{rychly2008,\n"
        "  author = {Rychl{\\'y}, Pavel},\n"
        "  title = {A Lexicographer-Friendly Association Score},\n"
        "  booktitle = {Proceedings of Recent Advances in {Slavonic} Natural Language Processing, "
        "{RASLAN} 2008},\n"
        "  pages = {6--9},\n"
        "  year = {2008}\n"
        "}\n"
    )


def test_accents_are_written_for_bibtex() -> None:
    assert r"{\v R}eh{\r u}{\v r}ek, Radim" in reference("rehurek2010").entry
    assert r"R{\"o}der, Michael" in reference("roder2015").entry
    assert r"{\~N}opo, Hugo" in reference("nopo2008").entry
    assert r"Chang-Rodr{\'\i}guez" in reference("juilland1964").entry
    assert r"Sty{\'s}, Ma{\l}gorzata" in reference("radev2004").entry


NEEDED = {
    "article": {"author", "title", "journal", "volume", "pages", "year"},
    "inproceedings": {"author", "title", "booktitle", "year"},
    "incollection": {"author", "title", "booktitle", "editor", "pages", "publisher", "year"},
    "book": {"author", "title", "publisher", "year"},
    "phdthesis": {"author", "title", "school", "year"},
    "misc": {"author", "title", "year"},
}


@pytest.mark.parametrize("key", sorted(references()))
def test_reference_is_complete(key: str) -> None:
    work = reference(key)
    fields = dict(work.fields)
    assert len(fields) == len(work.fields)
    assert NEEDED[work.kind] <= set(fields)
    assert re.fullmatch(r"(18|19|20)\d\d|n\.d\.", fields["year"])
    assert key.endswith(fields["year"]) or work.kind == "misc"
    assert work.entry.isascii()
    assert work.entry.count("{") == work.entry.count("}")
    assert re.fullmatch(r"10\.\d{4,}/\S+", fields.get("doi", "10.1234/x"))
    pages = re.fullmatch(r"(\d+)–(\d+)", fields.get("pages", "1–2"))
    assert fields.get("pages", "").isdigit() or (pages and int(pages[1]) < int(pages[2]))


def folded(text: str) -> str:
    """Return a text without signs that only mark it up."""
    return text.translate(str.maketrans("", "", '*"“”{}')).replace("’", "'").casefold()


@pytest.mark.parametrize("key", sorted(set(references()) - {key for _, key in PACKAGES.values()}))
def test_work_is_that_of_the_documentation(key: str) -> None:
    """Every work stands in docs/methods.md with the same year, volume, pages and DOI."""
    listed = (ROOT / "docs" / "methods.md").read_text("utf-8").split("\n## References\n")[1]
    work = reference(key)
    family, title = work.get("author").split(",")[0], folded(work.get("title"))[:25]
    lines = [
        line for line in listed.splitlines()
        if line.startswith(f"- {family}") and title in folded(line)
    ]  # fmt: skip
    assert len(lines) == 1
    assert f"({work.get('year')})" in lines[0]
    for name in ("doi", "pages", "volume"):
        assert work.get(name) in lines[0], name
    said = {one.split(",")[0] for one in work.get("author").split(" and ")}
    assert all(folded(one) in folded(lines[0]) for one in said)


def test_our_own_entry_is_that_of_the_citation_file() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    title = re.search(r'^title: "(.*)"$', text, flags=re.MULTILINE)
    assert title
    assert reference("framing").get("title").casefold() == title[1].casefold()
    assert "The framing authors" in text
    assert f"date-released: {reference('framing').get('year')}" in text


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("dunning1993", "Dunning 1993"),
        ("rayson2000", "Rayson & Garside 2000"),
        ("monroe2008", "Monroe et al. 2008"),
        ("virtanen2020", "Virtanen et al. 2020"),
        ("framing", "The framing authors 2026"),
    ],
)
def test_short(key: str, short: str) -> None:
    assert reference(key).short == short


# Formats and hostile text.


def test_formats_of_one_sentence() -> None:
    marked = f"Rates by {column('my_source')} of “50 % & more” {cite('dunning1993', 'hardie2014')}."
    assert plain(marked) == ("Rates by my_source of “50 % & more” (Dunning 1993; Hardie 2014).")
    assert markdown(marked) == (
        "Rates by `my_source` of “50 % &amp; more” [@dunning1993; @hardie2014]."
    )
    assert latex(marked) == (
        r"Rates by \texttt{my\_source} of ``50 \% \& more'' \citep{dunning1993,hardie2014}."
    )


def test_latex_signs() -> None:
    assert escape_latex("% & _ # $ { } ~ ^ \\") == (
        r"\% \& \_ \# \$ \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escape_latex('<a|b> "c" `d') == r"\textless{}a\textbar{}b\textgreater{} ''c'' {`}d"
    assert escape_latex("× − ½ Σ √ – …") == (
        r"$\times$ $-$ $\frac{1}{2}$ $\sum$ $\surd$ -- \ldots{}"
    )


def test_markdown_signs() -> None:
    assert escape_markdown("*a* _b_ [c](d) <e> `f` $g$ @h |i") == (
        r"\*a\* \_b\_ \[c\](d) &lt;e&gt; \`f\` \$g\$ \@h \|i"
    )
    assert escape_markdown("# a\n- b\n1. c\n+ d") == "\\# a\n\\- b\n1\\. c\n\\+ d"
    assert escape_markdown("---") == "\\---"
    assert escape_markdown("http://a.b www.c.d") == "http&#58;//a.b www&#46;c.d"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab 1.)(-+=#*_`~[]<>|\\\"'$&@^:/!{}\n"))))
def test_markdown_shows_what_was_written(text: str) -> None:
    """A Markdown program gives the text back, as plain paragraphs."""
    from markdown_it import MarkdownIt

    written = clean(text)
    page = MarkdownIt("gfm-like", {"linkify": False}).render(escape_markdown(written))
    assert html.unescape(re.sub(r"</?p>", "", page)).strip() == written.strip()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('ab%&_#${}~^\\<>|"`–×α '))))
def test_latex_has_no_sign_of_its_own_left(text: str) -> None:
    """What is left of a text without the commands that stand for signs is nothing special."""
    commands = r"\\text[a-z]+\{\}|\\[{}%&_#$]|\{`\}|\$\\[a-z]+\$"
    left = re.sub(commands, "", escape_latex(text))
    assert not set(left) & set('%&_#${}~^\\<>|`"×α–')


def test_clean() -> None:
    assert clean("a\u202eb\u200bc\x00d\ue000e\nf\u00a0g") == "abcde f g"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert named("x" * 200) == "x" * 79 + "…"
    assert named(3.0) == "3"
    assert named(np.float64(0.25)) == "0.25"


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_hostile_names(format: str) -> None:
    hostile = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "source": [HOSTILE, "\ue000dunning1993\ue002"],
            "text": ["one two three", "four five six"],
        }
    )
    corpus = fr.build_corpus(hostile, fields=["text"])
    key = fr.keyness(corpus, target=HOSTILE, measure="log_ratio", min_count=1)
    written = methods(corpus, key, format=format)
    text = str(written)
    assert cited_keys(written) == ["framing", "hardie2014", "mckinney2010", "thottingal"]
    if format == "markdown":
        assert "<script" not in text
        assert "[l](" not in text
        assert "\\@key" in text
    if format == "latex":
        assert "R\\&D 50\\% \\_x\\_ \\#1 \\$a\\$ \\{b\\}" in text
        assert not re.search(r"(?<!\\)[%&#]", text)
    shown = written._repr_markdown_()
    assert "<script" not in shown
    assert "[l](" not in shown
    assert "(Hardie 2014)" in shown


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex, which is no package")
def test_latex_is_set(tmp_path: Path) -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    rates = fr.measure_terms(corpus, ["war"])
    results = (corpus, fr.keyness(corpus), fr.compare(rates, by="source", seed=1))
    written = methods(*results, format="latex")
    page = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{natbib}\n"
        f"\\begin{{document}}\n{written}\n\\end{{document}}\n"
    )
    (tmp_path / "a.tex").write_text(page, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-halt-on-error", "a.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode("utf-8", "replace")[-2000:]


# The object.


def test_the_object() -> None:
    written = methods(CORPUS, fr.term_frequency(CORPUS, by="source"))
    assert repr(written) == "MethodsText(2 results, 3 references, 0 points left open)"
    assert str(written) == written.text
    with pytest.raises(AttributeError):
        written.text = ""  # type: ignore[misc]
    settings = written.settings
    assert TABLES["methods_settings"].problems_of(settings) == []
    told = settings[settings["table"] == "term_frequency"].set_index("setting")["value"].to_dict()
    assert told == {"rows": "11", "grouped by": "source"}
    of_corpus = settings[settings["table"] == "corpus"].set_index("setting")["value"].to_dict()
    assert of_corpus["fingerprint"] == CORPUS.fingerprint
    assert of_corpus["tokeniser"] == "1"


def test_the_input_is_not_changed() -> None:
    table = fr.keyness(CORPUS, min_count=1)
    before = table.copy()
    methods(CORPUS, table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(CORPUS.articles, ARTICLES)
