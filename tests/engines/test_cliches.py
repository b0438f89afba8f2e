"""The list of worn phrases is checked when it is read."""

import shutil
from pathlib import Path

import pytest

from bot.engines.cliches import FILE, worn
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError
from bot.resources import folder


def test_the_shipped_list_is_read() -> None:
    found = worn(PromptLibrary(folder("prompts")))
    assert found.phrases
    assert found.words


def test_a_phrase_that_cannot_be_used_is_named_with_its_file(tmp_path: Path) -> None:
    shutil.copy(folder("prompts") / FILE, tmp_path)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace("gone are the days", "gone.*days"), encoding="utf-8")
    with pytest.raises(PromptError, match=r"cliches\.yaml: 'gone\.\*days': no \*"):
        worn(PromptLibrary(tmp_path))
