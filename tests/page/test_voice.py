"""Voice notes: recorded and played."""

import asyncio
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.page.conftest import EXAMPLES, limited, line


async def test_a_voice_note_shows_its_waveform_and_plays(site, tab):
    site.desk.phone.voice(EXAMPLES / "lid.ogg")
    page = await tab(site.url)
    heights = "bars => new Set(bars.map(bar => bar.getAttribute('height'))).size"
    bars = line(page, 1).locator(".wave rect")
    await expect(line(page, 1).locator(".length")).to_have_text("0:05")
    for _ in range(200):
        if await bars.evaluate_all(heights) > 10:
            break
        await asyncio.sleep(0.05)
    assert await bars.evaluate_all(heights) > 10
    await line(page, 1).get_by_role("button", name="Play").click()
    await expect(line(page, 1).get_by_role("button", name="Pause")).to_be_visible()
    await expect(line(page, 1).locator("rect.done").first).to_be_attached()


async def holding(page):
    """The microphone is held down and listens."""
    await page.locator("#record").hover()
    await page.mouse.down()
    await expect(page.locator("#recording")).to_be_visible()


async def test_a_recording_is_cancelled_by_sliding_to_the_left(site, tab):
    page = await tab(site.url)
    await holding(page)
    await page.mouse.move(330, 780)
    await expect(page.locator("#recording")).to_be_visible()
    await page.mouse.move(100, 780)
    await expect(page.locator("#recording")).to_be_hidden()
    await page.mouse.up()
    await page.locator("#words").fill("instead")
    await page.keyboard.press("Enter")
    await expect(line(page, 1)).to_contain_text("instead")
    await expect(page.locator(".voice")).to_have_count(0)


async def test_a_short_press_goes_on_recording_until_the_next(site, tab):
    page = await tab(site.url)
    await page.locator("#record").click()
    await expect(page.locator("#recording")).to_contain_text("press again to send")
    await expect(page.locator("#seconds")).to_have_text("0:01")
    await page.get_by_role("button", name="Send the recording").click()
    await expect(line(page, 1).locator(".voice")).to_be_visible()


async def test_a_slip_of_the_thumb_is_no_recording(site, tab):
    page = await tab(site.url)
    await page.clock.install()
    await page.reload()
    await expect(page.locator("#status")).to_have_text("online")
    await page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    await holding(page)
    await page.clock.run_for(450)  # longer than a press, shorter than a word
    await page.mouse.up()
    await expect(page.locator("#recording")).to_be_hidden()
    await expect(page.locator(".toast")).to_have_count(1)
    await page.clock.run_for(50)
    await expect(page.locator("#toasts")).to_have_text("Hold it a little longer to record.")
    assert site.desk.phone.events == []


async def test_a_recording_ends_by_itself_and_is_sent(site, tab):
    page = await tab(site.url)
    await limited(page, recording_s=1)
    await page.locator("#record").click()
    await expect(page.locator("#toasts")).to_contain_text("A recording ends after")
    await expect(line(page, 1).locator(".voice")).to_be_visible()


async def test_a_recording_that_is_too_large_is_refused_with_the_limits(site, tab):
    page = await tab(site.url, locale="zh-TW")
    await limited(page, recording=10)
    await page.locator("#record").click()
    await expect(page.locator("#seconds")).to_have_text("0:01")
    await page.locator("#record").click()
    await expect(page.get_by_role("alert")).to_contain_text("錄音最長 60 分鐘")


async def test_one_voice_note_plays_at_a_time(site, tab):
    for _ in range(2):
        site.desk.phone.voice(EXAMPLES / "lid.ogg")
    page = await tab(site.url)
    await line(page, 1).get_by_role("button", name="Play").click()
    await expect(line(page, 1).get_by_role("button", name="Pause")).to_be_visible()
    await line(page, 2).get_by_role("button", name="Play").click()
    await expect(line(page, 2).get_by_role("button", name="Pause")).to_be_visible()
    await expect(line(page, 1).get_by_role("button", name="Play")).to_be_visible()
