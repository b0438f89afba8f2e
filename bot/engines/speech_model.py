"""Which files make up a speech model, and whether they are the right ones."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

HOW_TO_FETCH = "`make models` (or `goldpan models get`)"
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """An archive to be had at `url`, and the files wanted from it with their SHA-256."""

    name: str
    url: str
    size: int  # of the archive, in bytes
    sha256: str
    files: Mapping[str, str] = field(default_factory=dict)

    def folder(self, models: Path) -> Path:
        """Where its files lie, below the folder for models."""
        return models / self.name

    def is_in(self, models: Path) -> bool:
        """Whether its files are there; a look at their names alone."""
        return all((self.folder(models) / name).is_file() for name in self.files)

    def altered(self, folder: Path) -> str | None:
        """The first file in `folder` that is missing or not what it should be. Reads them all."""
        for name, sha256 in self.files.items():
            path = folder / name
            if not path.is_file() or sha256_of(path) != sha256:
                return name
        return None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


SENSE_VOICE = SpeechModel(
    name="sense-voice-small-int8",
    url=(
        "https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models/"
        "sherpa-onnx-sense-voice-zh-en-ja-ko-yue-int8-2024-07-17.tar.bz2"
    ),
    size=163_002_883,
    sha256="7d1efa2138a65b0b488df37f8b89e3d91a60676e416f515b952358d83dfd347e",
    files=MappingProxyType(
        {
            "model.int8.onnx": "c71f0ce00bec95b07744e116345e33d8cbbe08cef896382cf907bf4b51a2cd51",
            "tokens.txt": "f449eb28dc567533d7fa59be34e2abca8784f771850c78a47fb731a31429a1dc",
        }
    ),
)
"""SenseVoice-small: Mandarin, Cantonese, English, Japanese, Korean. Size and hashes as two
independent public projects record them."""
