"""Files from the page and back to it."""

import asyncio
import io
import socket
import wave
from time import monotonic

import httpx
import pytest

from bot.sandbox.page.uploads import MAX_RECORDING, MAX_UPLOAD


def sound(seconds):
    """Silence as a WAV, which has to be encoded."""
    held = io.BytesIO()
    with wave.open(held, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(48_000)
        written.writeframes(bytes(seconds * 96_000))
    return held.getvalue()


async def upload(table, content=b"x", **query):
    query = {"kind": "document", "name": "x.txt"} | query
    async with httpx.AsyncClient(base_url=table.url, headers={"Origin": table.url}) as client:
        return await client.post("/page/upload", params=query, content=content, timeout=60)


async def answered(table, length, kind="document"):
    """The status of an upload that says it has `length` bytes, of which none is sent."""
    port = int(table.url.rsplit(":", 1)[1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
    head = f"POST /page/upload?kind={kind}&name=x HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    writer.write(f"{head}Origin: {table.url}\r\nContent-Length: {length}\r\n\r\n".encode())
    status = await asyncio.wait_for(reader.readline(), 20)
    writer.close()
    return int(status.split()[1])


@pytest.mark.parametrize(
    ("kind", "length", "status"),
    [
        ("document", MAX_UPLOAD + 1, 413),
        ("voice", MAX_RECORDING + 1, 413),
        ("document", "abc", 400),
        ("document", "-1", 400),
        ("document", "9" * 5000, 400),
    ],
)
async def test_what_is_too_much_is_refused_before_it_is_sent(table, kind, length, status):
    assert await answered(table, length, kind) == status


@pytest.mark.parametrize("reply", ["9" * 5000, "-1", "x", "٣", "7"])
async def test_a_reply_to_nothing_is_refused_in_words(table, reply):
    sent = await upload(table, reply=reply)
    assert (sent.status_code, bool(sent.json()["error"])) == (422, True)
    assert table.phone.events == []


@pytest.mark.parametrize(
    ("content", "query", "code"),
    [
        (b"", {}, "empty"),
        (b"x", {"reply": "7"}, "gone"),
        (b"x", {"caption": "x" * 1025}, "long"),
        (b"no sound", {"kind": "voice"}, "unheard"),
    ],
)
async def test_a_refusal_has_a_code_that_the_page_words(table, content, query, code):
    assert (await upload(table, content, **query)).json()["code"] == code


async def test_a_file_answers_a_message(table):
    table.phone.send("words")
    assert (await upload(table, reply="1")).json() == {"n": 2}
    assert table.phone.chat.messages[2]["reply_to_message"]["message_id"] == 1


async def test_a_name_holds_no_folder(table):
    assert (await upload(table, name="../../a/b.txt")).status_code == 200
    assert table.cloud.files.find("file1").name == ".._.._a_b.txt"


async def test_a_long_recording_holds_up_nobody(table):
    longest = 0.0

    async def beat():
        nonlocal longest
        while True:
            at = monotonic()
            await asyncio.sleep(0)
            longest = max(longest, monotonic() - at)

    beating = asyncio.create_task(beat())
    began = monotonic()
    sent = await upload(table, sound(120), kind="voice")
    took = monotonic() - began
    beating.cancel()
    assert sent.status_code == 200
    assert longest < took / 2
