"""Nothing that was typed, recorded or attached is lost on the page."""

from playwright.async_api import expect

from tests.page.conftest import EXAMPLES, line, say


async def refusing(page, times, let_through=0):
    """Uploads break, after some that went through; then they work again."""
    seen = []

    async def between(route):
        seen.append(route.request.url)
        if let_through < len(seen) <= let_through + times:
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/page/upload?*", between)


async def test_a_failed_upload_leaves_what_was_not_sent_to_be_sent_again(site, tab):
    n = await site.desk.says("show me")
    page = await tab(site.url)
    await refusing(page, times=1, let_through=1)
    await line(page, n).focus()
    await page.keyboard.press("r")
    files = [EXAMPLES / "desk.jpg", EXAMPLES / "README.md", EXAMPLES / "lid.ogg"]
    await page.locator("#file").set_input_files(files)
    await say(page, "my desk")
    await expect(page.get_by_role("alert")).to_contain_text("there is no connection")
    await expect(page.locator(".chip strong")).to_have_text(["README.md", "lid.ogg"])
    await expect(page.locator("#words")).to_have_value("")  # it went with the first
    await expect(page.locator("#about")).to_contain_text("Reply to Goldpan")
    await page.locator("#send").click()
    await expect(line(page, 4)).to_contain_text("lid.ogg")
    await expect(line(page, 4).locator(".quoted")).to_contain_text("show me")
    await expect(page.locator(".chip")).to_have_count(0)
    captions = [one.get("caption") for one in site.desk.phone.chat.messages.values()]
    assert captions == [None, "my desk", None, None]


async def test_a_picture_and_its_words_are_put_back_before_what_was_begun_meanwhile(site, tab):
    page = await tab(site.url)
    held = []
    await page.route("**/page/upload?*", lambda route: held.append(route))
    await page.locator("#file").set_input_files(EXAMPLES / "desk.jpg")
    async with page.expect_request("**/page/upload?*"):
        await say(page, "my desk")
    await page.locator("#words").fill("and")
    await held[0].abort()
    await expect(page.locator(".chip")).to_have_count(1)
    await expect(page.locator("#words")).to_have_value("my desk\nand")


async def test_an_empty_file_is_refused_before_anybody_writes_about_it(site, tab):
    page = await tab(site.url, locale="zh-TW")
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b""}
    await page.locator("#file").set_input_files(file)
    await expect(page.get_by_role("alert")).to_contain_text("a.txt 是空的")
    await expect(page.locator(".chip")).to_have_count(0)


async def test_a_recording_that_was_refused_can_be_sent_again(site, tab):
    page = await tab(site.url)
    await refusing(page, times=1)
    await page.locator("#record").click()
    await expect(page.locator("#seconds")).to_have_text("0:01")
    await page.locator("#record").click()
    await expect(page.get_by_role("alert")).to_contain_text("there is no connection")
    await expect(page.locator(".chip")).to_contain_text("Voice note")
    await page.locator("#send").click()
    await expect(line(page, 1).locator(".voice")).to_be_visible()
    await expect(page.locator(".chip")).to_have_count(0)


async def test_an_edit_that_is_left_gives_back_what_was_being_written(site, tab):
    page = await tab(site.url)
    await say(page, "frist")
    await page.locator("#words").fill("half a thought")
    for leave in ("Escape", "×", "Enter"):
        await line(page, 1).locator(".bubble").click(button="right")
        await page.get_by_role("menuitem", name="Edit").click()
        await expect(page.locator("#words")).not_to_have_value("half a thought")
        if leave == "×":
            await page.locator("#about-close").click()
        else:
            await page.locator("#words").fill("first")
            await page.locator("#words").press(leave)
        await expect(page.locator("#about")).to_be_hidden()
        await expect(page.locator("#words")).to_have_value("half a thought")
    await expect(line(page, 1)).to_contain_text("first")


async def test_a_reply_that_is_left_keeps_what_was_typed(site, tab):
    n = await site.desk.says("why?")
    page = await tab(site.url)
    await page.locator("#words").fill("because")
    await line(page, n).locator(".bubble").dblclick(position={"x": 70, "y": 30})
    await page.locator("#words").press("Escape")
    await expect(page.locator("#about")).to_be_hidden()
    await expect(page.locator("#words")).to_have_value("because")


async def test_an_edit_that_was_emptied_can_neither_be_sent_nor_spoken(site, tab):
    page = await tab(site.url)
    await say(page, "words")
    await expect(line(page, 1)).to_be_visible()
    await page.locator("#words").press("ArrowUp")
    await page.locator("#words").fill("")
    await expect(page.locator("#send")).to_be_disabled()
    await expect(page.locator("#record")).to_be_hidden()


async def test_foreign_words_are_sent_as_a_forward_by_keyboard(site, tab):
    page = await tab(site.url)
    await page.locator("#words").fill("what a stranger wrote")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("menuitem", name="Send as not my words")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(line(page, 1)).to_contain_text("Forwarded from")
    await expect(page.locator("#words")).to_have_value("")
    assert "forward_origin" in site.desk.phone.chat.messages[1]
