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
from bot.sandbox.printing import TextPrinter
from bot.sandbox.script import parse_action

GREETING = "Type what you would say to the bot. @help lists what else you can do; @quit ends."
HELP = """\
  some words            say them              /expand some words    a command
  @tap LABEL [on N]     press a button        @reply N TEXT         reply to message (N)
  @edit N TEXT          change your text      @react N EMOJI        react to message (N)
  @forward TEXT         pass on a post        @voice PATH           send a voice note
  @photo PATH [caption] send a photo          @file PATH [caption]  send a file
  @restart              kill the bot and start it again
  @quit                 leave (so does the end of the input)"""
_INDENT = "\n" + " " * 12  # under the words, past the time and the side


class Terminal:
    """Reads what a person types, shows what happens in the chat. The application runs on its own
    clock and scheduler here."""

    def __init__(
        self,
        stage: Stage,
        *,
        cloud: Cloud,
        phone: Phone,
        zone: ZoneInfo,
        typed: TextIO | None = None,
        out: TextIO | None = None,
    ) -> None:
        self._stage = stage
        self._cloud = cloud
        self._phone = phone
        self._typed = typed or sys.stdin
        self._out = out or sys.stdout
        cloud.listen(TextPrinter(zone, self._out, line_break=_INDENT))

    async def run(self) -> None:
        """Start the application, obey line by line until @quit or the end of the input, and stop
        the application."""
        lines = self._lines()
        try:
            await self._stage.start()
            self._say(GREETING)
            while (line := await lines.get()) is not None and line.strip() != "@quit":
                await self._obey(line)
                await self._keep_pace()
        finally:
            await self._stage.stop()

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
            self._say(f"  {problem}")

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
