"""Bringing a speech model here: downloaded or from a file, checked, and then there at once.

What was downloaded before a break is kept and the rest is asked for. Nothing lies in the folder for
models under its real name before its hash was found right.
"""

import asyncio
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import httpx2

from bot.engines.speech_model import SpeechModel, sha256_of
from bot.errors import GoldpanError

BREAKS = 5
"""Ours: how often in a row a connection may break without having brought a byte."""
_PAUSE_S = 2.0
_TIMEOUT_S = 60.0
_LARGEST_FILE_BYTES = 2 << 30  # a bound for archives that unpack without end
_COPY_BYTES = 1 << 20

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""


async def fetch(
    model: SpeechModel,
    models: Path,
    progress: Progress,
    *,
    pause_s: float = _PAUSE_S,
    http_client: httpx2.AsyncClient | None = None,
) -> Path:
    """Download `model` into the folder `models`. Raises GoldpanError; run it again to go on."""
    archive = models / f"{model.name}.download"
    with _written_to(models):
        client = http_client or httpx2.AsyncClient(follow_redirects=True, timeout=_TIMEOUT_S)
        async with client:
            await _download(client, model, archive, progress, pause_s)
        return await asyncio.to_thread(_checked_and_unpacked, model, archive, models)


async def bring(model: SpeechModel, models: Path, source: Path) -> Path:
    """The same from an archive, or a folder with its files in it, for a machine without network."""
    with _written_to(models):
        return await asyncio.to_thread(_taken, model, source, models)


async def _download(
    client: httpx2.AsyncClient, model: SpeechModel, to: Path, progress: Progress, pause_s: float
) -> None:
    breaks = 0
    while (before := _size(to)) < model.size:
        try:
            await _go_on(client, model, to, progress)
            if _size(to) == before:
                raise httpx2.ReadError("nothing came")
        except httpx2.HTTPError as exc:
            breaks = 0 if _size(to) > before else breaks + 1
            if breaks == BREAKS:
                raise GoldpanError(_not_had(model.url, exc, _size(to))) from exc
            await asyncio.sleep(pause_s)


def _not_had(url: str, exc: httpx2.HTTPError, have: int) -> str:
    away = isinstance(exc, httpx2.ConnectError | httpx2.ConnectTimeout)
    trouble = "reached (no network?)" if away else f"had ({exc or type(exc).__name__})"
    kept = f"what came ({have:,} bytes) is kept; " if have else ""
    return (
        f"{url} cannot be {trouble}; {kept}run this again, or fetch it with anything else and name "
        "the file with --from, or make models MODELS_FROM=PATH"
    )


async def _go_on(
    client: httpx2.AsyncClient, model: SpeechModel, to: Path, progress: Progress
) -> None:
    """Ask for what is missing, and write as much of it as comes."""
    have = _size(to)
    headers = {"Range": f"bytes={have}-"} if have else {}
    async with client.stream("GET", model.url, headers=headers) as response:
        if response.status_code >= 400:
            raise httpx2.ReadError(f"status {response.status_code}")
        # A server that knows no ranges sends all of it again.
        appending = response.status_code == 206
        have = have if appending else 0
        with to.open("ab" if appending else "wb") as file:
            async for block in response.aiter_raw():
                have += len(block)
                if have > model.size:
                    file.truncate(0)
                    raise GoldpanError(f"{model.url} sends more than it should: not the model")
                file.write(block)
                progress(have, model.size)


def _checked_and_unpacked(model: SpeechModel, archive: Path, models: Path) -> Path:
    if sha256_of(archive) != model.sha256:
        archive.unlink()
        raise GoldpanError(
            f"what {model.url} sent is not the model (its SHA-256 differs) and was thrown away;"
            " run this again"
        )
    folder = _unpacked(model, archive, models)
    archive.unlink()
    return folder


def _unpacked(model: SpeechModel, archive: Path, models: Path) -> Path:
    """The wanted files out of an archive, by name, wherever in it they lie; nothing else is."""

    def fill(folder: Path) -> None:
        try:
            with tarfile.open(archive, "r|*") as tar:
                for member in tar:
                    name = Path(member.name).name
                    if member.isfile() and name in model.files:
                        _keep(tar, member, folder / name)
        except (tarfile.TarError, EOFError, OSError, ValueError) as exc:
            if isinstance(exc, OSError) and exc.errno:  # ours, the disk's
                raise
            raise GoldpanError(f"{archive} is damaged, or no archive; fetch it again") from exc

    return _made(model, models, fill)


def _keep(tar: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    inside = tar.extractfile(member)
    if inside is None or member.size > _LARGEST_FILE_BYTES:
        raise ValueError(member.name)
    with to.open("wb") as file:
        shutil.copyfileobj(inside, file, _COPY_BYTES)
        file.flush()
        os.fsync(file.fileno())


def _taken(model: SpeechModel, source: Path, models: Path) -> Path:
    if not source.exists():
        raise GoldpanError(f"there is nothing at {source}")
    return (_copied if source.is_dir() else _unpacked)(model, source, models)


def _copied(model: SpeechModel, source: Path, models: Path) -> Path:
    def fill(folder: Path) -> None:
        for name in model.files:
            found = next(iter(sorted(source.rglob(name))), None)
            if found is None:
                raise GoldpanError(f"there is no {name} in {source}")
            shutil.copyfile(found, folder / name)

    return _made(model, models, fill)


def _made(model: SpeechModel, models: Path, fill: Callable[[Path], None]) -> Path:
    """Fill a folder aside, check it, and only then give it the name under which it is used."""
    aside = Path(mkdtemp(prefix=f"{model.name}.", dir=models))
    try:
        fill(aside)
        if wrong := model.altered(aside):
            raise GoldpanError(f"{wrong} is missing there, or not the file it should be")
        folder = model.folder(models)
        if folder.exists():
            shutil.rmtree(folder)
        aside.chmod(0o755)  # mkdtemp lets nobody else in
        aside.rename(folder)
        return folder
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _written_to(models: Path) -> Iterator[None]:
    try:
        models.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as exc:
        raise GoldpanError(
            f"{models} could not be written ({exc.strerror or exc}); mend that, or name another"
            " folder in SPEECH_MODEL_DIR"
        ) from exc


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
