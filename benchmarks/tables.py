"""The results as Markdown."""

from __future__ import annotations

from statistics import median
from typing import Any

_MB = 1e6

_NOTE = (
    "Medians of {rounds} runs, each in a fresh process, the tools in turn. Before the clock starts "
    "the same work is done on a twentieth of the articles, so imports are not in it. *Times "
    "framing* is the median over the rounds of the tool's seconds divided by those of the first "
    "line; *CPU* are the processor seconds of all threads together, which other work on the "
    "machine disturbs least; *peak* is resident memory beyond what the input takes."
)


def report(
    runners: list[Any],
    points: list[dict[str, Any]],
    tasks: dict[str, str],
    *,
    what: str,
    machine: str,
    rounds: int,
) -> str:
    """Return the whole report."""
    named = dict.fromkeys(runner.task for runner in runners)
    parts = [
        "# Results",
        f"{what[0].upper()}{what[1:]}.\nMachine: {machine}.",
        _NOTE.format(rounds=rounds),
        _versions(runners),
        _bars(runners, points),
        *(_task(task, tasks[task], runners) for task in named),
    ]
    if points:
        parts.append(_growth(points))
    return "\n\n".join(part for part in parts if part) + "\n"


def _all(runner: Any, what: str = "seconds") -> list[float]:
    return [run[what] for run in runner.runs]


def _ratio(runner: Any, base: Any, what: str = "seconds") -> float | None:
    """Return how many times as long as another way a way took, round by round."""
    if not runner.runs or not base.runs:
        return None
    pairs = zip(_all(runner, what), _all(base, what), strict=False)
    return median(one / other for one, other in pairs)


def _task(task: str, title: str, runners: list[Any]) -> str:
    same = [runner for runner in runners if runner.task == task]
    rows = []
    for runner in same:
        if not runner.runs:
            why = f"failed: {runner.failure}" if runner.failure else runner.absent
            rows.append([runner.name, "–", "–", "–", "–", "–", why])
            continue
        ratio = _ratio(runner, same[0])
        cpu = _ratio(runner, same[0], "cpu")
        peaks = [run["peak"] for run in runner.runs if run["peak"] is not None]
        rows.append(
            [
                runner.name,
                _number(median(_all(runner))),
                "–" if ratio is None else _number(ratio),
                _number(median(_all(runner, "cpu"))),
                "–" if cpu is None else _number(cpu),
                f"{median(peaks) / _MB:,.0f}" if peaks else "–",
                runner.runs[0]["seen"],
            ]
        )
    head = ["tool", "seconds", "times framing", "CPU", "times framing", "peak, MB", "what came out"]
    return f"## {title}\n\n{_table(head, rows)}"


def _growth(points: list[dict[str, Any]]) -> str:
    steps = ("load", "build", "frequency", "keyness", "matrix")
    rows = [
        [
            str(point["copies"]),
            f"{point['articles']:,}",
            f"{point['tokens'] / 1e6:.1f}",
            f"{point['terms']:,}",
            *(_number(point[step]) for step in steps),
            _number(point["total"]),
            *(_number(point[what] / points[0][what]) for what in ("total", "cpu")),
        ]
        for point in points
    ]
    head = [
        "copies",
        "articles",
        "tokens, million",
        "terms",
        *(f"{step}, s" for step in steps),
        "all, s",
        "times the first",
        "times the first in CPU",
    ]
    peaks = [
        [
            str(point["copies"]),
            f"{point['text_bytes'] / _MB:,.0f}",
            *(_over_text(point, f"{step}_peak") for step in steps),
        ]
        for point in points
    ]
    note = (
        "Copies have other ids and links, and a fifth of their longer words is other. The "
        "counting of articles × terms happens in the first step that needs it, *frequency*; "
        "*matrix* hands out a copy."
    )
    more = (
        "Peaks, divided by the UTF-8 bytes of titles and texts. *Load* is beyond what was there "
        "before loading, the others are beyond what was there after it, with the results of all "
        "earlier steps held."
    )
    named = ["copies", "text, MB", *(f"{step} ÷ text" for step in steps)]
    return f"## Growth\n\n{note}\n\n{_table(head, rows)}\n\n{more}\n\n{_table(named, peaks)}"


def _over_text(point: dict[str, Any], peak: str) -> str:
    return f"{point[peak] / point['text_bytes']:.1f}"


def _bars(runners: list[Any], points: list[dict[str, Any]]) -> str:
    """Return what was to be reached, and what was."""
    found = {(runner.task, runner.name): runner for runner in runners}
    rows = []

    def against(task: str, ours: str, theirs: str, bar: str, *, slower: bool = False) -> None:
        one, other = found.get((task, ours)), found.get((task, theirs))
        if one is None or other is None:
            return
        slow, fast = (one, other) if slower else (other, one)
        ratio, cpu = _ratio(slow, fast), _ratio(slow, fast, "cpu")
        got = other.absent or "failed"
        if ratio is not None and cpu is not None:
            got = f"{_number(ratio)} × ({_number(cpu)} × in CPU)"
        rows.append([f"{task}: {ours} against {theirs}", bar, got])

    plain = "framing, without sentences"
    against("load", "framing", "pandas.read_csv", "at most 8 × as long", slower=True)
    against("tokens", "framing", "scikit-learn CountVectorizer", "at least 1 × as fast")
    against("tokens", "framing", "R quanteda", "at least 5 × as fast")
    against("tokens", plain, "R quanteda", "at least 12 × as fast")
    against("frequency", "framing", "R quanteda", "at least 20 × as fast")
    against("keyness", "framing, g2", "R quanteda", "at least 15 × as fast")
    against("kwic", "framing", "R quanteda", "at least 5 × as fast")
    ours = "framing, whole ledger"
    against("mentions", ours, "R quanteda", "at least 60 × as fast")
    against("mentions", ours, "spaCy PhraseMatcher", "at least 7 × as fast")
    imported = found.get(("import", "framing"))
    if imported is not None and imported.runs:
        seconds = f"{_number(median(_all(imported)))} s"
        rows.append(["import framing, beyond pandas", "under 1 s", seconds])
    if len(points) > 1:
        first, last = points[0], points[-1]
        times = last["copies"] / first["copies"]
        grown, cpu = (_number(last[what] / first[what]) for what in ("total", "cpu"))
        bar = f"at most {1.1 * times:.0f} × the time"
        rows.append([f"{times:.0f} × the articles", bar, f"{grown} × ({cpu} × in CPU)"])
        for step in ("build", "keyness"):
            peak = f"{_over_text(last, f'{step}_peak')} ×"
            rows.append([f"peak after loading, up to {step}", "below 3 × the text", peak])
    return f"## Bars\n\n{_table(['what', 'bar', 'found'], rows)}" if rows else ""


def _versions(runners: list[Any]) -> str:
    """Return the versions of all tools that ran."""
    found = {}
    for runner in runners:
        if runner.runs and runner.runs[0]["version"]:
            name = runner.name.split(",")[0].split(".")[0].split(" ")[0]
            name = {"R": "quanteda", "sklearn": "scikit-learn", "nltk": "NLTK"}.get(name, name)
            found[name] = runner.runs[0]["version"]
    return "Versions: " + ", ".join(f"{name} {found[name]}" for name in found) + "."


def _number(value: float) -> str:
    """Return a number with two or three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; the columns of numbers to the right."""
    marks = ["---" if at in (0, len(head) - 1) else "--:" for at in range(len(head))]
    lines = [head, marks, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
