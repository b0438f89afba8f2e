"""The picture of a week: drawn apart from us, in fonts that have every character it shows."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.charts import Chart, Column, Legend, Row, Section
from bot.domain.records import Language
from bot.engines.chart import Charts
from bot.errors import EngineError, Trouble
from bot.sandbox.files import pixels

CHART = Chart(
    Language.ZH_HANT,
    dark=False,
    title="這一週",
    under="11月16日至22日",
    totals=(("12", "說了"), ("4", "留下")),
    days="每天說了幾條",
    columns=tuple(
        Column(day, said=i, before=2, kept=i % 2) for i, day in enumerate("一二三四五六日")
    ),
    legend=Legend("前一週", "留下", ""),
    sections=(Section("反覆說到", (Row("地鐵", 5, "4 天 · 5 條"),)),),
)


async def test_it_is_a_png_as_wide_as_a_phone_shows_and_upright() -> None:
    png = await Charts().draw(CHART)
    size = pixels(png)
    assert size is not None
    assert size[0] == 1080
    assert 1080 < size[1] < 2400
    assert len(png) < 1_000_000


async def test_light_and_dark_are_two_pictures_and_the_same_is_the_same() -> None:
    charts = Charts()
    light = await charts.draw(CHART)
    assert light == await charts.draw(CHART)
    assert light != await charts.draw(replace(CHART, dark=True))


async def test_characters_have_the_shapes_of_their_region() -> None:
    """骨 and 直 are written otherwise in Taiwan and on the mainland, with one code."""
    there = replace(CHART, title="骨直", language=Language.ZH_HANS)
    assert await Charts().draw(there) != await Charts().draw(replace(CHART, title="骨直"))


async def test_it_is_given_up_when_it_takes_too_long() -> None:
    with pytest.raises(EngineError) as raised:
        await Charts(within_s=0.001).draw(CHART)
    assert raised.value.trouble is Trouble.TIMEOUT


async def test_the_wait_for_others_counts_too() -> None:
    """Else three people wait for a drawing that hangs longer than their parcels are ours."""
    charts = Charts(within_s=0.2)
    waiting = [asyncio.create_task(charts.draw(CHART)) for _ in range(3)]
    await asyncio.wait(waiting[:2])
    assert waiting[2].done()  # and did not begin when the second one ended
    for one in waiting:
        with pytest.raises(EngineError, match="too long"):
            one.result()


async def test_a_chart_that_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(EngineError):
        await Charts().draw(replace(CHART, columns=()))


def test_what_draws_it_is_never_loaded_here() -> None:
    loaded = "import bot.app, sys; print(*{'matplotlib', 'PIL', 'numpy'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == ""


ODD = """
import json, os, sys, warnings
warnings.simplefilter("error")
os.environ |= {"MPLCONFIGDIR": sys.argv[1], "MPL_IGNORE_SYSTEM_FONTS": "1"}
from bot.domain.records import Language
from bot.engines.chart_canvas import Canvas, Colours, drawable
canvas = Canvas(400, Language.ZH_HANT, Colours.of(dark=True))
odd = json.load(sys.stdin)
print(json.dumps({
    "drawable": [drawable(one) for one in odd],
    "widths": [canvas.text(0, 100, one, 38, fits=300) for one in odd],
}))
canvas.png()
"""


# What is written, and what of it is drawn.
SHOWN = [
    ("地鐵 🔥🔥", "地鐵"),
    ("🔥", "–"),
    ("👨‍👩‍👧 家", "家"),
    ("مرحبا بالعالم", "مرحبا بالعالم"),
    ("𠮷野家", "𠮷野家"),
    ("costs $5 and $10", "costs $5 and $10"),
    (r"\\frac{1}{2} $\\alpha$", r"\\frac{1}{2} $\\alpha$"),
    ("two\nlines", "two lines"),
    (
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "Donaudampfschifffahrtsgesellschaftskapitän",
    ),
    ("外婆的縫紉機和那個一直找不到的金屬頂針", "外婆的縫紉機和那個一直找不到的金屬頂針"),
    ("e\u0301te\u0301", "e\u0301te\u0301"),
    ("\u202eabc\u0000", "abc"),
    ("\ud83d", "–"),
]


def test_no_box_stands_for_a_character_and_everything_fits(tmp_path: Path) -> None:
    drawn = subprocess.run(
        [sys.executable, "-c", ODD, str(tmp_path)],
        input=json.dumps([words for words, _ in SHOWN]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert drawn.returncode == 0, drawn.stderr
    found = json.loads(drawn.stdout)
    assert found["drawable"] == [shown for _, shown in SHOWN]
    assert max(found["widths"]) <= 300
