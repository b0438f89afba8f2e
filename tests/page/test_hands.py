"""What can be done with a message, by keyboard, mouse and touch."""

from playwright.async_api import expect

from tests.page.conftest import EXAMPLES, STAR, WIDE, line, say


async def test_the_keyboard_alone_suffices(site, tab):
    desk = site.desk
    await desk.bot("setMyCommands", commands=[
        {"command": "expand", "description": "many"}, {"command": "gold", "description": "kept"}
    ])  # fmt: skip
    page = await tab(site.url, viewport=WIDE)
    keys = page.keyboard
    await keys.type("frist")
    await keys.press("Enter")
    await expect(line(page, 1)).to_contain_text("frist")
    await keys.press("ArrowUp")  # edit the last one
    await expect(page.locator("#about")).to_contain_text("Editing")
    await keys.press("Control+a")
    await keys.type("first")
    await keys.press("Enter")
    await expect(line(page, 1)).to_contain_text("first")
    await desk.says("pick", STAR)
    await expect(line(page, 2)).to_be_visible()
    await line(page, 2).focus()
    await keys.press("ArrowUp")
    await expect(line(page, 1)).to_be_focused()
    await keys.press("Enter")  # its menu
    await expect(page.get_by_role("menuitem", name="Reply", exact=True)).to_be_focused()
    await keys.press("ArrowUp")
    await keys.press("Enter")  # the last of the faces
    await expect(line(page, 1).get_by_role("button", name="Take 👎 back")).to_be_visible()
    await keys.press("Escape")
    await line(page, 2).focus()
    await keys.press("r")
    await keys.type("because")
    await keys.press("Enter")
    await expect(line(page, 3).locator(".quoted")).to_contain_text("pick")
    await keys.type("/g")
    await keys.press("Enter")
    await expect(line(page, 4)).to_contain_text("/gold")
    await line(page, 2).focus()
    await keys.press("Tab")
    await keys.press("Enter")
    await desk.answers()
    await expect(line(page, 2).locator(".pressed")).to_have_count(0)
    assert desk.phone.events[-1].text == "1⭐"


async def test_a_message_is_answered_by_double_click_and_by_swipe(site, tab):
    n = await site.desk.says("why?")
    page = await tab(site.url, has_touch=True)
    await line(page, n).locator(".bubble").dblclick(position={"x": 70, "y": 30})
    await expect(page.locator("#about")).to_contain_text("Reply to Goldpan")
    await page.locator("#about-close").click()
    await expect(page.locator("#about")).to_be_hidden()
    swipe = """line => {
      const finger = (type, clientX) => line.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: "touch", clientX, clientY: 10 }));
      finger("pointerdown", 200); finger("pointermove", 150); finger("pointermove", 110);
      finger("pointerup", 110);
    }"""
    await line(page, n).locator(".bubble").evaluate(swipe)
    await page.locator("#words").fill("so")
    await page.locator("#send").click()  # on a touch screen Enter begins a new line
    await expect(line(page, 2).locator(".quoted")).to_contain_text("why?")


async def test_a_right_click_and_a_long_press_open_the_menu(site, tab):
    n = await site.desk.says("why?")
    page = await tab(site.url, has_touch=True)
    menu = page.get_by_role("menu", name="Options")
    await line(page, n).locator(".bubble").click(button="right")
    await expect(menu).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    press = """bubble => bubble.dispatchEvent(new PointerEvent(
      "pointerdown", { bubbles: true, pointerType: "touch", clientX: 60, clientY: 60 }))"""
    await line(page, n).locator(".bubble").evaluate(press)
    await expect(menu).to_be_visible()


async def test_a_text_is_forwarded_as_somebody_elses_words_by_keyboard(site, tab):
    page = await tab(site.url)
    await say(page, "what a stranger wrote")
    await line(page, 1).focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowUp")
    forward = page.get_by_role("menuitem", name="Forward as not my words")
    for _ in range(4):  # from the last face, over reply, edit and copy
        await page.keyboard.press("ArrowDown")
    await expect(forward).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(line(page, 2)).to_contain_text("Forwarded from")
    assert "forward_origin" in site.desk.phone.chat.messages[2]


async def test_a_voice_note_is_forwarded_as_not_my_words(site, tab):
    site.desk.phone.voice(EXAMPLES / "lid.ogg")
    page = await tab(site.url)
    await line(page, 1).focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Forward as not my words").click()
    await expect(line(page, 2)).to_contain_text("Forwarded from")
    await expect(line(page, 2).locator(".voice")).to_be_visible()
    passed_on = site.desk.phone.chat.messages[2]
    assert passed_on["voice"] == site.desk.phone.chat.messages[1]["voice"]
    assert "forward_origin" in passed_on


ASKING = {"force_reply": True, "input_field_placeholder": "What was said"}


async def test_what_is_typed_after_a_question_that_forces_a_reply_answers_it(site, tab):
    page = await tab(site.url)
    n = await site.desk.says("Send it as it should be", asking=ASKING)
    await expect(page.locator("#about")).to_contain_text("Reply to Goldpan")
    await expect(page.locator("#words")).to_have_attribute("placeholder", "What was said")
    await expect(page.locator("#words")).to_be_focused()
    await page.keyboard.type("as it should be")
    await page.keyboard.press("Enter")
    await expect(line(page, n + 1).locator(".quoted")).to_contain_text("Send it")
    await expect(page.locator("#about")).to_be_hidden()
    await expect(page.locator("#words")).to_have_attribute("placeholder", "Message")


async def test_a_forced_reply_is_left_by_escape_and_not_begun_again_by_a_change(site, tab):
    page = await tab(site.url)
    n = await site.desk.says("Send it as it should be", asking=ASKING)
    await expect(page.locator("#about")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#about")).to_be_hidden()
    await site.desk.bot("editMessageText", message_id=n, text="Too late")
    await expect(line(page, n)).to_contain_text("Too late")
    await expect(page.locator("#about")).to_be_hidden()


async def test_a_forced_reply_disturbs_no_edit_and_is_there_after_a_reload(site, tab):
    page = await tab(site.url)
    await say(page, "frist")
    await expect(line(page, 1)).to_be_visible()
    await page.keyboard.press("ArrowUp")
    n = await site.desk.says("Send it as it should be", asking=ASKING)
    await expect(line(page, n)).to_be_visible()
    await expect(page.locator("#about")).to_contain_text("Editing")
    await page.reload()
    await expect(page.locator("#about")).to_contain_text("Reply to Goldpan")
