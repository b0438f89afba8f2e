"""A transcription server in OpenAI's shape, with a real recogniser that knows a few sentences."""

import asyncio
import io
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

SENTENCES = (
    "the idea was gone when i reached the office",
    "the best ideas come on the train",
    "my father kept every letter",
    "we open the shop at seven",
    "the window was open all night",
    "remember to buy bread and milk",
)
_GRAMMAR = f"#JSGF V1.0;\ngrammar notes;\npublic <note> = {' | '.join(SENTENCES)};\n"
# Its search gives up early on a synthetic voice; a wide beam costs 20 ms.
_BEAMS = {"beam": 1e-60, "wbeam": 1e-40, "pbeam": 1e-60}


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    fields: Mapping[str, list[str]]
    name: str
    content: bytes
    authorization: str | None


@dataclass(frozen=True)
class Reply:
    """What to answer instead of listening; `hangs` never does, `hangs_up` ends the connection."""

    status: int = 200
    body: str = ""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    hangs_up: bool = False


@dataclass
class TranscriptionServer:
    """Remembers what it was asked; gives `replies` first, then what it hears. A question with a
    field that is `unknown` to it has status 400."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    unknown: frozenset[str] = frozenset()
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class _Transcriptions(RequestHandler):
    def initialize(self, server: TranscriptionServer) -> None:
        self._server = server

    async def post(self) -> None:
        (file,) = self.request.files["file"]
        fields = {name: self.get_arguments(name) for name in self.request.body_arguments}
        authorization = self.request.headers.get("Authorization")
        asked = Asked(fields, file.filename, file.body, authorization)
        self._server.asked.append(asked)
        self._server.was_asked.set()
        if self._server.unknown & fields.keys():
            await self._give(Reply(400))
        elif self._server.replies:
            await self._give(self._server.replies.pop(0))
        else:
            self.finish({"text": await asyncio.to_thread(recognised, file.body)})

    async def _give(self, reply: Reply) -> None:
        if reply.hangs:
            await self._server.over.wait()
        if reply.hangs_up:
            self.detach().close()
            return
        self.set_status(reply.status, "said so")
        self.set_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.set_header(name, value)
        self.finish(reply.body)


@asynccontextmanager
async def transcription_server() -> AsyncIterator[TranscriptionServer]:
    """One that listens on loopback while the block lasts; `url` is what goes into settings."""
    server = TranscriptionServer()
    routes = [("/v1/audio/transcriptions", _Transcriptions, {"server": server})]
    http = HTTPServer(Application(routes, log_function=lambda handler: None))
    socket, port = bind_unused_port()
    http.add_socket(socket)
    server.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield server
    finally:
        server.over.set()
        http.stop()
        await http.close_all_connections()


def recognised(content: bytes) -> str:
    """Which of `SENTENCES` is said in a file, "" if none."""
    from pocketsphinx import Decoder

    with TemporaryDirectory() as folder:
        grammar = Path(folder, "notes.jsgf")
        grammar.write_text(_GRAMMAR, encoding="utf-8")
        decoder = Decoder(jsgf=str(grammar), lm=None, loglevel="FATAL", **_BEAMS)
    decoder.start_utt()
    decoder.process_raw(_samples(content), full_utt=True)
    decoder.end_utt()
    best = decoder.hyp()
    return str(best.hypstr) if best else ""


def _samples(content: bytes) -> bytes:
    even = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(io.BytesIO(content)) as container:
        frames = [one for frame in container.decode(audio=0) for one in even.resample(frame)]
    return b"".join(bytes(one.planes[0])[: one.samples * 2] for one in frames)


def speak(sentence: str, path: Path) -> Path:
    """Have espeak-ng say it into a voice note such as Telegram brings: OGG with Opus."""
    if not shutil.which("espeak-ng"):
        pytest.skip("needs espeak-ng (Debian, Ubuntu: apt install espeak-ng)")
    spoken = subprocess.run(
        ["espeak-ng", "-v", "en-us", "-s", "130", "--stdout", sentence],
        capture_output=True,
        check=True,
    )
    with av.open(io.BytesIO(spoken.stdout)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream("libopus", rate=48_000, layout="mono")
        stream.bit_rate = 32_000
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


def as_json(**content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
