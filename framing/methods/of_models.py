"""What a topic model adds to a methods section: how it was fitted, and on what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.methods.marks import cite, column, counted, listed, named, together
from framing.methods.passage import Passage, ints, values
from framing.topics import TopicModel

ENGINES = {
    "tomotopy": "latent Dirichlet allocation with collapsed Gibbs sampling "
    f"{cite('blei2003', 'griffiths2004')}",
    "gensim": "latent Dirichlet allocation with online variational Bayes "
    f"{cite('blei2003', 'hoffman2010')}",
    "sklearn": f"latent Dirichlet allocation with batch variational Bayes {cite('blei2003')}",
    "nmf": f"non-negative matrix factorisation of tf-idf weights {cite('lee1999')}",
    "stm": f"a structural topic model with variational EM {cite('roberts2016')}",
    "ctm": f"a correlated topic model with variational EM {cite('blei2007')}",
    "keyatm": f"a keyword-assisted topic model (keyATM) with Gibbs sampling {cite('eshima2024')}",
}
"""How the toolkit's engines find topics."""

PROGRAMS = {
    "tomotopy": "tomotopy",
    "gensim": "gensim",
    "sklearn": "scikit-learn",
    "nmf": "scikit-learn",
    "stm": "topica",
    "ctm": "topica",
    "keyatm": "topica",
    "topica": "topica",
    "bertopic": "bertopic",
}
"""The program of an engine, and that of a model fitted elsewhere, by the first word of its name."""

ADOPTED = {
    "LdaModel": "blei2003",
    "LdaMulticore": "blei2003",
    "LDAModel": "blei2003",
    "LatentDirichletAllocation": "blei2003",
    "NMF": "lee1999",
}
"""The works behind models that were fitted elsewhere, by the names of their classes."""

SHARES = {
    "given": "given by the analyst",
    "model": "those that the model holds",
    "estimated": "estimated from the topics' terms",
}

UNKNOWN_SEED = -1


def fitted_by(engine: str, n_topics: list[int], seeds: list[int]) -> tuple[str, str]:
    """Return how a model was fitted, as a sentence, and the program."""
    told = [str(seed) for seed in seeds if seed != UNKNOWN_SEED]
    seed = f", seed{'s' if len(told) > 1 else ''} {together(told)}" if told else ""
    numbers = together([f"{number:,}" for number in n_topics], last="or")
    program = PROGRAMS.get(engine.split(" ", maxsplit=1)[0], "")
    works = f" {cite(ADOPTED[kind])}" if (kind := engine.split(" ")[-1]) in ADOPTED else ""
    how = (
        f"were found by {ENGINES[engine]}"
        if engine in ENGINES
        else (f"come from a model that was fitted elsewhere, {named(engine)}{works}")
    )
    return f"Topics {how}: {numbers} topics{seed}.", program


def say_model(found: Passage, data: pd.DataFrame) -> None:
    """Say which models a table of topics is of."""
    for engine, part in data.groupby("engine", sort=False):
        sentence, program = fitted_by(str(engine), ints(part, "n_topics"), ints(part, "seed"))
        found.say(sentence)
        found.programs += [program] if program else []


def of_model(model: TopicModel) -> Passage:
    """Describe a topic model."""
    about = model.settings
    engine = str(about["engine"])
    sentence, program = fitted_by(engine, [model.n_topics], [int(about["seed"])])
    found = Passage([sentence], settings=_settings(model))
    if program:
        version = str(about.get("version") or "").removeprefix(program).split("(")[0].strip()
        found.programs.append(f"{program} {version}".strip())
    n = int((model.n_tokens > 0).sum())
    found.say(
        f"The model has {counted(len(model.vocabulary), 'term')} and was fitted on "
        f"{counted(n, 'article')} with {int(model.n_tokens.sum()):,} tokens of these."
        if engine in ENGINES
        else f"Its {counted(len(model.vocabulary), 'term')} were sought in "
        f"{counted(n, 'article')}; the shares of articles were "
        f"{SHARES.get(str(about.get('shares')), 'those of the model')}."
    )
    if "min_articles" in about:
        found.say(_terms(about))
    found.say(*_options(engine, about), *_training(engine, about))
    if model.draws is not None:
        found.say(f"{counted(len(model.draws), 'draw')} of the articles' shares were kept.")
    return found


def _settings(model: TopicModel) -> list[tuple[str, str]]:
    """Return the settings of a model as text, without priors of each term or topic."""
    found = [("terms", f"{len(model.vocabulary):,}")]
    for name, value in model.settings.items():
        if name == "priors":
            found += [(name, named(one)) for name, one in dict(value).items() if np.isscalar(one)]
        elif isinstance(value, Mapping):
            told = [f"{named(label)}: {listed(words)}" for label, words in value.items()]
            found.append((name, "; ".join(told)))
        elif isinstance(value, list | tuple):
            found.append((name, listed(value, most=12) or "none"))
        elif value is not None:
            found.append((name, named(value)))
    return found


def _terms(about: Mapping[str, Any]) -> str:
    """Say which terms a model is of."""
    listing = about.get("stop_words")
    if isinstance(listing, str):
        words = f", and were not in the list of stop words {named(listing)}"
    elif listing:
        words = f", and were not among {counted(len(listing), 'stop word')} of our own"
    else:
        words = ""
    return (
        "Its terms were those of two letters or more that did not begin with a digit, stood in at "
        f"least {counted(int(about['min_articles']), 'article')} and at most "
        f"{float(about['max_share']) * 100:g}\u00a0% of them{words}."
    )


def _options(engine: str, about: Mapping[str, Any]) -> list[str]:
    """Say what a structural or seeded model was told."""
    found = []
    if about.get("prevalence"):
        asked = about["prevalence"]
        told = f"“{named(asked)}”" if isinstance(asked, str) else together(map(column, asked))
        found.append(f"Shares of topics may depend on {told} (prevalence).")
    if about.get("content"):
        found.append(
            f"The wording of topics may depend on {column(about['content'])} (content) "
            f"{cite('eisenstein2011')}."
        )
    if engine == "keyatm":
        seeds = [f"{named(label)} ({listed(words)})" for label, words in about["terms"].items()]
        found.append(f"These topics began from words named beforehand: {together(seeds, most=12)}.")
    return found


def _training(engine: str, about: Mapping[str, Any]) -> list[str]:
    """Say how long a model was trained, and what its priors are."""
    found = []
    passes = about.get("passes")
    if passes:
        what = named(about["fit_measure"])
        n_passes = counted(int(passes), "pass", "passes")
        found.append(
            f"Training went on for {n_passes}, until the {what} no longer rose by the engine's own "
            "rule."
            if about["converged"]
            else f"Training ended after {n_passes}, while the {what} still rose."
        )
    priors = about.get("priors") or {}
    if engine in {"tomotopy", "gensim"} and "eta" in priors:
        found.append(
            "The prior of topics in articles (α) was learned, that of terms in topics (η) was "
            f"{priors['eta']:g}."
        )
    if engine == "sklearn" and "eta" in priors:
        found.append(f"The priors α and η were {priors['alpha'][0]:g} and {priors['eta']:g}.")
    if engine == "tomotopy" and passes:
        n = min(10, int(passes) // 10)
        found.append(
            f"Shares and terms were means of {counted(n, 'sample')}, five passes apart."
            if n > 1
            else ""
        )
    return found


def engines_of(data: pd.DataFrame) -> set[str]:
    """Return the engines of a table."""
    return {str(engine) for engine in values(data, "engine")}
