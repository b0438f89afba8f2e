"""A bot as a process of its own."""

import os
import sys
from asyncio.subprocess import Process, create_subprocess_exec
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.cloud import TOKEN
from bot.sandbox.phone import PERSON_ID

TOP = Path(__file__).parents[1]


async def start(
    command: Iterable[str],
    folder: Path,
    address: str,
    *,
    owners: Iterable[int] = (PERSON_ID,),
    **more: str,
) -> Process:
    """Start `python -m` this command with nothing of ours in its environment but these settings and
    `more`. What it prints goes to the end of a file in `folder`."""
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ |= {
        "PYTHONPATH": str(TOP),
        "TELEGRAM_API_URL": address,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "OWNER_IDS": ",".join(map(str, owners)),
        "DATA_DIR": str(folder),
        "DEFAULT_DIGEST_AT": "off",
        "WRITER": "offline",
        "TELEGRAM_MESSAGES_PER_S": "100000",
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "printed.txt").open("a") as printed:
        return await create_subprocess_exec(
            *(sys.executable, "-m", *command),
            cwd=folder,
            env=environ | more,
            stdout=printed,
            stderr=printed,
        )


@asynccontextmanager
async def running(
    command: Iterable[str],
    folder: Path,
    address: str,
    *,
    owners: Iterable[int] = (PERSON_ID,),
    **more: str,
) -> AsyncIterator[Process]:
    """A process that is asked to stop when the block ends."""
    process = await start(command, folder, address, owners=owners, **more)
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()
