"""Readers in processes of their own: what is stuck in C holds up everything in its process, and
only a process can be ended from outside."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

import bot
from bot.domain.heard import storable
from bot.errors import EngineError, Trouble


async def ask(module: str, argument: str, content: bytes = b"") -> dict[str, str]:
    """What `python -m module argument` answers to this input by `answer`; it is ended with the task
    that waits for it. Raises EngineError: what the module raised, UNREADABLE when it died."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, argument),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(bot.__file__).parents[1],
    )
    try:
        said, _ = await process.communicate(content)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise EngineError(Trouble.UNREADABLE, "the reader died")
    found: dict[str, str] = json.loads(said)
    if trouble := found.get("trouble"):
        raise EngineError(Trouble(trouble))
    return found


def answer(read: Callable[[], dict[str, str]]) -> None:
    """Print what was read, as any database can hold it, or its trouble, in one line of JSON."""
    try:
        found = {name: storable(text) for name, text in read().items()}
    except EngineError as exc:
        found = {"trouble": exc.trouble}
    print(json.dumps(found))
