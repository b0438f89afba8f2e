"""`goldpan doctor`: what it looks at, and in which words it says what is wrong."""

import asyncio
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import httpx

from bot.app import SystemClock
from bot.sandbox.cloud import TOKEN, Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.server import serving
from tests.command import goldpan


def test_the_doctor_tells_who_cannot_be_written_to_and_what_was_refused(tmp_path: Path) -> None:
    goldpan("migrate", at=tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "goldpan.db")) as connection:
        at = "2026-11-20 13:00:00"
        connection.execute(
            "INSERT INTO people (id, language, timezone, digest_from, day_starts,"
            " fragments_counted, joined_at, blocked_at)"
            " VALUES (42, 'en', 'UTC', ?, '04:00:00', 0, ?, ?)",
            [at] * 3,
        )
        connection.execute(
            "INSERT INTO outbox VALUES (1, 42, 'digest', 1, 'failed', 0, 9, ?, ?, NULL, NULL, NULL,"
            " NULL)",
            [at] * 2,
        )
        connection.commit()
    found = goldpan("doctor", at=tmp_path)
    assert found.returncode == 1
    assert "1 blocked the bot" in found.stdout
    assert "✗ outbox" in found.stdout
    assert "1 messages were refused by Telegram for a day and given up" in found.stdout


def test_nothing_is_wrong_with_a_fresh_folder(tmp_path: Path) -> None:
    well = goldpan("doctor", at=tmp_path)
    assert well.returncode == 0
    assert "✗" not in well.stdout


def about(subject: str, found: subprocess.CompletedProcess[str]) -> str:
    """The one line about this."""
    (line,) = [one for one in found.stdout.splitlines() if one[2:].startswith(subject)]
    return line


def test_a_telegram_that_cannot_be_reached_is_one_line_that_says_what_to_look_at(
    tmp_path: Path,
) -> None:
    token, nowhere = "123:secret", "http://127.0.0.1:9"
    ill = goldpan("doctor", at=tmp_path, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API_URL=nowhere)
    assert ill.returncode == 1
    assert about("telegram", ill).startswith(f"✗ telegram  {nowhere} cannot be reached (")
    assert about("telegram", ill).endswith("check TELEGRAM_API_URL, the network and its proxy")
    assert "secret" not in ill.stdout + ill.stderr


async def test_a_token_telegram_does_not_know_is_said_so_and_not_shown(tmp_path: Path) -> None:
    cloud = Cloud(SystemClock().now)
    async with serving(cloud) as address:
        environ = {"TELEGRAM_BOT_TOKEN": "123:secret", "TELEGRAM_API_URL": address}
        ill = await asyncio.to_thread(goldpan, "doctor", at=tmp_path, **environ)
    assert ill.returncode == 1
    assert about("telegram", ill) == (
        f"✗ telegram  {address} does not know this token; check TELEGRAM_BOT_TOKEN with @BotFather"
    )
    assert "secret" not in ill.stdout + ill.stderr


def test_the_doctor_tells_that_the_database_is_another_bots(tmp_path: Path) -> None:
    goldpan("migrate", at=tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "goldpan.db")) as connection:
        connection.execute("INSERT INTO turns VALUES (7, 'somebody', NULL, NULL)")
        connection.commit()
    environ = {"TELEGRAM_BOT_TOKEN": "8:secret", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    ill = goldpan("doctor", at=tmp_path, **environ)
    assert about("serving", ill).startswith("✗ serving   the database holds what was sent to anoth")
    assert "(id 7, this token is for 8)" in about("serving", ill)


async def looked_at(at: Path, address: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """What the doctor finds of the stand-in's bot."""
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address} | environ
    return await asyncio.to_thread(goldpan, "doctor", at=at, **environ)


async def test_the_doctor_tells_who_serves_and_how_updates_come_in(tmp_path: Path) -> None:
    hook = {"WEBHOOK_URL": "https://bot.example.org/hook", "WEBHOOK_LISTEN": ":8443"}
    without = goldpan("doctor", at=tmp_path, **hook)
    assert about("intake", without) == (
        "✓ intake    webhook, https://bot.example.org/hook → 0.0.0.0:8443"
    )
    cloud = Cloud(SystemClock().now)
    async with serving(cloud) as address:
        Phone(cloud).send("nobody fetches it")
        polls = await looked_at(tmp_path, address)
        brought = await looked_at(tmp_path, address, **hook)
    assert about("serving", polls).endswith("no process right now; Telegram last answered: never")
    assert about("intake", polls) == "✓ intake    polling; 1 updates wait"
    assert about("intake", brought) == (
        "✓ intake    webhook, https://bot.example.org/hook → 0.0.0.0:8443; "
        "Telegram has no webhook until the next `goldpan run`, 1 updates wait"
    )
    offline = await looked_at(tmp_path, "http://127.0.0.1:9")
    assert about("intake", offline) == (
        "✓ intake    polling; what Telegram has set could not be asked"
    )


async def test_the_doctor_tells_what_the_webhook_refused_until_all_is_taken(tmp_path: Path) -> None:
    cloud = Cloud(SystemClock().now)
    async with (
        serving(cloud) as address,
        httpx.AsyncClient(base_url=f"{address}/bot{cloud.token}/") as client,
    ):
        await client.post("setWebhook", json={"url": "http://127.0.0.1:9/hook"})
        Phone(cloud).send("nobody is there")
        async with asyncio.timeout(60):
            while "last_error_message" not in (await client.get("getWebhookInfo")).text:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        ill = await looked_at(tmp_path, address)
        cloud.updates.forget()
        well = await looked_at(tmp_path, address)
    assert ill.returncode == 1
    assert "1 updates wait, http://127.0.0.1:9/hook did not take one (" in about("intake", ill)
    assert well.returncode == 0
    assert "Telegram has http://127.0.0.1:9/hook until the next" in about("intake", well)
    assert "all was taken since" in about("intake", well)


def test_the_doctor_says_what_to_do_about_what_was_set_aside(tmp_path: Path) -> None:
    goldpan("migrate", at=tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "goldpan.db")) as connection:
        connection.execute("INSERT INTO inbox VALUES (1, 42, '{}', 'parked', 5, '2026-11-20')")
        connection.commit()
    assert "each start tries them once more" in about("inbox", goldpan("doctor", at=tmp_path))


def test_the_doctor_tells_what_may_not_have_arrived_and_does_not_say_it_was_told(
    tmp_path: Path,
) -> None:
    goldpan("migrate", at=tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "goldpan.db")) as connection:
        parcels = [(1, "digest", 1, "unknown"), (2, "offer", 1, "planned")]
        connection.executemany(
            "INSERT INTO outbox (id, person_id, kind, about, state, parts_sent, losses, planned_at,"
            " due_at) VALUES (?, 42, ?, ?, ?, 0, 0, '2026-11-20', '2026-11-20')",
            parcels,
        )
        connection.commit()
    assert about("outbox", goldpan("doctor", at=tmp_path)) == (
        "✓ outbox    1 may not have arrived; whoever they were for is offered to see them"
    )


async def test_a_server_that_listens_on_this_machine_sends_nothing_away(tmp_path: Path) -> None:
    async with serving(Cloud(SystemClock().now)) as address:
        here = await asyncio.to_thread(goldpan, "doctor", at=tmp_path, SPEECH_API_URL=address)
    assert f"at {address}: recordings stay on this machine" in about("listener", here)


def test_it_tells_who_listens(tmp_path: Path) -> None:
    nobody = about("listener", goldpan("doctor", at=tmp_path))
    assert "`make models` (or `goldpan models get`)" in nobody
    away = goldpan("doctor", at=tmp_path, SPEECH_API_URL="http://127.0.0.1:9/v1")
    assert away.returncode == 1
    assert about("listener", away).startswith("✗ listener")
    assert "http://127.0.0.1:9/v1 cannot be reached" in about("listener", away)
    missing = goldpan("doctor", at=tmp_path, LISTENER="sherpa")
    assert missing.returncode == 1
    assert "model.int8.onnx is missing or altered; run `make models`" in about("listener", missing)
