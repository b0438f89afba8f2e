"""The page's server: who may speak to it, and how it keeps every tab informed."""

import asyncio
import json
from datetime import timedelta
from time import monotonic

import httpx
import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import websocket_connect

from bot.sandbox.page.live import CLOCK_EVERY_S, REMEMBERED
from tests.sandbox.page.conftest import SilentTab, asked, connected, heard

ELSEWHERE = [
    {"Host": "goldpan.example:8765"},
    {"Origin": "http://goldpan.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_no_other_page_can_drive_it(table, headers):
    async with httpx.AsyncClient(base_url=table.url, headers=headers) as client:
        for path in ("/", "/page/main.js", f"/bot{table.cloud.token}/getMe"):
            assert (await client.get(path)).status_code == 403, path
        sent = await client.post("/page/upload?kind=document&name=x", content=b"x")
        assert sent.status_code == 403
        assert (await client.get("/page/live", headers=UPGRADE)).status_code == 403
    assert table.phone.events == []


async def test_what_changes_something_must_say_where_it_comes_from(table):
    async with httpx.AsyncClient(base_url=table.url) as client:
        assert (await client.get("/")).status_code == 200
        silent = await client.post("/page/upload?kind=document&name=x", content=b"x")
        ours = await client.post(
            "/page/upload?kind=document&name=x", content=b"x", headers={"Origin": table.url}
        )
    assert (silent.status_code, ours.status_code) == (403, 200)
    assert len(table.phone.events) == 1


async def test_a_line_that_does_not_say_where_it_comes_from_is_not_opened(table):
    with pytest.raises(HTTPClientError, match="403"):
        await websocket_connect(table.url.replace("http", "ws") + "/page/live")


async def test_nothing_of_the_page_may_be_cached_framed_or_scripted_from_elsewhere(table):
    table.phone.attach("document", "x.html", b"<script>1</script>")
    async with httpx.AsyncClient(base_url=table.url) as client:
        for path in ("/", "/page/style.css", "/page/files/file1"):
            headers = (await client.get(path)).headers
            policy = headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self';")
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-cache"
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["%00", "main.js%00", "no.js", "%2e%2e/live.py", "static"])
async def test_there_is_nothing_beside_the_page_itself(table, path):
    async with httpx.AsyncClient(base_url=table.url) as client:
        assert (await client.get(f"/page/{path}")).status_code in {403, 404}


async def test_an_action_asked_for_twice_is_done_once(table, tab):
    for _ in range(2):
        assert "error" not in await asked(tab, do="send", text="once")
    assert [event.text for event in table.phone.events if event.kind == "text"] == ["once"]


async def test_an_action_asked_for_again_while_it_runs_is_answered_when_it_is_done(table, tab):
    table.day_known.clear()  # it takes as long as this is not set
    for _ in range(2):
        await tab.write_message(json.dumps({"id": "slow", "do": "jump", "to": "the moon"}))
    assert (await asked(tab, id="quick", do="send", text="meanwhile"))["id"] == "quick"
    table.day_known.set()
    answers = [await heard(tab, "done") for _ in range(2)]
    assert [answer["id"] for answer in answers] == ["slow", "slow"]
    assert all("the moon" in answer["error"] for answer in answers)


async def test_what_was_done_is_remembered_for_a_while(table):
    tab = SilentTab()

    async def ask(name, text=""):
        await table.page.obey(tab, {"id": name, "do": "send", "text": text})
        return len(table.phone.chat.messages)

    await ask("first", "words")
    for n in range(REMEMBERED - 1):
        await ask(str(n))
    assert await ask("first", "words") == 1
    await ask("one more")
    assert await ask("first", "words") == 2
    assert len(table.page._asked) == REMEMBERED


@pytest.mark.parametrize("name", [None, 7, ["x"]])
async def test_an_action_without_a_name_of_its_own_is_refused(table, tab, name):
    assert (await asked(tab, id=name, do="send", text="x"))["error"]
    assert table.phone.events == []


@pytest.mark.parametrize("nonsense", ["{", "[]", "7", "[" * 20_000, b"\xff\xfe"])
async def test_nonsense_on_the_line_ends_that_line_only(table, tab, nonsense):
    other = await connected(table.url)
    await other.write_message(nonsense, binary=isinstance(nonsense, bytes))
    while await asyncio.wait_for(other.read_message(), 20) is not None:
        pass
    assert other.close_code == 1003
    other.close()
    assert "error" not in await asked(tab, do="look")


async def test_half_an_emoji_ends_no_line(table, tab):
    table.cloud.emit(table.phone.chat, "bot", "toast", "half \ud83d")
    assert (await heard(tab, "toast"))["text"] == "half \ud83d"


async def test_a_restart_is_told_and_what_was_sent_meanwhile_is_answered(table, tab, eventually):
    await asked(tab, do="run", on=False)
    assert not table.keeper.running
    await asked(tab, id="2", do="send", text="are you there")
    await asked(tab, id="3", do="run", on=True)
    await eventually(lambda: table.phone.events[-1].kind == "reaction")
    await asked(tab, id="4", do="restart")
    assert table.keeper.running


async def test_a_draft_is_told_until_its_time_is_over_or_its_message_comes(table):
    async def told():
        tab = SilentTab()
        await table.page.join(tab)
        table.page.leave(tab)
        return tab.told[0]["preview"]

    table.cloud.stream(table.phone.chat, "so far", [])
    shown = await told()
    assert shown["text"] == "so far"
    assert shown["until"] == pytest.approx(table.clock.now().timestamp() + 30, abs=5)
    table.clock.ahead += timedelta(seconds=31)
    assert await told() is None
    table.cloud.stream(table.phone.chat, "so far and further", [])
    table.phone.send("how far?")
    assert (await told())["text"] == "so far and further"
    table.says("so far and no further")
    assert await told() is None


async def test_a_jump_tells_the_time_no_more_often_than_anybody_sees(table):
    tab = SilentTab()
    await table.page.join(tab)
    began, start = monotonic(), table.clock.now()
    await table.keeper.jump(start + timedelta(days=1))
    table.page.leave(tab)
    told = [news for news in tab.told if news["type"] == "state"]
    assert len(told) <= (monotonic() - began) / CLOCK_EVERY_S + 4
    assert not told[-1]["jumping"]
    assert told[-1]["now"] >= (start + timedelta(days=1)).timestamp()


async def test_when_the_page_ends_every_tab_hears_it(table):
    tabs = [await connected(table.url) for _ in range(2)]
    for tab in tabs:
        await heard(tab, "history")
    table.page.hang_up()
    for tab in tabs:
        while await asyncio.wait_for(tab.read_message(), 20) is not None:
            pass
        tab.close()
