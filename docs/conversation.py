"""`make screenshots`: plays an example day onto the chat page and takes docs/conversation.png.

    python -m docs.conversation [FOLDER]

With FOLDER every moment below is also taken in both themes, on a phone and on a desk: what a change
to the page has to be looked at in.
"""

import asyncio
import base64
import shutil
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, async_playwright

from bot.sandbox import script as scripts
from bot.sandbox.clock import RunningClock
from bot.sandbox.play import perform, settled
from bot.sandbox.script import Script, Step
from bot.settings import Settings
from bot.tryout import Table, by_hand

PICTURE = Path(__file__).with_name("conversation.png")
DAY = Path("examples/day.en.txt")
MAX_BYTES = 300_000  # it lies in the repository and is opened on phones
MOMENTS = {time(9, 50): "morning", time(12, 18): "cards", time(15): "afternoon", time(21): "digest"}
PHONES = {"morning": "light", "cards": "light", "digest": "dark"}  # what the picture shows, and how
SIZES = {"phone": (375, 812), "desk": (1440, 900)}
PICTURED = (393, 852)  # the phone in the picture: a page of cards fits it with its keys
DENSITY = 1.1  # pixels to a point: sharp enough for a README, and within MAX_BYTES
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FRAME = """<!doctype html>
<style>
  body { display: flex; gap: 20px; width: max-content; margin: 0; padding: 22px }
  body { background: #ddd0b6 }
  img { height: 640px; border-radius: 22px }
</style>
"""


async def main(folder: Path | None) -> None:
    """Take the pictures."""
    day = scripts.load(DAY)
    date = day.directives.date or scripts.FIRST_DAY
    phones: list[bytes] = []
    async with _table(day) as table, _chromium() as browser:
        steps = list(day.steps)
        for at, name in MOMENTS.items():
            moment = scripts.moment(date, at, day.directives.zone)
            await _play(table, [step for step in steps if step.at < moment])
            steps = [step for step in steps if step.at >= moment]
            await table.keeper.jump(moment)
            if folder:
                await _look_at(browser, table.address, folder, name)
            if name in PHONES:
                phones.append(await _taken(browser, table.address, PICTURED, PHONES[name]))
        await _frame(browser, phones)
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {size:,} bytes")
    if size > MAX_BYTES:
        raise SystemExit(f"{PICTURE.name} may have {MAX_BYTES:,} bytes at most")


@asynccontextmanager
async def _table(day: Script) -> AsyncIterator[Table]:
    """The whole application on the morning of `day`, in a folder that is gone afterwards."""
    clock = RunningClock()
    clock.ahead = day.starts_at - datetime.now(UTC)
    environ = {"DEFAULT_TIMEZONE": day.directives.zone.key}
    with TemporaryDirectory() as folder:
        settings = Settings.load(environ, Path(folder, ".env"), for_run=False)
        async with by_hand(settings, Path(folder), clock) as table:
            await table.keeper.start()
            try:
                yield table
            finally:
                await table.keeper.stop()


async def _play(table: Table, steps: Iterable[Step]) -> None:
    for step in steps:
        await table.keeper.jump(step.at)
        if step.action.verb == "restart":
            await table.keeper.kill()
            await table.keeper.start()
        elif step.action.verb != "wait":
            perform(step.action, table.phone)
        await settled(table.keeper, table.cloud)


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        raise SystemExit("no Chromium here: `apt install chromium` (Debian, Ubuntu) brings one")
    async with async_playwright() as driver:
        yield await driver.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, "--hide-scrollbars"]
        )


async def _look_at(browser: Browser, url: str, folder: Path, name: str) -> None:
    for size, (width, height) in SIZES.items():
        for theme in ("light", "dark"):
            taken = await _taken(browser, url, (width, height), theme, scale=1)
            (folder / f"{name}-{size}-{theme}.png").write_bytes(taken)


async def _taken(
    browser: Browser, url: str, size: tuple[int, int], theme: str, *, scale: float = DENSITY
) -> bytes:
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=scale,
        locale="en-GB",
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    await page.goto(url)
    await page.locator(".line").last.wait_for()
    await page.wait_for_timeout(600)  # waveforms are decoded, pictures fade in
    taken = await page.screenshot()
    await page.close()
    return taken


async def _frame(browser: Browser, phones: list[bytes]) -> None:
    page = await browser.new_page(
        viewport={"width": 1000, "height": 700}, device_scale_factor=DENSITY
    )
    inside = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(one).decode()}">' for one in phones
    )
    await page.set_content(FRAME + inside)
    await page.locator("body").screenshot(path=PICTURE)


if __name__ == "__main__":
    looked_at = Path(sys.argv[1]) if sys.argv[1:] else None
    if looked_at:
        looked_at.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(looked_at))
