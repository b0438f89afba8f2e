"""The listener elsewhere: any transcription server that speaks OpenAI's shape."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from bot.domain.heard import Heard
from bot.engines.ears import IDLE_S, STALL_S, Ears, Listened
from bot.engines.hearing import heard
from bot.engines.transcriptions import Transcriptions
from bot.errors import EngineError, Trouble
from bot.journey.ports import ListenAsk

LARGEST_BYTES = 25_000_000
"""What OpenAI takes in one file."""
HALF_DONE = 16
"""Ours: of so many recordings is remembered what their first parts say while a later part fails."""
ANSWER_S = 60.0
"""Ours: what a server may take besides the length of the sound itself; home servers are slow."""
_HEAD_BYTES = 12
# The kinds that OpenAI's documentation lists, by how their content begins. Servers judge by name.
_KINDS: dict[str, Callable[[bytes], bool]] = {
    "ogg": lambda head: head.startswith(b"OggS"),
    "flac": lambda head: head.startswith(b"fLaC"),
    "webm": lambda head: head.startswith(b"\x1aE\xdf\xa3"),
    "wav": lambda head: head[:4] == b"RIFF" and head[8:] == b"WAVE",
    "mp4": lambda head: head[4:8] == b"ftyp",
    "mp3": lambda head: head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
}


class RemoteListener:
    """Implements `bot.journey.ports.Listener`.

    Whether anybody speaks is found out here first: silence costs nothing and brings back no
    "thank you for watching". A whole file of a kind that servers know goes up as it is; anything
    else goes as OGG/Opus, in parts.
    """

    name = "openai"
    at_once = 4  # ours: what a home server may be asked side by side

    def __init__(
        self,
        *,
        url: str,
        api_key: str,
        model: str,
        languages: Sequence[str] = (),
        largest_bytes: int = LARGEST_BYTES,
        answer_s: float = ANSWER_S,
        idle_s: float = IDLE_S,
        stall_s: float = STALL_S,
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        self._model = model
        self._largest_bytes = largest_bytes
        self._answer_s = answer_s
        self._half_done: dict[tuple[Path, int], list[str]] = {}
        self._ears = Ears(idle_s=idle_s, stall_s=stall_s)
        self._server = Transcriptions(
            url=url, api_key=api_key, model=model, languages=languages, http_client=http_client
        )

    async def hear(self, ask: ListenAsk) -> Heard:
        """The words of a file. Raises EngineError."""
        listened = await self._ears.listen(ask.path, ask.duration_s)
        said = await self._words(ask, listened) if listened.voice else []
        return heard(
            said,
            listened,
            language=ask.language,
            by=f"{self.name} {self._model}",
        )

    async def aclose(self) -> None:
        await self._ears.aclose()
        await self._server.aclose()

    async def _words(self, ask: ListenAsk, listened: Listened) -> list[str]:
        kind = await asyncio.to_thread(_kind_of, ask.path, self._largest_bytes)
        if kind and listened.shortfall is None:
            try:
                return [await self._transcript(ask, ask.path, f"voice.{kind}", listened.heard_s)]
            except EngineError as exc:
                if exc.trouble is not Trouble.TOO_LARGE:
                    raise
        return await self._in_parts(ask, listened)

    async def _in_parts(self, ask: ListenAsk, listened: Listened) -> list[str]:
        """What is paid for is not asked again: another try goes on with the part that failed."""
        key = (ask.path, ask.path.stat().st_size)
        done = self._half_done.pop(key, [])
        try:
            with TemporaryDirectory(prefix="goldpan-") as folder:
                parts = await self._ears.record(ask.path, Path(folder))
                for part in parts[len(done) :]:
                    done.append(await self._transcript(ask, part, part.name, listened.heard_s))
        except BaseException:
            self._remember(key, done)
            raise
        return done

    def _remember(self, key: tuple[Path, int], done: list[str]) -> None:
        self._half_done[key] = done
        if len(self._half_done) > HALF_DONE:
            del self._half_done[next(iter(self._half_done))]

    async def _transcript(self, ask: ListenAsk, path: Path, name: str, heard_s: float) -> str:
        timeout_s = self._answer_s + heard_s
        try:
            async with asyncio.timeout(timeout_s):  # the client's own counts from byte to byte
                return await self._server.ask(
                    path, name, hot_words=ask.hot_words, timeout_s=timeout_s
                )
        except TimeoutError as exc:
            raise EngineError(Trouble.TIMEOUT, f"no answer within {timeout_s:.0f} s") from exc


def _kind_of(path: Path, largest_bytes: int) -> str | None:
    """Which kind of file it is, as servers name it; None if none of theirs, or too large."""
    if path.stat().st_size > largest_bytes:
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return next((kind for kind, fits in _KINDS.items() if fits(head)), None)
