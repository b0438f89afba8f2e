"""Bringing a model here: from a server that breaks off, and from a file; never a wrong one."""

import asyncio
import hashlib
import io
import tarfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from bot import models
from bot.engines.fetching import BREAKS, bring, fetch
from bot.engines.speech_model import SpeechModel
from bot.errors import GoldpanError

FILES = {"model.int8.onnx": bytes(range(256)) * 3000, "tokens.txt": b"a 0\nb 1\n"}


@dataclass
class Mirror:
    """Serves one archive; `breaks` says after how many bytes each of the next answers ends."""

    content: bytes
    url: str = ""
    ranges: bool = True
    breaks: list[int] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)


class _Archive(RequestHandler):
    def initialize(self, mirror: Mirror) -> None:
        self._mirror = mirror

    async def get(self, path: str) -> None:
        if path == "moved":
            self.redirect("/archive")
            return
        wanted = self.request.headers.get("Range")
        self._mirror.asked.append(wanted)
        begin = int(wanted[len("bytes=") : -1]) if wanted and self._mirror.ranges else 0
        self.set_status(206 if begin else 200)
        rest = self._mirror.content[begin:]
        self.set_header("Content-Length", len(rest))
        if self._mirror.breaks:
            self.write(rest[: self._mirror.breaks.pop(0)])
            await self.flush()
            self.request.connection.stream.close()
        else:
            self.write(rest)


@pytest.fixture
async def mirror() -> AsyncIterator[Mirror]:
    mirror = Mirror(archive(FILES))
    app = Application([("/(.*)", _Archive, {"mirror": mirror})], log_function=lambda _: None)
    http = HTTPServer(app)
    socket, port = bind_unused_port()
    http.add_socket(socket)
    mirror.url = f"http://127.0.0.1:{port}/moved"
    yield mirror
    http.stop()
    await http.close_all_connections()


@pytest.fixture
def model(mirror: Mirror) -> SpeechModel:
    return model_of(mirror)


def model_of(mirror: Mirror) -> SpeechModel:
    files = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    sha256 = hashlib.sha256(mirror.content).hexdigest()
    return SpeechModel("tiny", mirror.url, len(mirror.content), sha256, files)


def archive(files: dict[str, bytes], **links: str) -> bytes:
    """As the real one: a folder, with more in it than is wanted."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:bz2") as tar:
        for name, content in {"README.md": b"hello", **files}.items():
            info = tarfile.TarInfo(f"sherpa-onnx-tiny/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        for name, target in links.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return written.getvalue()


class Seen(list[tuple[int, int]]):
    """Progress, as it was told."""

    def __call__(self, have: int, whole: int) -> None:
        self.append((have, whole))


def assert_there(model: SpeechModel, folder: Path) -> None:
    """All of it, and nothing else in the folder for models."""
    found = {path.name: path.read_bytes() for path in model.folder(folder).iterdir()}
    assert found == FILES
    assert list(folder.iterdir()) == [model.folder(folder)]
    assert model.is_in(folder)


def assert_nothing(folder: Path) -> None:
    assert not list(folder.iterdir())


async def test_a_model_is_downloaded_checked_and_then_there(model: SpeechModel, tmp_path: Path):
    seen = Seen()
    await fetch(model, tmp_path / "models", seen)
    assert_there(model, tmp_path / "models")
    assert seen[-1] == (model.size, model.size)


@pytest.mark.parametrize("ranges", [True, False], ids=["in part", "from the beginning"])
async def test_a_download_that_breaks_off_goes_on(
    mirror: Mirror, model: SpeechModel, tmp_path: Path, ranges: bool
):
    mirror.ranges, mirror.breaks = ranges, [700, 400]
    await fetch(model, tmp_path, Seen(), pause_s=0)
    assert_there(model, tmp_path)
    assert mirror.asked[:2] == [None, "bytes=700-"]
    assert len(mirror.asked) == 3


async def test_what_came_is_kept_for_the_next_time(
    mirror: Mirror, model: SpeechModel, tmp_path: Path
):
    mirror.breaks = [700] + [0] * BREAKS
    with pytest.raises(GoldpanError, match=r"had .*; what came \(700 bytes\) is kept.*--from"):
        await fetch(model, tmp_path, Seen(), pause_s=0)
    assert not model.is_in(tmp_path)
    mirror.asked.clear()
    await fetch(model, tmp_path, Seen())
    assert mirror.asked == ["bytes=700-"]
    assert_there(model, tmp_path)


async def test_without_a_network_it_says_so_and_speaks_of_nothing_that_came(
    mirror: Mirror, tmp_path: Path
) -> None:
    socket, port = bind_unused_port()
    socket.close()
    away = replace(model_of(mirror), url=f"http://127.0.0.1:{port}/away")
    with pytest.raises(GoldpanError, match="cannot be reached") as caught:
        await fetch(away, tmp_path, Seen(), pause_s=0)
    assert "no network?" in str(caught.value)
    assert "kept" not in str(caught.value)


async def test_who_stops_it_can_go_on_later(mirror: Mirror, model: SpeechModel, tmp_path: Path):
    mirror.breaks = [700, 0, 0]
    broken = asyncio.Event()
    going = asyncio.create_task(fetch(model, tmp_path, lambda *_: broken.set(), pause_s=60))
    await broken.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    mirror.breaks.clear()
    await fetch(model, tmp_path, Seen())
    assert_there(model, tmp_path)


async def test_another_file_under_the_same_address_is_thrown_away(
    mirror: Mirror, model: SpeechModel, tmp_path: Path
):
    right = mirror.content
    mirror.content = right[:-1] + bytes([right[-1] ^ 1])
    with pytest.raises(GoldpanError, match="not the model"):
        await fetch(model, tmp_path, Seen())
    assert_nothing(tmp_path)
    mirror.content = right + b"more"
    with pytest.raises(GoldpanError, match="more than it should"):
        await fetch(model, tmp_path, Seen())
    assert not model.is_in(tmp_path)
    mirror.content = right
    await fetch(model, tmp_path, Seen())
    assert_there(model, tmp_path)


async def test_an_archive_is_taken_for_what_its_files_are(model: SpeechModel, tmp_path: Path):
    outside = tmp_path / "outside"
    brought = tmp_path / "model.tar.bz2"
    brought.write_bytes(archive(FILES | {"../../outside": b"!"}, evil=str(outside)))
    await bring(model, tmp_path / "models", brought)
    assert_there(model, tmp_path / "models")
    assert not outside.exists()


async def test_a_folder_is_taken_too(model: SpeechModel, tmp_path: Path):
    unpacked = tmp_path / "stick" / "sherpa-onnx-tiny"
    unpacked.mkdir(parents=True)
    for name, content in FILES.items():
        (unpacked / name).write_bytes(content)
    await bring(model, tmp_path / "models", tmp_path / "stick")
    assert_there(model, tmp_path / "models")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no archive", "damaged"),
        (archive(FILES)[:500], "damaged"),
        (archive({"tokens.txt": FILES["tokens.txt"]}), "model.int8.onnx is missing"),
        (archive(FILES | {"tokens.txt": b"others"}), "tokens.txt is missing there, or not"),
        (archive({"tokens.txt": b""}, **{"model.int8.onnx": "/etc/passwd"}), "is missing"),
    ],
    ids=["junk", "cut", "incomplete", "altered", "linked"],
)
async def test_what_is_not_the_model_leaves_nothing_behind(
    model: SpeechModel, tmp_path: Path, content: bytes, says: str
):
    brought = tmp_path / "model.tar.bz2"
    brought.write_bytes(content)
    with pytest.raises(GoldpanError, match=says):
        await bring(model, tmp_path / "models", brought)
    assert_nothing(tmp_path / "models")


async def test_what_is_not_there_cannot_be_brought(model: SpeechModel, tmp_path: Path):
    with pytest.raises(GoldpanError, match="nothing at"):
        await bring(model, tmp_path / "models", tmp_path / "gone")


async def test_a_folder_that_cannot_be_written_is_named(model: SpeechModel, tmp_path: Path):
    (tmp_path / "models").touch()
    with pytest.raises(GoldpanError, match="SPEECH_MODEL_DIR"):
        await fetch(model, tmp_path / "models", Seen())


async def test_the_command_says_how_large_it_is_and_how_far(
    mirror: Mirror, model: SpeechModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    await models.get(tmp_path, None, model)
    shown = capsys.readouterr()
    assert "0 MB to" in shown.err
    assert "█" * 30 in shown.err
    assert f"tiny is in {tmp_path / 'tiny'}" in shown.out
    mirror.asked.clear()
    await models.get(tmp_path, None, model)
    assert "already" in capsys.readouterr().out
    assert not mirror.asked


async def test_an_altered_model_is_brought_anew(model: SpeechModel, tmp_path: Path):
    await models.get(tmp_path, None, model)
    (model.folder(tmp_path) / "tokens.txt").write_bytes(b"")
    await models.get(tmp_path, None, replace(model))
    assert_there(model, tmp_path)
