"""What is said on the page, and what the bot answers."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.page.conftest import QUOTED, STAR, WIDE, line, say

MARKUP = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


async def test_what_is_typed_is_said_and_the_answer_appears_in_place(site, tab):
    page = await tab(site.url)
    await say(page, "坐到公司那一站,念頭就散了")
    await expect(line(page, 1)).to_contain_text("念頭就散了")
    await site.desk.bot(
        "setMessageReaction", message_id=1, reaction=[{"type": "emoji", "emoji": "✍"}]
    )
    await expect(line(page, 1).locator(".reaction")).to_have_text("✍\ufe0f")
    n = await site.desk.says("pick <b>one</b>", STAR)
    await expect(line(page, n).locator("strong")).to_have_text("one")
    await line(page, n).get_by_role("button", name="2⭐").click()
    await expect(line(page, n).locator(".pressed")).to_have_text("2⭐")
    await site.desk.answers()
    await expect(line(page, n).locator(".pressed")).to_have_count(0)
    assert site.desk.phone.events[-1].text == "2⭐"
    await site.desk.bot("editMessageText", message_id=n, text="picked", reply_markup=None)
    await expect(line(page, n).locator(".key")).to_have_count(0)


async def test_a_button_keeps_the_focus_when_its_keyboard_changes(site, tab):
    n = await site.desk.says("pick", STAR)
    page = await tab(site.url)
    key = line(page, n).get_by_role("button", name="1⭐")
    await key.focus()
    await key.press("Enter")
    chosen = [[STAR[0][0] | {"text": "✓1⭐"}, STAR[0][1]]]
    markup = {"inline_keyboard": chosen}
    await site.desk.bot("editMessageReplyMarkup", message_id=n, reply_markup=markup)
    await expect(line(page, n).get_by_role("button", name="✓1⭐")).to_be_focused()


async def test_a_streamed_preview_survives_a_reload_and_becomes_the_message(site, tab):
    page = await tab(site.url)
    await site.desk.bot("sendMessageDraft", draft_id=1, text="a first")
    await expect(page.locator(".preview")).to_contain_text("a first")
    await page.reload()
    await expect(page.locator(".preview")).to_contain_text("a first")
    await site.desk.bot("sendMessageDraft", draft_id=1, text="a first and <i>a second</i>")
    await expect(page.locator(".preview em")).to_have_text("a second")
    await site.desk.says("a first and a second.")
    await expect(page.locator(".preview")).to_have_count(0)
    await expect(page.locator(".line")).to_have_count(1)


async def test_a_collapsed_quote_opens_and_stays_open_when_its_message_changes(site, tab):
    quote = QUOTED.format("\n".join(f"#{n} words" for n in range(1, 9)))
    n = await site.desk.says(quote)
    page = await tab(site.url)
    fold = line(page, n).locator(".fold")
    closed = (await fold.bounding_box())["height"]
    await fold.get_by_role("button", name="Show all").click()
    assert (await fold.bounding_box())["height"] > 2 * closed
    await site.desk.bot("editMessageText", message_id=n, text=quote + "\nend")
    await expect(line(page, n)).to_contain_text("end")
    assert (await fold.bounding_box())["height"] > 2 * closed


async def test_html_in_every_field_is_shown_and_never_run(site, tab):
    desk = site.desk
    escaped = MARKUP.replace("<", "&lt;")
    n = desk.phone.send(MARKUP)
    desk.phone.forward(MARKUP)
    desk.phone.reply(n, MARKUP)
    desk.phone.attach("document", f"{MARKUP}.html", MARKUP.encode(), MARKUP)
    desk.phone.attach("photo", "x.jpg", MARKUP.encode(), MARKUP)
    link = f'<a href="javascript:document.title=1">{escaped}</a>'
    key = [{"text": MARKUP, "callback_data": "x"}, {"text": MARKUP, "url": "https://e.org"}]
    said = await desk.says(f"<pre>{escaped}</pre>{link}", [key])
    # No such address gets in; the page must not rely on that.
    keyboard = desk.phone.chat.messages[said]["reply_markup"]["inline_keyboard"]
    keyboard[0][1]["url"] = "javascript:alert(1)"
    await desk.bot("sendMessageDraft", draft_id=1, text=escaped)
    await desk.bot("setMyCommands", commands=[{"command": "x", "description": MARKUP}])
    page = await tab(site.url)
    await page.locator("#words").fill("/")
    await expect(page.locator("#menu")).to_contain_text(MARKUP)
    await expect(page.locator("#log")).to_contain_text(MARKUP)
    assert await page.locator("#log img[src=x], #log script, #menu img").count() == 0
    assert await page.locator("a[href^=javascript]").count() == 0
    assert await page.title() == "Goldpan"


async def test_two_thousand_messages_open_in_under_a_second(site, tab):
    for n in range(1000):
        site.desk.phone.send(f"{n:03} 坐到公司那一站,念頭就散了 and /expand it")
        await site.desk.says(f"<b>{n}</b> questions", STAR)
    page = await tab(site.url)
    await expect(line(page, 2000)).to_be_in_viewport()
    assert await page.evaluate("performance.getEntriesByName('open')[0].duration") < 1000
    await expect(page.locator(".line")).to_have_count(2000)
    await expect(page.locator(".date")).to_have_count(1)
    await line(page, 2000).focus()
    await page.keyboard.press("Home")
    await expect(line(page, 1)).to_be_in_viewport()


async def test_who_reads_further_up_is_told_of_news_and_led_back(site, tab):
    for n in range(40):
        site.desk.phone.send(f"{n} words")
    page = await tab(site.url)
    await page.locator("#scroll").evaluate("it => it.scrollTo({ top: -900, behavior: 'instant' })")
    await expect(page.locator("#down")).to_be_visible()
    await site.desk.says("news")
    await expect(page.locator("#down")).to_have_attribute("data-unread", "1")
    assert (await page.locator("#down").bounding_box())["x"] > 300  # over the text, in the corner
    await page.locator("#down").click()
    await expect(line(page, 41)).to_be_in_viewport()
    await expect(page.locator("#down")).to_be_hidden()


async def test_a_long_text_is_sent_in_parts_as_an_app_does(site, tab):
    page = await tab(site.url)
    words = "字" * 4000 + " " + "😀" * 300
    await say(page, words)
    await expect(page.locator(".line")).to_have_count(2)
    assert [event.text for event in site.desk.phone.events] == words.split(" ")
    await say(page, "x" * 4096)
    await expect(page.locator(".line")).to_have_count(3)


async def test_what_arrives_is_told_to_those_who_listen(site, tab):
    page = await tab(site.url)
    await site.desk.says("good <b>evening</b>")
    await expect(page.locator("#live[aria-live=polite]")).to_contain_text("Goldpan: good evening")


@pytest.mark.parametrize("composing", [{"isComposing": True}, {"keyCode": 229}])
async def test_enter_that_chooses_a_character_sends_nothing(site, tab, composing):
    page = await tab(site.url)
    await page.locator("#words").fill("你好")
    enter = """(words, init) => words.dispatchEvent(new KeyboardEvent(
      "keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }))"""
    assert await page.locator("#words").evaluate(enter, composing)  # left to the input method
    await expect(page.locator("#words")).to_have_value("你好")
    await page.locator("#words").press("Enter")
    await expect(line(page, 1)).to_contain_text("你好")
    assert [event.text for event in site.desk.phone.events] == ["你好"]


async def test_a_long_text_is_never_cut_through_an_emoji(site, tab):
    page = await tab(site.url)
    await say(page, "x" * 4095 + "😀" * 3)
    await expect(page.locator(".line")).to_have_count(2)
    assert [event.text for event in site.desk.phone.events] == ["x" * 4095, "😀" * 3]


async def test_a_draft_nobody_goes_on_with_is_taken_away(site, tab):
    page = await tab(site.url)
    await page.clock.install()
    await page.reload()
    await expect(page.locator("#status")).to_have_text("online")
    for words in ("a first", "a first and a second"):
        await site.desk.bot("sendMessageDraft", draft_id=1, text=words)
        await expect(page.locator(".preview")).to_contain_text(words)
        site.desk.clock.ahead += timedelta(seconds=20)
        await page.clock.fast_forward(20_000)
    await expect(page.locator(".preview")).to_be_visible()
    await page.clock.fast_forward(15_000)
    await expect(page.locator(".preview")).to_have_count(0)
    await expect(page.locator("#empty")).to_be_visible()


async def test_a_draft_stays_when_the_language_changes(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await site.desk.bot("sendMessageDraft", draft_id=1, text="a first")
    await expect(page.locator(".preview")).to_contain_text("a first")
    await page.locator("#language").select_option("zh-Hant")
    await expect(page.get_by_role("img", name="還在寫")).to_be_visible()
    await expect(page.locator(".preview")).to_contain_text("a first")


async def test_a_command_is_pressed_where_telegram_finds_one(site, tab):
    link = '<a href="https://example.org">see /find</a>'
    n = await site.desk.says(f"<code>/pan</code> /gold {link}")
    page = await tab(site.url)
    await expect(line(page, n).locator(".inline")).to_have_text(["/gold"])
    await line(page, n).locator(".inline").click()
    await expect(line(page, 2)).to_contain_text("/gold")


async def test_a_copy_button_copies(site, tab):
    n = await site.desk.says("take it", [[{"text": "Take", "copy_text": {"text": "my words"}}]])
    page = await tab(site.url)
    await line(page, n).get_by_role("button", name="Take").click()
    await expect(page.locator("#toasts")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "my words"


async def test_a_spoiler_is_hidden_until_it_is_pressed(site, tab):
    n = await site.desk.says("it was <tg-spoiler>the butler</tg-spoiler>")
    page = await tab(site.url)
    secret = line(page, n).get_by_text("the butler", exact=True)
    await expect(secret).to_be_hidden()
    await line(page, n).get_by_role("button", name="Show hidden text").press("Enter")
    await expect(secret).to_be_visible()


async def test_reactions_and_changes_of_the_bots_are_told_to_those_who_listen(site, tab):
    n = await site.desk.says("so far")
    site.desk.phone.send("words")
    page = await tab(site.url)
    told = page.locator("#live[aria-live=polite]")
    await site.desk.bot(
        "setMessageReaction", message_id=2, reaction=[{"type": "emoji", "emoji": "✍"}]
    )
    await expect(told).to_contain_text("Goldpan reacted with ✍")
    await site.desk.bot("editMessageText", message_id=n, text="and further")
    await expect(told).to_contain_text("Goldpan changed a message")


async def test_a_deleted_message_goes(site, tab):
    n = await site.desk.says("a slip")
    page = await tab(site.url)
    await expect(line(page, n)).to_be_visible()
    await site.desk.bot("deleteMessage", message_id=n)
    await expect(line(page, n)).to_have_count(0)
    await expect(page.locator("#empty")).to_be_visible()


async def test_what_was_refused_is_put_back(site, tab):
    n = await site.desk.says("why?")
    page = await tab(site.url)
    await line(page, n).focus()
    await page.keyboard.press("r")
    await site.desk.bot("deleteMessage", message_id=n)
    await expect(line(page, n)).to_have_count(0)
    await say(page, "because")
    await expect(page.get_by_role("alert")).to_contain_text(
        "Not sent: the message is no longer there"
    )
    await expect(page.locator("#words")).to_have_value("because")
