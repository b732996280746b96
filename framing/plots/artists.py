"""What matplotlib lacks: ticks that always fit, dates of periods, labels that do not overlap.

This module loads matplotlib; the others import it inside their functions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DayLocator, num2date
from matplotlib.text import Annotation, Text
from matplotlib.ticker import Formatter, LogLocator, MaxNLocator

ONE_DAY: Any = DayLocator
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
    """Powers of ten, with 2 and 5 between them where few powers are in view."""

    def __call__(self) -> Any:
        """Return where the ticks are."""
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        decades = np.log10(max(high, 1e-300) / max(low, 1e-300))
        room = _room(axis, 3.6)
        between = (1.0, 2.0, 5.0) if decades < 1.6 and room > 3 * decades + 1 else (1.0,)
        self.set_params(subs=between, numticks=max(2, int(room)))
        return super().__call__()


class PeriodTicks(AutoDateLocator):
    """Days, months or years, as many as have room."""

    def __call__(self) -> Any:
        """Return where the ticks are."""
        auto: Any = super()
        ticks = np.asarray(auto.__call__(), dtype=float)
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        ticks = ticks[(ticks >= low) & (ticks <= high)]
        return ticks[:: -(-len(ticks) // self._most()) or 1]

    def _most(self) -> int:
        return max(2, int(_room(self.axis, 5)))

    def get_locator(self, dmin: datetime, dmax: datetime) -> Any:
        """Return the locator for the dates in view; none finer than a day."""
        if (dmax - dmin).days < 4:
            day: Any = ONE_DAY()
            day.set_axis(self.axis)
            return day
        room = self._most()
        self.minticks = min(3, room)
        self.maxticks = dict.fromkeys(self.maxticks, room)
        ticks: Any = super()
        return ticks.get_locator(dmin, dmax)


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
    """Moves the titles of both axes at each drawing so that they end inside the figure."""

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


def _between(value: float, low: float, high: float) -> float:
    """Return the value, or the end of the range that is nearest."""
    return float(max(low, min(value, high)))


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
        room = _Room(ax.get_window_extent(renderer), ax.transData.transform(self.points), point)
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
