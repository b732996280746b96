"""What matplotlib lacks: ticks that always fit, dates of periods, labels that do not overlap.

This module loads matplotlib; the others import it inside their functions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import num2date
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.ticker import Formatter, Locator, LogLocator, MaxNLocator
from matplotlib.transforms import ScaledTranslation

TO_DATE: Any = num2date
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _room(axis: Any, width: float) -> float:
    """Return how many labels of so many text heights fit on an axis."""
    ax = axis.axes
    figure = ax.get_figure(root=True)
    box = ax.get_window_extent()
    size = axis.get_major_ticks(1)[0].label1.get_fontsize() * figure.dpi / 72
    if axis.axis_name == "x":
        return float(box.width / (size * width))
    return float(box.height / (size * 2))


class LinearTicks(MaxNLocator):
    """Round numbers, as many as have room for labels such as `10,000`."""

    def __init__(self) -> None:
        super().__init__(nbins=4, steps=[1, 2, 5, 10], min_n_ticks=2)

    def __call__(self) -> Any:
        """Return where the ticks are."""
        self.set_params(nbins=int(np.clip(_room(self.axis, 4.2), 1, 6)))
        return super().__call__()


class LogTicks(LogLocator):
    """Powers of ten, with 2 and 5 or 3 between them where few powers are in view.

    Round numbers where not even half a power is.
    """

    def __call__(self) -> Any:
        """Return where the ticks are."""
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        decades = max(np.log10(max(high, 1e-300) / max(low, 1e-300)), 1e-9)
        if decades < 0.5:
            few = int(np.clip(_room(axis, 4.6) / 2, 1, 6))  # they are closer to the right
            return MaxNLocator(nbins=few, steps=[1, 2, 5, 10]).tick_values(low, high)
        fits = _room(axis, 4.6) / decades  # labels in a decade
        between = (1.0, 2.0, 5.0) if 0.3 * fits > 1 else (1.0, 3.0) if 0.47 * fits > 1 else (1.0,)
        self.set_params(
            subs=between if decades < 2.6 else (1.0,), numticks=max(2, int(_room(axis, 3.6)))
        )
        return super().__call__()


STEPS: tuple[tuple[str, Any, float], ...] = (
    ("days", range(1, 32), 5.0),
    ("days", (1, 8, 15, 22), 5.0),
    ("days", (1, 15), 5.0),
    *(("months", months, 3.4) for months in (1, 2, 3, 6)),
    *(("months", 12 * years, 3.6) for years in (1, 2, 5, 10, 20, 50, 100, 1000)),
)


class PeriodTicks(Locator):
    """Days of the month, months or years: the finest of them that have room.

    Parameters
    ----------
    months
        Months in a period, which no tick may divide; 0 for weeks and days.
    """

    def __init__(self, months: int) -> None:
        super().__init__()
        self.months = months

    def __call__(self) -> Any:
        """Return where the ticks are."""
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        ticks = np.empty(0)
        for kind, step, width in STEPS:
            if kind == "days" and (self.months or high - low > 1000):
                continue
            if kind == "months" and step % (self.months or 1):
                continue
            ticks = _days(low, high, step) if kind == "days" else _months(low, high, step)
            if len(ticks) <= max(1, _room(axis, width)):
                break
        return ticks

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Return the first days of the months between two dates."""
        return _months(vmin, vmax, 1)

    def nonsingular(self, v0: float, v1: float) -> tuple[float, float]:
        """Return limits a month apart where there is only one date."""
        return (v0 - 15, v1 + 15) if v0 == v1 else (v0, v1)


def _days(low: float, high: float, in_month: Iterable[int]) -> np.ndarray:
    """Return the dates between two that fall on some days of the month."""
    days = np.arange(np.ceil(low), np.floor(high) + 1).astype("datetime64[D]")
    place = (days - days.astype("datetime64[M]")).astype(int) + 1
    found: np.ndarray = days[np.isin(place, list(in_month))].astype(float)
    return found


def _months(low: float, high: float, step: int) -> np.ndarray:
    """Return the first days of every so many months between two dates."""
    first, last = np.array([low, high]).astype("datetime64[D]").astype("datetime64[M]").astype(int)
    months = np.arange(first - (first + 1970 * 12) % step, last + 1, step)
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(float)
    found: np.ndarray = days[(days >= low) & (days <= high)]
    return found


class PeriodNames(Formatter):
    """`7 Dec`, `Dec` or `2016`, the year written below where it changes; always in English."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the name of one date."""
        del pos
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the names of all ticks."""
        days = [TO_DATE(value) for value in values]
        if all((day.month, day.day) == (1, 1) for day in days):
            return [str(day.year) for day in days]
        by_month = all(day.day == 1 for day in days)
        names = []
        for before, day in zip([None, *days], days, strict=False):
            name = MONTHS[day.month - 1] if by_month else f"{day.day} {MONTHS[day.month - 1]}"
            names.append(name if before and before.year == day.year else f"{name}\n{day.year}")
        return names


class FittedTitles(Artist):
    """Moves the titles over and beside axes at each drawing so that they end in the figure."""

    def __init__(self, ax: Axes) -> None:
        super().__init__()
        self.set_zorder(0)
        self.set_in_layout(False)
        ax.add_artist(self)

    def draw(self, renderer: Any) -> None:
        """Put each title in the middle of its axis, or as near to it as the figure allows."""
        figure: Any = self.get_figure(root=True)
        if self.axes is None or figure is None:
            return
        frame = self.axes.get_window_extent(renderer)
        x_title, y_title = self.axes.xaxis.label, self.axes.yaxis.label
        half = x_title.get_window_extent(renderer).width / 2 + 2
        middle = _between((frame.x0 + frame.x1) / 2, half, figure.bbox.width - half)
        x_title.set_x((middle - frame.x0) / frame.width)
        half = y_title.get_window_extent(renderer).height / 2 + 2
        middle = _between((frame.y0 + frame.y1) / 2, half, figure.bbox.height - half)
        y_title.set_y((middle - frame.y0) / frame.height)
        ax: Any = self.axes
        title = ax._left_title  # there is no getter
        width = title.get_window_extent(renderer).width
        start = _between(frame.x0, 2, max(figure.bbox.width - width - 2, 2))
        # In inches, so that it stays small when the figure grows and the layout looks at it.
        move = ScaledTranslation((start - frame.x0) / figure.dpi, 0, figure.dpi_scale_trans)
        title.set_transform(ax.transAxes + ax.titleOffsetTrans + move)


def _between(value: float, low: float, high: float) -> float:
    """Return the value, or the end of the range that is nearest."""
    return float(max(low, min(value, high)))


class HeldInside(Artist):
    """Points that do not stretch their axis: those above it are triangles at its upper end.

    Parameters
    ----------
    ax
        The axes.
    points
        The points, with their values.
    above
        The triangles, at the same places.
    """

    def __init__(self, ax: Axes, points: Line2D, above: Line2D) -> None:
        super().__init__()
        self.points, self.above = points, above
        self.values = np.array(points.get_ydata(), dtype=float)
        self.set_zorder(0)
        self.set_in_layout(False)
        ax.add_artist(self)

    def draw(self, renderer: Any) -> None:
        """Show each value as a point or as a triangle; matplotlib draws both afterwards."""
        del renderer
        if self.axes is None:
            return
        top = self.axes.get_ylim()[1]
        self.points.set_ydata(np.where(self.values > top, np.nan, self.values))
        self.above.set_ydata(np.where(self.values > top, top, np.nan))


class PlacedLabels(Artist):
    """Labels beside points, put anew at each drawing where they cover neither label nor frame.

    A label that fits nowhere is not drawn; those that come first have the first choice.

    Parameters
    ----------
    ax
        The axes.
    labels
        Annotations, the most important first.
    points
        All points of the chart, in data units; labels keep off them where they can.
    """

    def __init__(self, ax: Axes, labels: list[Annotation], points: np.ndarray) -> None:
        super().__init__()
        self.labels = labels
        self.points = points
        self.set_zorder(0)
        self.set_in_layout(False)
        ax.add_artist(self)

    def draw(self, renderer: Any) -> None:
        """Place the labels; matplotlib draws them itself afterwards."""
        ax = self.axes
        figure: Any = self.get_figure(root=True)
        if not self.get_visible() or ax is None or figure is None:
            return
        point = figure.dpi / 72
        scale = float(self.labels[0].get_fontsize()) / 7 if self.labels else 1.0
        points = ax.transData.transform(self.points)
        room = _Room(ax.get_window_extent(renderer), points, point * scale)
        dots = ax.transData.transform([label.xy for label in self.labels]).reshape(-1, 2)
        for label, dot in zip(self.labels, dots, strict=True):
            label.set_visible(True)
            extent = Text.get_window_extent(label, renderer)
            place = room.take(dot, (extent.width, extent.height), dots)
            label.set_visible(place is not None)
            if place is not None:
                box, gap = place
                label.xyann = ((box[0] - dot[0]) / point, (box[1] - dot[1]) / point)
                if label.arrow_patch is not None:
                    label.arrow_patch.set_visible(gap > GAPS[0])


Box = tuple[float, float, float, float]
GAPS = (4, 9, 15)  # from the point to the label, in points


class _Room:
    """What of a chart is still free for labels, in pixels."""

    def __init__(self, frame: Any, crowd: np.ndarray, point: float) -> None:
        self.frame, self.crowd, self.point = frame, crowd, point
        self.boxes: list[Box] = []
        self.lines = np.empty((0, 2))

    def take(
        self, dot: np.ndarray, size: tuple[float, float], dots: np.ndarray
    ) -> tuple[Box, int] | None:
        """Take the best free place beside a dot; None where there is none."""
        best: tuple[float, Box, int, np.ndarray] | None = None
        for cost, gap, box in _places(float(dot[0]), float(dot[1]), size, self.point):
            line = _line(dot, box) if gap > GAPS[0] else dot[None]
            if not self._is_free(box, line):
                continue
            total = cost + gap / 4 + _inside(box, self.crowd, 20) + 4 * _inside(box, dots, 20)
            if best is None or total < best[0]:
                best = (total, box, gap, line)
        if best is None:
            return None
        self.boxes.append(best[1])
        self.lines = np.vstack([self.lines, best[3]])
        return best[1], best[2]

    def _is_free(self, box: Box, line: np.ndarray) -> bool:
        """Tell whether a label and its line keep off the frame and all that was placed before."""
        frame = self.frame
        return (
            box[0] >= frame.x0 and box[2] <= frame.x1
            and box[1] >= frame.y0 and box[3] <= frame.y1
            and not any(_overlap(box, other, self.point) for other in self.boxes)
            and not _inside(box, self.lines, 1)
            and not any(_inside(other, line, 1) for other in self.boxes)
        )  # fmt: skip


_PLACES = (
    (0.0, 1, 0), (0.3, -1, 0), (0.5, 0, 1), (0.6, 0, -1),
    (0.7, 1, 1), (0.8, 1, -1), (0.9, -1, 1), (1.0, -1, -1),
)  # fmt: skip


def _places(
    x: float, y: float, size: tuple[float, float], point: float
) -> Iterator[tuple[float, int, Box]]:
    """Yield the boxes around a point in which its label can stand, with cost and distance."""
    for (cost, dx, dy), gap in itertools.product(_PLACES, GAPS):
        left = x + dx * gap * point + (dx - 1) / 2 * size[0]
        base = y + dy * gap * point + (dy - 1) / 2 * size[1]
        yield cost, gap, (left, base, left + size[0], base + size[1])


def _line(dot: np.ndarray, box: Box) -> np.ndarray:
    """Return points along the line from a dot to the middle of its label, as far as can be seen."""
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    points = dot + np.linspace(0, 1, 24)[:, None] * (middle - dot)
    outside = (points < box[:2]).any(axis=1) | (points > box[2:]).any(axis=1)
    seen: np.ndarray = points[outside]
    return seen


def _inside(box: Box, points: np.ndarray, most: int) -> int:
    """Return how many points lie in a box, but no more than `most`."""
    across = (points[:, 0] > box[0]) & (points[:, 0] < box[2])
    return min(int((across & (points[:, 1] > box[1]) & (points[:, 1] < box[3])).sum()), most)


def _overlap(one: Box, two: Box, gap: float) -> bool:
    """Tell whether two boxes come nearer to each other than a gap."""
    return (
        one[0] < two[2] + gap
        and two[0] < one[2] + gap
        and one[1] < two[3] + gap
        and two[1] < one[3] + gap
    )
