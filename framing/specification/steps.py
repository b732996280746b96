"""The steps of an analysis, run under combinations of choices and no more often than needed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from framing._checks import close_match, listing
from framing.schema import SPECIFICATION_CURVE

Analysis = Callable[..., Any] | Mapping[str, Callable[..., Any]]
Choices = Mapping[str, Sequence[Any] | Mapping[str, Any]]

SHUFFLE = "shuffle"
"""The argument that asks for shuffled data."""

_MOST = 100_000
"""Combinations that are run at most."""


@dataclass(frozen=True)
class Failed:
    """A step that raised an error."""

    error: Exception


@dataclass
class Step:
    """One step: its function, its arguments, all choices behind it, and what it last returned."""

    name: str
    function: Callable[..., Any]
    arguments: list[str]
    choices: set[str]
    key: tuple[str, ...] | None = None
    result: Any = None


@dataclass
class Steps:
    """The steps in their order, and the options of each choice, the slowest choice first.

    Attributes
    ----------
    options : dict of str to dict
        For each choice its labels and values.
    steps : list of Step
        The steps.
    """

    options: dict[str, dict[str, Any]]
    steps: list[Step] = field(default_factory=list)

    def results(self, labels: Mapping[str, str]) -> Any:
        """Return what the last step returns for one combination, or the failure before it."""
        known: dict[str, Any] = {
            name: options[labels[name]] for name, options in self.options.items()
        }
        for place, step in enumerate(self.steps):
            key = tuple(labels[name] for name in self.options if name in step.choices)
            if step.key != key:
                for later in self.steps[place:]:  # what is out of date must not fill the memory
                    if step.choices <= later.choices:
                        later.key = later.result = None
                step.result = _called(step, known)
                step.key = key
            known[step.name] = step.result
        return self.steps[-1].result


def _called(step: Step, known: Mapping[str, Any]) -> Any:
    """Return what a step returns, or why it failed."""
    arguments = {name: known[name] for name in step.arguments}
    failed = [value for value in arguments.values() if isinstance(value, Failed)]
    if failed:
        return failed[0]
    try:
        return step.function(**arguments)
    except Exception as error:  # noqa: BLE001 - a combination that fails is a result too
        return Failed(error)


def options_of(where: str, choices: object, what: str) -> dict[str, dict[str, Any]]:
    """Return labels and values of each choice."""
    if not isinstance(choices, Mapping) or not choices:
        msg = (
            f"{where}: choices is {choices!r}, without any choice for {what}. "
            "Pass for example choices={'stop_words': [None, 'english']}."
        )
        raise ValueError(msg)
    taken = [name for name in choices if name in {*SPECIFICATION_CURVE.required, SHUFFLE}]
    if taken:
        msg = f"{where}: the choice {listing(taken)} is a column of the result. Rename it."
        raise ValueError(msg)
    options = {}
    for name, given in choices.items():
        if isinstance(given, Mapping):
            pairs = [(str(label), value) for label, value in given.items()]
        else:
            values = [given] if isinstance(given, str) else list(given)
            pairs = [(getattr(value, "__name__", str(value)), value) for value in values]
        options[str(name)] = dict(pairs)
        if not pairs or len(options[str(name)]) < len(pairs):
            what = listing(label for label, _ in pairs)
            msg = (
                f"{where}: the choice {name!r} has the options {what}. It needs one or more, each "
                "with a label of its own: pass a mapping of labels to values."
            )
            raise ValueError(msg)
    return options


def steps_of(where: str, analysis: object, options: dict[str, dict[str, Any]]) -> Steps:
    """Return the steps with the choices that each depends on."""
    given = {"analysis": analysis} if callable(analysis) else analysis
    if not isinstance(given, Mapping) or not given or not all(map(callable, given.values())):
        msg = (
            f"{where}: analysis is {type(analysis).__name__}, neither a function nor steps by "
            "name. Pass for example analysis={'corpus': build, 'table': claim}."
        )
        raise TypeError(msg)
    behind: dict[str, set[str]] = {name: {name} for name in options}
    steps = []
    for name, function in given.items():
        if name in behind:
            msg = f"{where}: {name!r} is a step and a choice. Give one of them another name."
            raise ValueError(msg)
        arguments = _arguments(where, name, function, list(behind))
        chosen = set().union(*(behind[argument] for argument in arguments))
        steps.append(Step(name, function, arguments, chosen))
        behind[name] = chosen
    unused = [name for name in options if name not in steps[-1].choices]
    if unused:
        msg = (
            f"{where}: the choice {listing(unused)} changes nothing: the last step, "
            f"{steps[-1].name!r}, does not depend on it. Its arguments are "
            f"{listing(steps[-1].arguments)}."
        )
        raise ValueError(msg)
    slowest = dict.fromkeys(name for step in steps for name in options if name in step.choices)
    return Steps({name: options[name] for name in slowest}, steps)


def _arguments(where: str, name: str, function: Callable[..., Any], known: list[str]) -> list[str]:
    """Return the arguments of a step that are choices or earlier steps."""
    found = []
    for one in inspect.signature(function).parameters.values():
        named = one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY}
        if named and one.name in known:
            found.append(one.name)
        elif not named or one.default is one.empty:
            msg = (
                f"{where}: the argument {one.name!r} of {name!r} is neither a choice nor an "
                f"earlier step. There are {listing(known)}.{close_match(one.name, known)}"
            )
            raise ValueError(msg)
    return found


def combinations(
    where: str, steps: Steps, keep: Callable[..., bool] | None
) -> list[dict[str, str]]:
    """Return the labels of each combination to run, the choices of early steps slowest."""
    n = int(np.prod([len(options) for options in steps.options.values()], dtype=object))
    if n > _MOST:
        msg = (
            f"{where}: the choices make {n:,} combinations, more than {_MOST:,}. "
            "Leave out options, or choices that do not matter."
        )
        raise ValueError(msg)
    every = product(*steps.options.values())
    runs = [dict(zip(steps.options, labels, strict=True)) for labels in every]
    if keep is not None:
        names = _arguments(where, "keep", keep, list(steps.options))
        runs = [
            run for run in runs if keep(**{name: steps.options[name][run[name]] for name in names})
        ]
    if not runs:
        msg = f"{where}: keep leaves none of {n:,} combinations. Let it return true for some."
        raise ValueError(msg)
    return runs
