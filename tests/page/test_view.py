"""Where the page shows things, and how one gets there."""

from datetime import timedelta

from playwright.async_api import expect

from tests.page.conftest import QUOTED, STAR, WIDE, line

LONG = "\n".join(f"{n} words" for n in range(80))


async def test_the_way_to_the_newest_lies_above_whatever_is_written(site, tab):
    for n in range(40):
        await site.desk.says(f"{n} words")
    page = await tab(site.url)
    await line(page, 40).locator(".bubble").dblclick(position={"x": 40, "y": 8})
    await expect(page.locator("#about")).to_be_visible()
    await page.locator("#words").fill("\n".join("123456"))
    await page.locator("#scroll").evaluate("it => it.scrollTo({ top: -900, behavior: 'instant' })")
    await expect(page.locator("#down")).to_be_visible()
    down = await page.locator("#down").bounding_box()
    composer = await page.locator("#composer").bounding_box()
    assert down["y"] + down["height"] < composer["y"]
    await page.locator("#down").click()
    await expect(line(page, 40)).to_be_in_viewport()


async def test_a_pressed_button_is_busy_until_the_bot_answers(site, tab):
    n = await site.desk.says("pick", STAR)
    page = await tab(site.url)
    await line(page, n).get_by_role("button", name="1⭐").click()
    busy = line(page, n).locator("[aria-busy=true]")
    await expect(busy).to_have_text("1⭐")
    markup = {"inline_keyboard": [[STAR[0][0] | {"text": "✓1⭐"}, STAR[0][1]]]}
    await site.desk.bot("editMessageReplyMarkup", message_id=n, reply_markup=markup)
    await expect(busy).to_have_text("✓1⭐")
    await site.desk.answers()
    await expect(busy).to_have_count(0)


async def test_a_button_nobody_answers_is_let_go(site, tab):
    n = await site.desk.says("pick", STAR)
    page = await tab(site.url)
    await page.clock.install()
    await page.reload()
    await expect(page.locator("#status")).to_have_text("online")
    await line(page, n).get_by_role("button", name="1⭐").click()
    busy = line(page, n).locator("[aria-busy=true]")
    await expect(busy).to_have_count(1)
    await site.desk.says("so the press has arrived")
    await expect(line(page, 2)).to_be_visible()
    await page.clock.fast_forward(16_000)
    await expect(busy).to_have_count(0)


async def test_a_long_letter_is_shown_from_its_beginning(site, tab):
    page = await tab(site.url)
    n = await site.desk.says(LONG)
    await expect(line(page, n)).to_be_visible()
    for _ in range(2):
        await expect(page.locator("#down")).to_be_visible()
        scroll = await page.locator("#scroll").bounding_box()
        assert 0 <= (await line(page, n).bounding_box())["y"] - scroll["y"] <= 16
        await page.reload()  # it is the newest also of what was there before


async def test_a_long_letter_leaves_alone_who_reads_further_up(site, tab):
    for n in range(40):
        site.desk.phone.send(f"{n} words")
    page = await tab(site.url)
    await page.locator("#scroll").evaluate("it => it.scrollTo({ top: -900, behavior: 'instant' })")
    await expect(page.locator("#down")).to_be_visible()
    n = await site.desk.says(LONG)
    await expect(page.locator("#down")).to_have_attribute("data-unread", "1")
    await expect(line(page, n)).not_to_be_in_viewport()


async def test_only_a_quote_that_hides_something_unfolds(site, tab):
    short = await site.desk.says(QUOTED.format("a line"))
    long = await site.desk.says(QUOTED.format("words\n" * 9))
    page = await tab(site.url)
    await expect(line(page, long).locator(".unfold")).to_be_visible()
    await expect(line(page, short).locator(".unfold")).to_be_hidden()


async def test_tab_reaches_the_buttons_of_one_message_only(site, tab):
    for _ in range(4):
        await site.desk.says("pick /gold", STAR)
    page = await tab(site.url)
    await page.locator("#words").focus()
    for stop in ("#attach", ".line:last-child .key >> nth=1", ".line:last-child .key >> nth=0"):
        await page.keyboard.press("Shift+Tab")
        await expect(page.locator(stop)).to_be_focused()
    for _ in range(2):
        await page.keyboard.press("Shift+Tab")
    await expect(line(page, 4)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Tab")
    await expect(line(page, 3).locator(".inline")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+R")  # as with Caps Lock
    await expect(page.locator("#about")).to_contain_text("pick")


async def test_the_sheet_closes_beside_it_and_keeps_the_focus(site, tab):
    page = await tab(site.url)
    sheet, clock = page.locator("#sheet"), page.locator("#clock")
    await clock.click()
    await expect(page.locator("#close-panel")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#language")).to_be_in_viewport(ratio=1)
    for _ in range(20):
        await page.keyboard.press("Tab")
        outside = "() => Boolean(document.activeElement.closest('#app'))"
        assert not await page.evaluate(outside)
    await page.mouse.click(180, 20)
    await expect(sheet).to_be_hidden()
    await expect(clock).to_be_focused()
    await clock.click()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await clock.click()
    await page.locator("#close-panel").click()
    await expect(sheet).to_be_hidden()
    await expect(clock).to_have_attribute("aria-expanded", "false")


async def test_a_sheet_that_is_open_becomes_the_column_of_a_wider_screen(site, tab):
    page = await tab(site.url)
    await page.locator("#clock").click()
    await page.set_viewport_size(WIDE)
    await expect(page.locator("#app > #panel")).to_be_visible()
    await expect(page.locator("#sheet")).to_be_hidden()


async def test_a_clock_that_is_behind_says_so(site, tab):
    site.desk.clock.ahead = timedelta(hours=-2)
    page = await tab(site.url, viewport=WIDE)
    await expect(page.locator("#ahead")).to_contain_text("2 hours behind real time")


async def test_a_toast_takes_the_place_of_the_last(site, tab):
    n = await site.desk.says("pick", STAR)
    page = await tab(site.url)
    for text in ("Kept", "Taken back"):
        await line(page, n).locator(".key").first.click()
        await site.desk.answers(text)
        await expect(page.locator(".toast").last).to_have_text(text)
    await expect(page.locator(".toast")).to_have_text(["Taken back"])


async def test_a_reply_to_oneself_is_called_that(site, tab):
    site.desk.phone.send("words")
    for locale, title in (
        ("en-GB", "Reply to yourself"),
        ("zh-TW", "回覆自己"),
        ("zh-CN", "回复自己"),
    ):
        page = await tab(site.url, locale=locale)
        await line(page, 1).focus()
        await page.keyboard.press("r")
        await expect(page.locator("#about strong")).to_have_text(title)
