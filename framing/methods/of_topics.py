"""What tables of topics add to a methods section."""

from __future__ import annotations

import pandas as pd

from framing.methods.marks import cite, column, counted, listed, named, sentence, together
from framing.methods.of_comparison import levels, seeds, units
from framing.methods.of_models import engines_of, say_model
from framing.methods.of_terms import PERIODS, by_groups, told
from framing.methods.passage import Passage, groups_of, ints, settings_of, values, whole
from framing.schema import Table

WEIGHTINGS = {
    "probability": "their probability in the topic, P(term given topic)",
    "frex": "FREX, the harmonic mean of the ranks of frequency and exclusivity with equal weights "
    f"{cite('bischof2012')}",
    "lift": f"lift, ln P(term given topic) − ln P(term) {cite('taddy2012')}",
    "relevance": "relevance, .6 ln P(term given topic) + .4 lift "
    f"{cite('sievert2014', 'taddy2012')}",
}

QUALITY = {
    "npmi": "mean normalised pointwise mutual information of pairs of its first terms in windows "
    f"of ten tokens {cite('bouma2009', 'roder2015')}",
    "c_v": f"the coherence C_V in windows of 110 tokens {cite('roder2015')}",
    "npmi_gensim": "mean normalised pointwise mutual information of pairs of its first terms as "
    f"gensim counts it {cite('bouma2009', 'roder2015')}",
    "c_v_gensim": f"the coherence C_V as gensim counts it {cite('roder2015')}",
    "semantic_coherence": f"semantic coherence within articles {cite('mimno2011')}",
    "exclusivity": f"exclusivity, the sum of FREX with weight .7 {cite('bischof2012')}",
    "uniqueness": "uniqueness, the mean of 1 / number of topics with the term among their first "
    f"{cite('dieng2020')}",
    "share": "the mean share of the articles",
    "effective_articles": "the effective number of articles, the inverse Simpson index of the "
    f"topic's weight in them {cite('laakso1979')}",
    "effective_groups": "the effective number of groups, the inverse Simpson index of its mean "
    f"share in them {cite('laakso1979')}",
}

CHOICE = {
    "held_out": "the log-likelihood per token of one half of each held-out article given the "
    f"other {cite('wallach2009')}",
    "npmi": f"mean coherence as NPMI {cite('bouma2009', 'roder2015')}",
    "c_v": f"mean coherence C_V {cite('roder2015')}",
    "exclusivity": f"mean exclusivity {cite('bischof2012')}",
    "diversity": f"topic diversity {cite('dieng2020')}",
    "stability_seeds": "the mean cosine of matched topics of fits with other seeds "
    f"{cite('greene2014')}",
    "stability_articles": "the mean cosine of matched topics of a fit on other articles "
    f"{cite('greene2014')}",
    "dead": "the share of topics that are no article's largest",
    "bound": "the share of topics with fewer than 1.5 effective groups, which are bound to one "
    f"{cite('laakso1979')}",
}

AGAINST = {
    "seed": "all articles with another seed",
    "articles": "four fifths of the articles, drawn by chance, with another seed",
}

SIMILARITIES = {
    "cosine": "the cosine of two topics' shares over the articles",
    "correlation": "the correlation of two topics' shares over the articles",
}

TASKS = {
    "word": f"In word intrusion {cite('chang2009')} coders were asked to name the word that is not "
    "of a topic",
    "topic": f"In topic intrusion {cite('chang2009')} coders were asked to name the topic that is "
    "not of an article",
}


def _begun(data: pd.DataFrame, table: Table) -> Passage:
    """Return a passage that says which model a table is of."""
    found = Passage(settings=settings_of(data, table))
    say_model(found, data)
    return found


def topic_terms(data: pd.DataFrame, table: Table) -> Passage:
    """Describe lists of terms."""
    found = _begun(data, table)
    for said in told(found, data, table, known=WEIGHTINGS, name="weighting"):
        found.say(f"The terms of a topic were ranked by {said}.")
    if "frex" in values(data, "weighting"):
        found.programs.append("scipy")
    return found


def _shares(data: pd.DataFrame, table: Table, extra: str = "") -> str:
    return (
        f"The share of a topic{by_groups(data, table)}{extra} is the mean of P(topic given "
        "article) over the articles with a term of the model."
    )


def topic_share(data: pd.DataFrame, table: Table) -> Passage:
    """Describe shares of topics."""
    found = _begun(data, table)
    found.say(_shares(data, table))
    return found


def topic_trend(data: pd.DataFrame, table: Table) -> Passage:
    """Describe shares of topics over time."""
    found = _begun(data, table)
    lengths = [PERIODS.get(str(freq), named(freq)) for freq in values(data, "freq")]
    found.say(_shares(data, table, f" in {together(lengths)}"))
    undated = data[[*groups_of(data, table), "n_undated"]].drop_duplicates()["n_undated"]
    n = int(undated.astype(float).sum())
    found.say(
        sentence(f"{counted(n, 'article')} without a date counted in no period." if n else "")
    )
    return found


def topic_quality(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how good topics are."""
    found = _begun(data, table)
    said = told(found, data, table, known=QUALITY)
    if said:
        n_terms = whole(data, "n_terms")
        found.say(
            f"The quality of a topic was measured, from its {n_terms} most probable terms where "
            f"terms are looked at, by {'; '.join(said)}."
        )
    if any(str(one).endswith("_gensim") for one in values(data, "measure")):
        found.programs.append("gensim")
    return found


def topic_stability(data: pd.DataFrame, table: Table) -> Passage:
    """Describe whether topics come again."""
    found = _begun(data, table)
    fits = data[["against", "fit_seed"]].drop_duplicates()["against"].value_counts(sort=False)
    again = [
        f"{counted(n, 'fit')} on {AGAINST.get(str(kind), named(kind))}" for kind, n in fits.items()
    ]
    found.say(
        f"Whether topics come again was seen in {together(again)} ({seeds(data, 'fit_seed')}): "
        "topics of two fits were matched so that the sum of the cosines of their terms' "
        f"probabilities is highest {cite('greene2014', 'kuhn1955')}."
        if again
        else ""
    )
    found.programs.append("scipy")
    return found


def topic_choice(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how a number of topics was chosen."""
    found = _begun(data, table)
    said = told(found, data, table, known=CHOICE)
    if said:
        n_held = whole(data, "n_held_out")
        found.say(
            f"Numbers of topics were compared on models that left {n_held} articles out, by "
            f"{'; '.join(said)}."
        )
    found.programs.append("scipy")
    return found


def topic_prediction(data: pd.DataFrame, table: Table) -> Passage:
    """Describe shares of articles that a model has not seen."""
    found = _begun(data, table)
    n = data["doc_id"].nunique()
    if engines_of(data) - {"nmf"}:
        found.say(
            f"Shares of topics in {counted(n, 'article')} were estimated with the topics as they "
            "are, as expected under the model's Dirichlet prior, .1 a topic where it has none "
            f"{cite('asuncion2009')}."
        )
    if "nmf" in engines_of(data):
        found.say(
            f"Weights of topics in {counted(n, 'article')} were estimated as the non-negative ones "
            "that come nearest to the article's tf-idf weights."
        )
    return found


def representative_articles(data: pd.DataFrame, table: Table) -> Passage:
    """Describe which articles were read for a topic."""
    found = _begun(data, table)
    most = int(data["rank"].astype(float).max()) if len(data) else 0
    found.say(
        f"For each topic{by_groups(data, table)} up to {counted(most, 'article')} with its highest "
        "shares were listed."
    )
    found.left_open.append("representative_articles: the unit is no column.")
    return found


def topic_wording(data: pd.DataFrame, table: Table) -> Passage:
    """Describe what groups of articles say in one topic."""
    found = _begun(data, table)
    if not len(data):
        return found
    n_tests = whole(data, "n_tests")
    prior = listed(values(data, "prior"), last="or")
    found.say(
        f"The wording of {counted(data['topic'].nunique(), 'topic')} was compared by "
        f"{together(map(column, values(data, 'by')), last='or')}, each group with all other "
        "articles, by log-odds ratios with an informative Dirichlet prior in the shape of the "
        f"topic's terms, {prior} pseudo-counts in all {cite('monroe2008')}, on the occurrences "
        "that the model expects to be of the topic.",
        f"Variances take {units(data)} whole and are on no side below that of independent tokens; "
        f"intervals ({levels(data)}) and two-sided p-values are of t with the effective number of "
        f"{units(data)} {cite('kish1965')}.",
        f"The p-values of {n_tests} tests were adjusted for the false discovery rate (q) "
        f"{cite('benjamini1995')}.",
    )
    found.programs.append("scipy")
    found.left_open.append("topic_wording: min_count is no column.")
    return found


def _regression(data: pd.DataFrame) -> list[str]:
    """Say how shares were regressed on columns of the articles."""
    formulas = [f"“{named(formula)}”" for formula in values(data, "formula")]
    return [
        (
            f"Shares of topics were regressed by least squares on {together(formulas)}, with "
            f"variances that take {units(data)} whole {cite('cameron2015')}."
        ),
        f"The regression was run for each of {whole(data, 'n_draws')} draws of the shares or other "
        f"fits ({seeds(data, 'draw_seed')}), and the variance between them was added "
        f"{cite('rubin1987', 'treier2008', 'roberts2014')}."
        if any(ints(data, "n_draws"))
        else "Shares were taken as known.",
    ]


def topic_effects(data: pd.DataFrame, table: Table) -> Passage:
    """Describe regressions of shares."""
    found = _begun(data, table)
    found.programs.append("scipy")
    if len(data):
        found.say(*_regression(data))
        found.say(
            f"Intervals ({levels(data)}) and two-sided p-values are of t with units less "
            f"coefficients as degrees of freedom; the p-values of {whole(data, 'n_tests')} tests "
            f"were adjusted for the false discovery rate (q) {cite('benjamini1995')}."
        )
    return found


def topic_expected_shares(data: pd.DataFrame, table: Table) -> Passage:
    """Describe shares that a regression makes expect."""
    found = _begun(data, table)
    found.programs.append("scipy")
    if len(data):
        found.say(*_regression(data))
        found.say(
            f"Expected shares{by_groups(data, table)} are those of the regression with the other "
            f"columns as they are, with intervals ({levels(data)})."
        )
    return found


def _communities(data: pd.DataFrame, table: Table) -> list[str]:
    """Say how communities of topics were found."""
    said = [SIMILARITIES.get(str(one), named(one)) for one in values(data, "measure")]
    drawn = [n for n in ints(data, "n_resamples") if n]
    return [
        (
            f"Topics were joined into networks{by_groups(data, table)} {cite('walter2019')}: edges "
            f"are {together(said, last='or')}, and communities those of highest modularity "
            f"{cite('clauset2004')}."
        ),
        f"How far they hold was seen in {whole(data, 'n_resamples')} bootstrap "
        f"samples of whole {units(data)} ({seeds(data, 'sample_seed')}), by the share of samples "
        "in which two topics are in one community and by the mean adjusted Rand index "
        f"{cite('hubert1985')}."
        if drawn
        else "",
    ]


def topic_networks(data: pd.DataFrame, table: Table) -> Passage:
    """Describe networks of topics."""
    found = _begun(data, table)
    found.say(*(_communities(data, table) if len(data) else []))
    if any(ints(data, "n_resamples")):
        found.say("Intervals of similarities hold 95\u00a0% of the samples.")
    return found


def topic_communities(data: pd.DataFrame, table: Table) -> Passage:
    """Describe communities of topics."""
    found = _begun(data, table)
    found.say(*(_communities(data, table) if len(data) else []))
    return found


def topic_map(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a map of topics."""
    found = _begun(data, table)
    shares = [f"{float(str(one)):.2f}" for one in values(data, "explained")]
    found.say(
        "The map of topics is classical scaling of the roots of Jensen–Shannon divergences of "
        f"their terms {cite('lin1991', 'torgerson1952')}; the plane holds {listed(shares)} of the "
        "squared distances."
        if shares
        else ""
    )
    found.programs.append("scipy")
    return found


def intrusion_key(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a sheet of questions for coders."""
    found = _begun(data, table)
    for task, part in data.groupby("task", sort=False):
        choices = part.groupby("question").size()
        found.say(
            f"{TASKS.get(str(task), named(task))}, in {counted(len(choices), 'question')} of "
            f"{together([f'{n:,}' for n in sorted(set(choices.tolist()))], last='or')} choices "
            f"({seeds(part, 'sheet_seed')})."
        )
    return found


def intrusion_scores(data: pd.DataFrame, table: Table) -> Passage:
    """Describe the answers of coders."""
    found = _begun(data, table)
    for task, part in data.groupby("task", sort=False):
        all_of_it = part[part["scope"] == "all"]
        n = int(all_of_it["n_answers"].astype(float).sum())
        answers = f"; there were {counted(n, 'answer')}" if len(all_of_it) else ""
        found.say(f"{TASKS.get(str(task), named(task))}{answers}.")
    if len(data):
        found.say(
            "Model precision is the share of answers that name the intruder, with Wilson's "
            f"interval ({levels(data)}) {cite('wilson1927')}, which takes answers to be "
            "independent."
        )
        found.programs.append("scipy")
    return found
