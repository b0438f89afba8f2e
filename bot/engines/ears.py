"""The process that listens, as seen from the conversation: begun when needed, ended when idle."""

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bot
from bot.domain.heard import Shortfall
from bot.errors import EngineError, Trouble

log = logging.getLogger(__name__)

IDLE_S = 300.0
"""Ours: notes come in bursts; after five minutes the memory of a model is given back."""
STALL_S = 180.0
"""Ours: no machine that can run the model takes three minutes to load it and hear half a minute."""
_LAST_WORDS_S = 5.0
# What a program needs to start. Secrets stay here: the other side decodes strangers' files.
_PASSED_ON = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "SYSTEMROOT")

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """At most half a minute of a recording: whether somebody speaks, what a model made of it."""

    voice: bool
    text: str


@dataclass(frozen=True, slots=True)
class Listened:
    """A recording from its beginning to where the listening ended."""

    stretches: tuple[Stretch, ...]
    heard_s: float
    shortfall: Shortfall | None

    @property
    def voice(self) -> bool:
        return any(stretch.voice for stretch in self.stretches)


class Ears:
    """Asks one process, one file at a time; with `model`, a folder, it also understands words."""

    def __init__(
        self, model: Path | None = None, *, idle_s: float = IDLE_S, stall_s: float = STALL_S
    ) -> None:
        self._arguments = [str(model)] if model else []
        self._idle_s = idle_s
        self._stall_s = stall_s
        self._one_at_a_time = asyncio.Lock()
        self._process: Process | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def listen(self, path: Path, said_s: float | None = None) -> Listened:
        """Hear a file whole. Raises EngineError."""
        lines, end = await self._ask({"path": _from_root(path), "said_s": said_s})
        shortfall = Shortfall(end["shortfall"]) if end["shortfall"] else None
        return Listened(tuple(Stretch(**line) for line in lines), end["heard_s"], shortfall)

    async def record(self, path: Path, folder: Path) -> list[Path]:
        """Write the sound of a file to `folder` as OGG/Opus, in parts. Raises EngineError."""
        lines, _ = await self._ask({"path": _from_root(path), "opus": _from_root(folder)})
        return [Path(line["file"]) for line in lines]

    async def aclose(self) -> None:
        """End the process, whatever it is doing."""
        if self._idle:
            self._idle.cancel()
        process, self._process = self._process, None
        if process:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, request: Line) -> tuple[list[Line], Line]:
        async with self._one_at_a_time:
            if self._idle:
                self._idle.cancel()
            try:
                answers = await self._answers(request)
            except BaseException:  # cancelled above all: it must not go on with what nobody wants
                await self.aclose()
                raise
            self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._rest)
        if "trouble" in answers[-1]:
            raise EngineError(Trouble(answers[-1]["trouble"]), answers[-1]["detail"])
        return answers[:-1], answers[-1]

    async def _answers(self, request: Line) -> list[Line]:
        process = self._process = self._process or await self._begin()
        assert process.stdin
        assert process.stdout
        answers: list[Line] = []
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            await process.stdin.drain()
            while not answers or not {"heard_s", "trouble"} & answers[-1].keys():
                async with asyncio.timeout(self._stall_s):
                    answers.append(json.loads(await process.stdout.readline()))
        except TimeoutError as exc:
            raise EngineError(Trouble.TIMEOUT, f"no word for {self._stall_s:.0f} s") from exc
        except (ConnectionError, ValueError) as exc:
            code = await _code_of(process)
            log.warning("listening ended with %s; `python -m bot.engines.ear` may say why", code)
            raise EngineError(Trouble.NOT_TAKEN, f"listening ended with {code}") from exc
        return answers

    async def _begin(self) -> Process:
        env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        env["PYTHONPATH"] = str(Path(bot.__file__).parent.parent)
        command = (sys.executable, "-m", "bot.engines.ear", *self._arguments)
        try:
            return await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=env,
                start_new_session=True,  # Ctrl-C is for us: what is in hand may come to its end
            )
        except OSError as exc:  # no memory, or too many processes
            raise EngineError(Trouble.UNREACHABLE, f"listening did not begin: {exc}") from exc

    def _rest(self) -> None:
        """Nobody asks: let it read the end of its input, and go."""
        process, self._process = self._process, None
        if process and process.stdin:
            process.stdin.close()


async def _code_of(process: Process) -> int | None:
    """With which code it ended; None if it only talks nonsense."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_LAST_WORDS_S):
            await process.wait()
    return process.returncode


def _from_root(path: Path) -> str:
    return str(path.absolute())
