"""The chat page's server: who may speak to it, and what it does with what it is told."""

import asyncio
import io
import json
import math
import struct
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import av
import httpx
import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bot.errors import PlayError
from bot.sandbox.clock import RunningClock
from bot.sandbox.cloud import Cloud
from bot.sandbox.faults import Faults
from bot.sandbox.files import ogg_seconds
from bot.sandbox.keeper import Keeper
from bot.sandbox.page.hands import Day, landing
from bot.sandbox.page.live import ChatPage
from bot.sandbox.page.recording import voice_note as as_voice_note
from bot.sandbox.page.switches import Switches
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving

LONDON = Day(ZoneInfo("Europe/London"), time(21))
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


@pytest.fixture
async def table(tiny_bot, eventually):
    """The page before a tiny bot: its address, phone and keeper."""
    clock = RunningClock()
    cloud = Cloud(clock.now)
    phone = Phone(cloud)

    async def day():
        return LONDON

    stage = tiny_bot("", clock)
    keeper = Keeper(stage, cloud=cloud, clock=clock)
    page = ChatPage(cloud, phone, keeper, day=day)
    async with serving(cloud, also=page.routes) as url:
        stage._base_url = f"{url}/bot{cloud.token}/"
        await keeper.start()
        yield url, phone, keeper
        # Stopped in the middle of nothing; but a file is more than the tiny bot can take.
        await eventually(lambda: cloud.updates.polled or cloud.updates.unconfirmed)
        await keeper.stop()
        page.hang_up()


async def connected(url):
    address = url.replace("http", "ws") + "/page/live"
    return await websocket_connect(HTTPRequest(address, headers={"Origin": url}))


@pytest.fixture
async def tab(table):
    """A tab's connection."""
    tab = await connected(table[0])
    yield tab
    tab.close()
    while await tab.read_message() is not None:
        pass


async def heard(tab, kind):
    while news := json.loads(await asyncio.wait_for(tab.read_message(), 20)):
        if news["type"] == kind:
            return news


async def asked(tab, **action):
    await tab.write_message(json.dumps({"id": "1"} | action))
    return await heard(tab, "done")


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_no_other_page_can_drive_it(table, headers):
    url, phone, _ = table
    async with httpx.AsyncClient(base_url=url, headers=headers) as client:
        for path in ("/", "/page/main.js", f"/bot{phone._cloud.token}/getMe"):
            assert (await client.get(path)).status_code == 403, path
        sent = await client.post("/page/upload?kind=document&name=x", content=b"x")
        assert sent.status_code == 403
        assert (await client.get("/page/live", headers=UPGRADE)).status_code == 403
    assert phone.events == []


async def test_what_changes_something_must_say_where_it_comes_from(table):
    url, phone, _ = table
    async with httpx.AsyncClient(base_url=url) as client:
        assert (await client.get("/")).status_code == 200
        silent = await client.post("/page/upload?kind=document&name=x", content=b"x")
        ours = await client.post(
            "/page/upload?kind=document&name=x", content=b"x", headers={"Origin": url}
        )
    assert (silent.status_code, ours.status_code) == (403, 200)
    assert len(phone.events) == 1


async def test_nothing_of_the_page_may_be_cached_framed_or_scripted_from_elsewhere(table):
    url, phone, _ = table
    phone.attach("document", "x.html", b"<script>1</script>")
    async with httpx.AsyncClient(base_url=url) as client:
        for path in ("/", "/page/style.css", "/page/files/file1"):
            headers = (await client.get(path)).headers
            assert headers["Content-Security-Policy"].startswith("default-src 'self';")
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")


async def test_an_action_asked_for_twice_is_done_once(table, tab):
    _, phone, _ = table
    for _ in range(2):
        assert "error" not in await asked(tab, do="send", text="once")
    assert [event.text for event in phone.events if event.kind == "text"] == ["once"]


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"do": "fly"},
        {"do": "press", "n": 1, "row": -1, "column": 0},
        {"do": "press", "n": 1, "row": 0, "column": 5},
        {"do": "press", "n": True},
        {"do": "edit", "n": 9, "text": "x"},
        {"do": "react", "n": 1, "emoji": "⭐"},
        {"do": "send", "text": "x" * 4097},
        {"do": "switch", "name": "__class__", "value": True},
    ],
)
async def test_what_nobody_can_do_is_answered_with_why(table, tab, action):
    _, phone, _ = table
    phone.send("words")
    assert (await asked(tab, **action))["error"]
    assert "error" not in await asked(tab, id="2", do="send", text="still here")


async def test_nonsense_on_the_line_ends_that_line_only(table):
    url, *_ = table
    for nonsense in ("{", "[]", "7"):
        tab = await connected(url)
        await tab.write_message(nonsense)
        while await asyncio.wait_for(tab.read_message(), 20) is not None:
            pass
        assert tab.close_code == 1003
        tab.close()


async def test_a_restart_is_told_and_what_was_sent_meanwhile_is_answered(table, tab, eventually):
    _, phone, keeper = table
    await asked(tab, do="run", on=False)
    assert not keeper.running
    await asked(tab, id="2", do="send", text="are you there")
    await asked(tab, id="3", do="run", on=True)
    await eventually(lambda: phone.events[-1].kind == "reaction")
    await asked(tab, id="4", do="restart")
    assert keeper.running


async def test_a_jump_ticks_every_minute_on_its_way(table, eventually):
    _, phone, keeper = table
    start = keeper.clock.now()
    goal = start.replace(hour=13, minute=0, second=0, microsecond=0)
    await keeper.jump(goal if goal > start else goal + timedelta(days=1))
    await keeper.jump(landing("tomorrow", start, Day(ZoneInfo("UTC"), None)))
    ticks = keeper._stage.ticks
    minutes = {tick.replace(second=0, microsecond=0) for tick in ticks}
    assert len(minutes) == len(ticks)
    assert (max(minutes) - min(minutes)).total_seconds() == 60 * (len(minutes) - 1)
    await eventually(lambda: phone.events[-1].text.startswith("digest"))


@pytest.mark.parametrize(
    ("to", "now", "lands"),
    [
        ("evening", "2026-11-20T12:00", "2026-11-20T21:00"),
        ("evening", "2026-11-20T21:00", "2026-11-21T21:00"),
        ("tomorrow", "2026-11-20T23:59", "2026-11-21T08:00"),
        ("tomorrow", "2026-03-28T12:00", "2026-03-29T07:00"),  # the clocks go forward
    ],
)
def test_where_a_jump_lands(to, now, lands):
    local = datetime.fromisoformat(now).replace(tzinfo=LONDON.zone)
    assert landing(to, local, LONDON) == datetime.fromisoformat(lands).replace(tzinfo=UTC)


def webm(seconds, codec="libopus", container="webm"):
    """A tone, as a browser's MediaRecorder delivers it."""
    held = io.BytesIO()
    with av.open(held, "w", format=container) as target:
        stream = target.add_stream(codec, rate=48_000, layout="mono")
        for start in range(0, seconds * 48_000, 960):
            wave = (int(9000 * math.sin(n / 20)) for n in range(start, start + 960))
            frame = av.AudioFrame("s16", "mono", 960)
            frame.planes[0].update(struct.pack("<960h", *wave))
            frame.sample_rate = 48_000
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return held.getvalue()


@pytest.mark.parametrize(
    ("codec", "container"), [("libopus", "webm"), ("aac", "adts"), ("libopus", "ogg")]
)
def test_what_a_browser_recorded_becomes_ogg_with_opus(codec, container):
    note = as_voice_note(webm(3, codec, container))
    assert ogg_seconds(note) == 3
    with av.open(io.BytesIO(note)) as heard:
        assert heard.format.name == "ogg"
        assert heard.streams.audio[0].codec_context.name == "opus"
        assert sum(frame.samples for frame in heard.decode(audio=0)) / 48_000 == pytest.approx(
            3, abs=0.1
        )


@pytest.mark.parametrize("noise", [b"no sound at all", b"OggS", webm(1)[:40]])
def test_what_is_no_sound_is_refused_in_words(noise):
    with pytest.raises(PlayError, match="nothing can be heard"):
        as_voice_note(noise)


def test_every_fault_is_a_switch():
    faults = Faults()
    switches = Switches(faults)
    switches.turn("error_502", True)
    switches.turn("slow_s", 60)
    shown = {switch["name"]: switch["value"] for switch in switches.shown()}
    assert shown == asdict(faults) == asdict(Faults()) | {"error_502": True, "slow_s": 60.0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("error_502", 1),
        ("slow_s", -1),
        ("slow_s", 60.1),
        ("slow_s", True),
        ("slow_s", "x"),
        ("__class__", True),
    ],
)
def test_a_switch_refuses_what_it_cannot_be(name, value):
    faults = Faults()
    with pytest.raises((PlayError, ValueError)):
        Switches(faults).turn(name, value)
    assert faults == Faults()
