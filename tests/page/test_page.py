"""The chat page in a real browser, in front of a bot whose part is played by hand."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.sandbox.page import live
from bot.sandbox.server import serving
from tests.page.conftest import NARROW, STAR, WIDE, Desk

STATIC = Path(live.__file__).parent / "static"
EXAMPLES = Path(__file__).parents[2] / "examples"
MARKUP = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
QUOTED = "The day\n<blockquote expandable>{}</blockquote>"


def line(page, n):
    return page.locator(f'.line[data-n="{n}"]')


async def say(page, text):
    await page.locator("#words").fill(text)
    await page.locator("#words").press("Enter")


async def test_what_is_typed_is_said_and_the_answer_appears_in_place(site, tab):
    page = await tab(site.url)
    await say(page, "坐到公司那一站,念頭就散了")
    await expect(line(page, 1)).to_contain_text("念頭就散了")
    await site.desk.bot("setMessageReaction", message_id=1, reaction=[{"emoji": "✍"}])
    await expect(line(page, 1).locator(".reaction")).to_have_text("✍\ufe0f")
    n = await site.desk.says("pick <b>one</b>", STAR)
    await expect(line(page, n).locator("strong")).to_have_text("one")
    await line(page, n).get_by_role("button", name="2⭐").click()
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


async def test_a_callback_answer_is_a_toast(site, tab):
    n = await site.desk.says("pick", STAR)
    page = await tab(site.url)
    await line(page, n).get_by_role("button", name="1⭐").click()
    update = (await site.desk.cloud.updates.take(offset=0, limit=9, timeout_s=5))[-1]
    query = update["callback_query"]["id"]
    await site.desk.bot("answerCallbackQuery", callback_query_id=query, text="Kept")
    await expect(page.locator("#toasts")).to_have_text("Kept")


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


async def test_two_tabs_show_the_same(site, tab):
    one, other = await tab(site.url), await tab(site.url, viewport=WIDE)
    await say(one, "from the phone")
    await expect(line(other, 1)).to_contain_text("from the phone")
    await say(other, "from the desk")
    await expect(line(one, 2)).to_contain_text("from the desk")


async def test_html_in_every_field_is_shown_and_never_run(site, tab):
    desk = site.desk
    escaped = MARKUP.replace("<", "&lt;")
    n = desk.phone.send(MARKUP)
    desk.phone.forward(MARKUP)
    desk.phone.reply(n, MARKUP)
    desk.phone.attach("document", f"{MARKUP}.html", MARKUP.encode(), MARKUP)
    desk.phone.attach("photo", "x.jpg", MARKUP.encode(), MARKUP)
    link = f'<a href="javascript:document.title=1">{escaped}</a>'
    key = [{"text": MARKUP, "callback_data": "x"}, {"text": MARKUP, "url": "javascript:alert(1)"}]
    await desk.says(f"<pre>{escaped}</pre>{link}", [key])
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


async def test_files_are_chosen_and_pictures_shown(site, tab, tmp_path):
    page = await tab(site.url)
    await page.locator("#file").set_input_files([EXAMPLES / "desk.jpg", EXAMPLES / "README.md"])
    await expect(page.locator(".chip")).to_have_count(2)
    await say(page, "my desk")
    await expect(line(page, 2).locator(".file")).to_contain_text("README.md")
    loaded = "image => image.complete && image.naturalWidth > 0"
    picture = line(page, 1).locator("img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate(loaded)
    await expect(line(page, 1)).to_contain_text("my desk")
    async with page.expect_download() as download:
        await line(page, 2).locator(".file").click()
    saved = tmp_path / "saved"
    await (await download.value).save_as(saved)
    assert saved.read_bytes() == (EXAMPLES / "README.md").read_bytes()


async def test_a_file_can_be_pasted_and_dropped(site, tab):
    page = await tab(site.url)
    give = """([type, target]) => {
      const held = new DataTransfer();
      held.items.add(new File(["words"], `${type}.txt`, { type: "text/plain" }));
      const init = { bubbles: true, cancelable: true };
      const event = type === "paste"
        ? new ClipboardEvent(type, { ...init, clipboardData: held })
        : new DragEvent(type, { ...init, dataTransfer: held });
      document.querySelector(target).dispatchEvent(event);
    }"""
    await page.evaluate(give, ["paste", "#words"])
    await page.evaluate(give, ["dragover", "#log"])
    await expect(page.locator("#drop")).to_be_visible()
    await page.evaluate(give, ["drop", "#log"])
    await expect(page.locator(".chip")).to_have_count(2)
    await page.locator("#send").click()
    await expect(line(page, 2)).to_contain_text("drop.txt")


async def test_an_empty_file_is_not_sent_and_a_huge_one_is(site, tab, tmp_path):
    (tmp_path / "nothing.txt").touch()
    (tmp_path / "huge.bin").write_bytes(bytes(200_000_000))
    page = await tab(site.url)
    await page.locator("#file").set_input_files(tmp_path / "nothing.txt")
    await page.locator("#send").click()
    await expect(page.get_by_role("alert")).to_contain_text("nothing.txt is empty")
    await page.locator("#file").set_input_files(tmp_path / "huge.bin")
    await page.locator("#send").click()
    await expect(line(page, 1)).to_contain_text("200 MB", timeout=60_000)
    assert len(site.desk.cloud.files.find("file1").data) == 200_000_000


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


async def test_what_arrives_is_told_to_those_who_listen(site, tab):
    page = await tab(site.url)
    await site.desk.says("good <b>evening</b>")
    await expect(page.locator("#live[aria-live=polite]")).to_contain_text("Goldpan: good evening")


async def test_faults_are_switched_by_their_names(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await page.get_by_label("Answer 502").check()
    await page.get_by_label("Answer late").fill("2.5")
    await page.get_by_label("Answer late").press("Tab")
    other = await tab(site.url, viewport=WIDE)
    await expect(other.get_by_label("Answer late")).to_have_value("2.5")
    await expect(other.get_by_label("Answer 502")).to_be_checked()
    assert (site.desk.cloud.faults.error_502, site.desk.cloud.faults.slow_s) == (True, 2.5)


@pytest.mark.parametrize(
    ("locale", "hint"),
    [("en-GB", "Message"), ("zh-TW", "訊息"), ("zh-CN", "消息"), ("fr", "Message")],
)
async def test_the_page_speaks_the_browsers_language(site, tab, locale, hint):
    page = await tab(site.url, locale=locale)
    await expect(page.locator("#words")).to_have_attribute("placeholder", hint)


async def test_another_language_is_chosen_and_remembered(site, tab):
    page = await tab(site.url, viewport=WIDE)
    await page.locator("#language").select_option("zh-Hant")
    await page.reload()
    await expect(page.locator("#evening")).to_have_text("跳到 21:00")


def test_every_language_has_every_word():
    source = (STATIC / "words.js").read_text("utf-8")
    tongues = re.findall(r"^const \w+ = \{\n(.*?)\n\};", source, re.DOTALL | re.MULTILINE)
    words = [re.findall(r"(?:^|,) +(\w+): \"", tongue, re.MULTILINE) for tongue in tongues]
    assert len(words[0]) > 60
    assert words == [words[0]] * 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("locale", ["en-GB", "zh-TW"])
async def test_nothing_is_cut_off_and_axe_finds_nothing(site, tab, axe, theme, size, locale):
    desk = site.desk
    n = desk.phone.send("一行很長的字" * 30 + "w" * 200)
    desk.phone.reply(n, "because")
    desk.phone.react(n, "🔥")
    desk.phone.voice(EXAMPLES / "lid.ogg")
    desk.phone.photo(EXAMPLES / "desk.jpg", "my desk")
    desk.phone.file(EXAMPLES / "README.md")
    keyboard = [[{"text": f"{n}⭐", "callback_data": "x"} for n in range(8)], *STAR]
    await desk.says(
        QUOTED.format("words\n" * 9) + "<code>code</code> <tg-spoiler>x</tg-spoiler>", keyboard
    )
    await desk.bot("setMyCommands", commands=[{"command": "expand", "description": "many"}])
    page = await tab(
        site.url,
        viewport=size,
        color_scheme=theme,
        locale=locale,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    await page.evaluate(axe)
    await page.locator("#words").fill("/")
    assert await complaints(page) == []
    await page.locator("#words").fill("")
    await line(page, n).focus()
    await page.keyboard.press("Enter")
    assert await complaints(page) == []
    await page.keyboard.press("Escape")
    if size is NARROW:
        await page.locator("#clock").click()
        assert await complaints(page) == []
    wide = "() => [document.documentElement, ...document.querySelectorAll('#scroll, #panel')]"
    assert await page.evaluate(f"({wide})().every(e => e.scrollWidth <= e.clientWidth)")


async def complaints(page):
    found = await page.evaluate("axe.run()")
    return [
        (broken["id"], [node["html"][:120] for node in broken["nodes"]])
        for broken in found["violations"]
    ]
