"""The conversation typed by hand: `make try` without a play."""

import asyncio
import sys
import threading
from contextlib import suppress
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.errors import PlayError
from bot.sandbox.cloud import Cloud
from bot.sandbox.phone import Phone
from bot.sandbox.play import Stage, perform, settled
from bot.sandbox.printing import TextPrinter, harmless
from bot.sandbox.script import parse_action

GREETING = """\
{page}Type what you would say to the bot. @help lists what else you can do; @quit ends."""
PAGE = """\
The conversation is open at {page}
Or stay here. """
STAYS = "The page stays open; Ctrl-C ends."
HELP = """\
  some words            say them              /expand some words    a command
  @tap LABEL [on N]     press a button        @reply N TEXT         reply to message (N)
  @edit N TEXT          change your text      @react N EMOJI        react to message (N)
  @forward TEXT         pass on a post        @voice PATH           send a voice note
  @photo PATH [caption] send a photo          @file PATH [caption]  send a file
  @forward_voice PATH   pass on a recording   @restart              kill the bot, start it again
  @quit                 leave (so does the end of the input)"""
_INDENT = "\n" + " " * 12  # under the words, past the time and the side


class Terminal:
    """Reads what a person types, shows what happens in the chat. `stage` ticks by itself, as a
    Keeper does."""

    def __init__(
        self,
        stage: Stage,
        *,
        cloud: Cloud,
        phone: Phone,
        zone: ZoneInfo,
        page: str = "",
        typed: TextIO | None = None,
        out: TextIO | None = None,
    ) -> None:
        self._stage = stage
        self._cloud = cloud
        self._phone = phone
        self._page = page
        self._typed = typed or sys.stdin
        self._out = out or sys.stdout
        cloud.listen(TextPrinter(zone, self._out, line_break=_INDENT))

    async def run(self) -> None:
        """Start the application, obey line by line until @quit or the end of the input, and stop
        the application. An input that ends without a word, as that of a program started in the
        background does, leaves the page open."""
        lines = self._lines()
        try:
            await self._stage.start()
            self._say(GREETING.format(page=self._page and PAGE.format(page=self._page)))
            if not await self._listen(lines) and self._page:
                self._say(STAYS)
                await asyncio.Event().wait()
        finally:
            await self._stage.stop()

    async def _listen(self, lines: asyncio.Queue[str | None]) -> bool:
        """Obey until the end; whether there was a word at all."""
        spoken = False
        while (line := await lines.get()) is not None:
            spoken = True
            if line.strip() == "@quit":
                break
            await self._obey(line)
            await self._keep_pace()
        return spoken

    async def _obey(self, line: str) -> None:
        if line.strip() == "@help":
            return self._say(HELP)
        try:
            action = parse_action(line)
            if action.verb == "restart":
                await self._stage.kill()
                await self._stage.start()
            else:
                perform(action, self._phone)
        except PlayError as problem:
            self._say(f"  {harmless(str(problem))}")

    async def _keep_pace(self) -> None:
        """A person reads the answer before typing on; a pipe has to be made to."""
        if not self._typed.isatty():
            await settled(self._stage, self._cloud)

    def _say(self, words: str) -> None:
        print(words, file=self._out, flush=True)

    def _lines(self) -> asyncio.Queue[str | None]:
        """Typed lines without their line ends, then None. A daemon thread reads them, so that
        leaving never waits for one more line."""
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def read() -> None:
            with suppress(RuntimeError):  # the loop is closed: the conversation is over
                for line in self._typed:
                    loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
                loop.call_soon_threadsafe(lines.put_nowait, None)

        threading.Thread(target=read, daemon=True, name="typed lines").start()
        return lines
