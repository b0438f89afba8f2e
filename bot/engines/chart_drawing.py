"""Draws one chart and ends: `python -m bot.engines.chart_drawing`, a chart as JSON on its input.

Everything is placed in pixels, from the top: a picture on a phone is a third as wide, so nothing is
written smaller than `SMALL`. A person who sees no picture reads the same numbers below it.
"""

import base64
import os
import sys
import tempfile

from bot.domain.charts import Chart, Column, Row, Section
from bot.engines import apart
from bot.engines.chart_canvas import MARGIN, WIDTH, Canvas, Colours

# In pixels. 32 of 1,080 are 11 points on a phone that is 375 points wide.
SMALL, TEXT, HEADING, TITLE, TOTAL = 32, 38, 42, 64, 104
INNER = WIDTH - 2 * MARGIN
# A picture upright on a phone, also when there is little to show: then the days are taller.
LEAST_HEIGHT = 1240
DAYS_HEIGHT = 300
# Two things said in a week are no tower.
LEAST_SCALE = 4
_ROW, _MARK, _SECTION_GAP = 104, 50, 64


def png(chart: Chart) -> bytes:
    """The chart as a PNG."""
    spare = max(0, LEAST_HEIGHT - _height(chart, 0))
    canvas = Canvas(_height(chart, spare), chart.language, Colours.of(dark=chart.dark))
    y = _head(canvas, chart)
    y = _days(canvas, chart, y, DAYS_HEIGHT + spare)
    for section in chart.sections:
        y = _section(canvas, section, y)
    return canvas.png()


def _height(chart: Chart, spare: int) -> int:
    head = 376 if chart.totals else 216
    legend = 70 if _legend(chart) else 0
    days = 112 + DAYS_HEIGHT + spare + 58 + _MARK * len(_marks(chart)) + legend
    rows = sum(_SECTION_GAP + 70 + _ROW * len(one.rows) for one in chart.sections)
    return head + days + rows + MARGIN


def _head(canvas: Canvas, chart: Chart) -> int:
    canvas.text(MARGIN, 112, chart.title, TITLE, fits=INNER, strong=True)
    canvas.text(MARGIN, 170, chart.under, TEXT, colour=canvas.colours.muted, fits=INNER)
    if not chart.totals:
        return 216
    room = INNER / len(chart.totals)
    for place, (number, label) in enumerate(chart.totals):
        x = MARGIN + place * room
        canvas.text(x, 302, number, TOTAL, fits=room - 24, strong=True)
        muted = canvas.colours.muted
        canvas.text(x, 352, label, SMALL, colour=muted, fits=room - 20)
    return 376


def _days(canvas: Canvas, chart: Chart, top: int, height: int) -> int:
    """The days side by side; the same day of the week before stands behind each, paler."""
    canvas.text(MARGIN, top + 74, chart.days, HEADING, fits=INNER, strong=True)
    floor = top + 112 + height
    most = max(LEAST_SCALE, *(max(one.said, one.before) for one in chart.columns))
    unit = (height - SMALL - 16) / most
    room = INNER / len(chart.columns)
    middles = [MARGIN + (place + 0.5) * room for place in range(len(chart.columns))]
    for x, day in zip(middles, chart.columns, strict=True):
        _column(canvas, day, x, floor, unit)
    canvas.line(MARGIN, WIDTH - MARGIN, floor)
    y = floor + 58
    for shape, counts in _marks(chart):
        for x, count in zip(middles, counts, strict=True):
            _mark(canvas, shape, count, x, y + SMALL)
        y += _MARK
    if _legend(chart):
        _explain(canvas, chart, y + 52)
        y += 70
    return y


def _column(canvas: Canvas, day: Column, x: float, floor: float, unit: float) -> None:
    colours = canvas.colours
    if day.before:
        canvas.column(x - 50, floor, 100, day.before * unit, colours.pale)
    if day.said:
        canvas.column(x - 34, floor, 68, day.said * unit, colours.gold)
        canvas.text(x, floor - day.said * unit - 12, f"{day.said:,}", SMALL, align="center")
    muted = colours.muted
    canvas.text(x, floor + 46, day.label, SMALL, colour=muted, align="center", fits=130)


def _marks(chart: Chart) -> list[tuple[str, list[int]]]:
    """The marks below the days, as far as there are any, each with its count by day."""
    counts = {
        "star": [one.kept for one in chart.columns],
        "play": [one.filmed for one in chart.columns],
    }
    return [(shape, by_day) for shape, by_day in counts.items() if any(by_day)]


def _mark(canvas: Canvas, shape: str, count: int, x: float, y: float) -> None:
    if count:
        colour = canvas.colours.gold if shape == "star" else canvas.colours.teal
        wide = canvas.text(x + 20, y, f"{count:,}", SMALL, align="center")
        canvas.mark(shape, x - wide / 2, y - 12, colour)


def _legend(chart: Chart) -> list[tuple[str, str]]:
    told = (
        ("box", chart.legend.before),
        ("star", chart.legend.kept),
        ("play", chart.legend.filmed),
    )
    return [(shape, words) for shape, words in told if words]


def _explain(canvas: Canvas, chart: Chart, y: float) -> None:
    colours = canvas.colours
    inks = {"box": colours.pale, "star": colours.gold, "play": colours.teal}
    x = float(MARGIN)
    for shape, words in _legend(chart):
        canvas.mark(shape, x + 16, y - 12, inks[shape])
        x += 44 + canvas.text(x + 44, y, words, SMALL, colour=colours.muted, fits=INNER / 3) + 44


def _section(canvas: Canvas, section: Section, top: int) -> int:
    """Bars below one another, each under its own words."""
    y = top + _SECTION_GAP
    canvas.text(MARGIN, y + 30, section.title, HEADING, fits=INNER, strong=True)
    y += 70
    most = max([one.length for one in section.rows], default=0) or 1
    for row in section.rows:
        _row(canvas, row, y, row.length / most)
        y += _ROW
    return y


def _row(canvas: Canvas, row: Row, y: float, share: float) -> None:
    colours = canvas.colours
    told = canvas.text(
        WIDTH - MARGIN, y + 40, row.told, SMALL, colour=colours.muted, align="right", fits=INNER / 2
    )
    ink = colours.ink if row.new else colours.muted
    canvas.text(MARGIN, y + 40, row.label, TEXT, colour=ink, fits=INNER - told - 32)
    canvas.bar(MARGIN, y + 58, INNER, 20, colours.track)
    if share > 0:
        canvas.bar(
            MARGIN, y + 58, max(20, INNER * share), 20, colours.gold if row.new else colours.soft
        )


def _drawn(asked: bytes) -> dict[str, str]:
    from pydantic import TypeAdapter

    chart = TypeAdapter(Chart).validate_json(asked)
    return {"png": base64.b64encode(png(chart)).decode()}


if __name__ == "__main__":
    # Nothing of the machine's decides how it looks, and nothing of ours is left on it.
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ |= {"MPLCONFIGDIR": nowhere, "MPL_IGNORE_SYSTEM_FONTS": "1"}
        apart.answer(lambda: _drawn(sys.stdin.buffer.read()))
