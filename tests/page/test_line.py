"""The line to the stand-in: tabs, a bot that is stopped, a line that breaks, faults."""

import asyncio

from playwright.async_api import expect

from bot.sandbox.server import serving
from tests.page.conftest import WIDE, Desk, line, say


async def test_two_tabs_show_the_same(site, tab):
    one, other = await tab(site.url), await tab(site.url, viewport=WIDE)
    await say(one, "from the phone")
    await expect(line(other, 1)).to_contain_text("from the phone")
    await say(other, "from the desk")
    await expect(line(one, 2)).to_contain_text("from the desk")


async def test_a_stopped_bot_is_named_and_what_is_sent_waits_for_it(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await page.get_by_label("The bot is running").uncheck()
    await expect(page.locator("#status")).to_have_text(
        "The bot is not running. What you send waits for it."
    )
    await say(page, "still there?")
    await expect(line(page, 1)).to_be_visible()
    await page.get_by_label("The bot is running").check()
    await expect(page.locator("#status")).to_have_text("online")
    assert site.desk.cloud.updates.unconfirmed == 1


async def test_a_stand_in_that_is_gone_is_named_and_found_again(tab):
    old, new = Desk(), Desk()
    await old.keeper.start()
    old.phone.send("before")
    async with serving(old.cloud, also=old.page.routes) as url:
        page = await tab(url)
        port = int(url.rsplit(":", 1)[1])
        old.page.hang_up()
    await expect(page.locator("#status")).to_contain_text("No connection")
    await say(page, "into the dark")
    await expect(page.get_by_role("alert")).to_contain_text("there is no connection")
    await new.keeper.start()
    async with serving(new.cloud, port=port, also=new.page.routes):
        await expect(page.locator("#status")).to_have_text("online", timeout=20_000)
        await expect(page.locator(".line")).to_have_count(0)
        await expect(page.locator("#words")).to_have_value("into the dark")
        await say(page, "here again")
        await expect(line(page, 1)).to_contain_text("here again")
    await old.keeper.stop()
    await new.keeper.stop()


async def test_an_answer_lost_on_the_way_neither_loses_nor_doubles_what_was_said(site, tab):
    page = await tab(site.url)
    lost, closing = [], []

    def between(socket):
        server = socket.connect_to_server()

        def back(message):
            if '"done"' in message and not lost:
                lost.append(message)
                closing.append(asyncio.ensure_future(socket.close()))
            else:
                socket.send(message)

        server.on_message(back)

    await page.route_web_socket("**/page/live", between)
    await page.reload()
    await say(page, "once")
    await page.wait_for_selector("body.lost")
    await expect(page.locator("#status")).to_have_text("online")
    await expect(line(page, 1)).to_contain_text("once")
    await say(page, "and again")
    await expect(line(page, 2)).to_contain_text("and again")
    assert len(lost) == 1
    assert [event.text for event in site.desk.phone.events] == ["once", "and again"]


async def test_faults_are_switched_by_their_names(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await page.get_by_label("Answer 502").check()
    await page.get_by_label("Answer late").fill("2.5")
    await page.get_by_label("Answer late").press("Tab")
    other = await tab(site.url, viewport=WIDE)
    await expect(other.get_by_label("Answer late")).to_have_value("2.5")
    await expect(other.get_by_label("Answer 502")).to_be_checked()
    assert (site.desk.cloud.faults.error_502, site.desk.cloud.faults.slow_s) == (True, 2.5)


async def test_a_jump_draws_the_time_and_leaves_the_rest_alone(site, tab):
    page = await tab(site.url, viewport=WIDE)
    watch = """() => {
      window.redrawn = 0;
      new MutationObserver(list => (window.redrawn += list.length))
        .observe(document.querySelector("#keys"), { childList: true });
    }"""
    await page.evaluate(watch)
    await page.get_by_role("button", name="Jump to tomorrow").click()
    await expect(page.locator("#time")).to_have_text("08:00")
    await expect(page.locator("#status")).to_have_text("online")
    assert await page.evaluate("window.redrawn") <= 2  # when it begins and when it ends
