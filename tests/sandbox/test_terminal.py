"""The conversation typed by hand."""

import asyncio
import io
from zoneinfo import ZoneInfo

from bot.sandbox.clock import PlayClock
from bot.sandbox.terminal import Terminal


async def typed(lines, tiny_bot, cloud, phone, url):
    out = io.StringIO()
    stage = tiny_bot(f"{url}/bot{cloud.token}/", PlayClock(cloud.now()))
    terminal = Terminal(
        stage,
        cloud=cloud,
        phone=phone,
        zone=ZoneInfo("Asia/Taipei"),
        typed=io.StringIO(lines),
        out=out,
    )
    await terminal.run()
    return out.getvalue()


async def test_a_line_is_said_and_the_answer_shown(tiny_bot, cloud, phone, url):
    shown = await typed("words\n@reply 1 more", tiny_bot, cloud, phone, url)
    assert shown.splitlines()[1:] == [
        "12:00  me   (1)  words",
        "12:00  bot  ✍ on (1)",
        "12:00  me   (2)  more",
        "12:00  bot  ✍ on (2)",
    ]


async def test_an_impossible_step_is_one_line_and_the_conversation_goes_on(
    tiny_bot, cloud, phone, url
):
    shown = await typed("@tap ⭐\n@sing\nwords\n", tiny_bot, cloud, phone, url)
    assert shown.splitlines()[1] == '  there is no button "⭐"; there are no buttons at all'
    assert shown.splitlines()[2].startswith("  expected one of @voice")
    assert "(1)  words" in shown


async def test_what_is_typed_wrong_cannot_drive_the_terminal(tiny_bot, cloud, phone, url):
    shown = await typed("@tap \x1b[2J\n", tiny_bot, cloud, phone, url)
    assert r'no button "\x1b[2J"' in shown
    assert "\x1b" not in shown


async def test_help_restart_and_quit(tiny_bot, cloud, phone, url):
    shown = await typed("@help\n@restart\nwords\n@quit\nnever said", tiny_bot, cloud, phone, url)
    assert "@react N EMOJI" in shown
    assert "(1)  words" in shown
    assert "never said" not in shown


async def test_without_a_word_the_page_stays_open(tiny_bot, cloud, phone, url, eventually):
    out = io.StringIO()
    stage = tiny_bot(f"{url}/bot{cloud.token}/", PlayClock(cloud.now()))
    terminal = Terminal(
        stage,
        cloud=cloud,
        phone=phone,
        zone=ZoneInfo("Asia/Taipei"),
        page=url,
        typed=io.StringIO(),
        out=out,
    )
    running = asyncio.create_task(terminal.run())
    await eventually(lambda: "Ctrl-C ends" in out.getvalue())
    assert f"open at {url}" in out.getvalue()
    phone.send("on the page")
    await eventually(lambda: "✍ on (1)" in out.getvalue())
    running.cancel()
    await asyncio.wait([running])
