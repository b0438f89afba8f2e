"""Files from the page and on it."""

import pytest
from playwright.async_api import expect

from tests.page.conftest import EXAMPLES, limited, line, say


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
    await expect(picture).to_have_attribute("alt", "my desk")
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
    await expect(page.get_by_role("alert")).to_contain_text("nothing.txt is empty")
    await page.locator("#file").set_input_files(tmp_path / "huge.bin")
    await page.locator("#send").click()
    await expect(line(page, 1)).to_contain_text("200 MB", timeout=60_000)
    assert len(site.desk.cloud.files.find("file1").data) == 200_000_000


async def test_files_dropped_together_become_an_album(site, tab):
    page = await tab(site.url)
    drop = """() => {
      const held = new DataTransfer();
      for (const name of ["one.txt", "two.txt"]) held.items.add(new File([name], name));
      const init = { bubbles: true, cancelable: true, dataTransfer: held };
      document.querySelector("#log").dispatchEvent(new DragEvent("drop", init));
    }"""
    await page.evaluate(drop)
    await say(page, "both")
    await expect(line(page, 2)).to_contain_text("two.txt")
    one, two = site.desk.phone.chat.messages.values()
    assert one["media_group_id"] == two["media_group_id"]
    assert (one["caption"], "caption" in two) == ("both", False)


@pytest.mark.parametrize("refused_by", ["page", "server"])
async def test_a_file_that_is_too_large_is_refused_with_the_limit(site, tab, refused_by):
    page = await tab(site.url)
    asked = []

    async def refuse(route):
        asked.append(route.request.url)
        await route.fulfill(status=413)

    await page.route("**/page/upload?*", refuse)
    if refused_by == "page":
        await limited(page, upload=10)
    file = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"eleven bytes"}
    await page.locator("#file").set_input_files(file)
    await say(page, "look")
    await expect(page.get_by_role("alert")).to_contain_text("the file is larger than")
    await expect(page.locator("#words")).to_have_value("look")
    assert len(asked) == (refused_by == "server")


async def test_a_picture_that_cannot_be_shown_is_a_file(site, tab):
    site.desk.phone.attach("photo", "desk.jpg", b"no picture")
    page = await tab(site.url)
    await expect(line(page, 1).locator(".file")).to_contain_text("desk.jpg")
