"""A whole day on the page, by hand: type, record, expand, pan, undo, read the digest."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.sandbox.clock import RunningClock
from bot.settings import Settings
from bot.tryout import Table, by_hand
from tests.page.conftest import WIDE

SAID = (
    "75 quid to tune a piano nobody plays. Third one this week.",
    "The plants are always on the bass end. Nobody waters the treble.",
    "Asked if I take requests. Played her an A.",
)


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """The whole application, at nine in the morning in London."""
    environ = {"DEFAULT_TIMEZONE": "Europe/London", "WRITER": "offline"}
    settings = Settings.load(environ, tmp_path / ".env", for_run=False)
    clock = RunningClock(tmp_path / "clock")
    clock.ahead = datetime(2026, 11, 20, 9, tzinfo=UTC) - datetime.now(UTC)
    async with by_hand(settings, tmp_path, clock) as table:
        await table.keeper.start()
        yield table
        await table.keeper.stop()


async def test_a_day_by_hand_ends_with_a_digest_of_ones_own_words(table, tab, tmp_path):
    page = await tab(table.address, viewport=WIDE)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()

    for said in SAID:
        await page.locator("#words").fill(said)
        await page.keyboard.press("Enter")
    await expect(page.locator(".line.person .reaction")).to_have_count(3)

    await page.locator("#record").hover()
    await page.mouse.down()
    await expect(page.locator("#seconds")).to_have_text("0:02")
    await page.mouse.up()
    voice = page.locator(".line.person").last
    await expect(voice.locator(".voice")).to_be_visible()
    await expect(voice.locator(".reaction")).to_have_text("👀")
    note = table.cloud.files.find("file1")
    assert (note.mime, note.data[:4]) == ("audio/ogg", b"OggS")
    await expect(voice.locator(".length")).to_have_text("0:02")

    await page.locator("#words").fill("/exp")
    await page.keyboard.press("Tab")
    await page.keyboard.type("tuning pianos nobody plays")
    await page.keyboard.press("Enter")
    cards = page.locator(".line.bot").last
    await expect(cards).to_contain_text("page 1/3")
    await cards.get_by_role("button", name="2⭐").click()
    await expect(page.locator("#toasts")).to_contain_text("Kept")
    await cards.get_by_role("button", name="✓2⭐").click()
    await expect(cards.get_by_role("button", name="✓")).to_have_count(0)
    await cards.get_by_role("button", name="3⭐").click()
    await expect(cards.get_by_role("button", name="✓3⭐")).to_be_visible()

    await page.get_by_role("button", name="Kill and restart the bot").click()
    await page.get_by_role("button", name="Jump to 21:00").click()
    digest = page.locator(".line.bot").last
    await expect(digest).to_contain_text("4 fragments · 1 gold", timeout=30_000)
    await expect(page.locator("#time")).to_have_text("21:00")
    await expect(digest).to_contain_text("100 % yours")
    await digest.get_by_role("button", name="Show all").last.click()
    await expect(digest).to_contain_text("#3 Asked if I take requests")
    await digest.get_by_role("button", name="Read").click()
    await expect(digest).to_contain_text("Nobody waters the treble.")
    await digest.get_by_role("button", name="‹ The evening").click()
    await expect(digest).to_contain_text("film tonight")

    assert RunningClock(tmp_path / "clock").now() >= table.keeper.clock.now().replace(microsecond=0)
