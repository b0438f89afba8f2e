"""Languages, sizes and themes."""

import re
from typing import get_args

import pytest
from playwright.async_api import expect

from bot.sandbox.files import Media
from bot.sandbox.page.switches import SWITCHES
from tests.page.conftest import EXAMPLES, NARROW, QUOTED, STAR, STATIC, WIDE, line


@pytest.mark.parametrize(
    ("locale", "hint"),
    [("en-GB", "Message"), ("zh-TW", "訊息"), ("zh-CN", "消息"), ("fr", "Message")],
)
async def test_the_page_speaks_the_browsers_language(site, tab, locale, hint):
    page = await tab(site.url, locale=locale)
    await expect(page.locator("#words")).to_have_attribute("placeholder", hint)


async def test_another_language_is_chosen_and_remembered(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await page.locator("#language").select_option("zh-Hant")
    await page.reload()
    await expect(page.locator("#evening")).to_have_text("跳到 21:00")


def test_every_language_has_every_word_and_no_other():
    source = (STATIC / "words.js").read_text("utf-8")
    tongues = re.findall(r"^const \w+ = \{\n(.*?)\n\};", source, re.DOTALL | re.MULTILINE)
    words = [re.findall(r"(?:^|,) +(\w+): \"", tongue, re.MULTILINE) for tongue in tongues]
    assert words == [words[0]] * 3
    assert set(words[0]) == asked_for()
    assert len(words[0]) == len(set(words[0]))


def asked_for():
    """The keys of all words that the page shows."""
    code = "".join(file.read_text("utf-8") for file in STATIC.glob("*.js"))
    page = (STATIC / "index.html").read_text("utf-8")
    said = re.findall(r"\bsay\(([^{]*?)[,)](?:\s|;|\}|`|\)|,|$)", code)
    keys = {key for first in said for key in re.findall(r'(?<!= )"(\w+)"', first)}
    keys |= set(re.findall(r'\bitem\("(\w+)"', code))
    keys |= set(re.findall(r'"(key[A-Z]\w+)"\]', code))
    keys |= set(re.findall(r'data-(?:say|label|hint)="(\w+)"', page))
    return keys | set(SWITCHES) | set(get_args(Media))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("locale", ["en-GB", "zh-TW"])
async def test_nothing_is_cut_off_and_axe_finds_nothing(site, tab, axe, theme, size, locale):
    desk = site.desk
    n = desk.phone.send("一行很長的字" * 30 + "w" * 200)
    desk.phone.reply(n, "because")
    desk.phone.react(n, "🔥")
    desk.phone.voice(EXAMPLES / "lid.ogg")
    desk.phone.photo(EXAMPLES / "desk.jpg", "my desk")
    desk.phone.file(EXAMPLES / "README.md")
    keyboard = [[{"text": f"{n}⭐", "callback_data": "x"} for n in range(8)], *STAR]
    await desk.says(
        QUOTED.format("words\n" * 9) + "<code>code</code> <tg-spoiler>x</tg-spoiler>", keyboard
    )
    await desk.bot("setMyCommands", commands=[{"command": "expand", "description": "many"}])
    page = await tab(
        site.url,
        viewport=size,
        color_scheme=theme,
        locale=locale,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    await page.evaluate(axe)
    await page.locator("#words").fill("/")
    assert await complaints(page) == []
    await page.locator("#words").fill("")
    await line(page, n).focus()
    await page.keyboard.press("Enter")
    assert await complaints(page) == []
    await page.keyboard.press("Escape")
    if size is NARROW:
        await page.locator("#clock").click()
        assert await complaints(page) == []
    wide = "() => [document.documentElement, ...document.querySelectorAll('#scroll, #panel')]"
    assert await page.evaluate(f"({wide})().every(e => e.scrollWidth <= e.clientWidth)")


async def complaints(page):
    found = await page.evaluate("axe.run()")
    return [
        (broken["id"], [node["html"][:120] for node in broken["nodes"]])
        for broken in found["violations"]
    ]
