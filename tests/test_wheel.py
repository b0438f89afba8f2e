"""The wheel on its own: built, installed outside the checkout, and played through a day."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parent.parent
DAY = "examples/day.zh-Hant.txt"
LINE_OF_A_DRAFT = re.compile(r"^\S+  (.+)  #\d+(?: #\d+)*$", re.MULTILINE)
Event = dict[str, Any]


def run(*arguments: str | Path, cwd: Path, **environ: str) -> str:
    """Run this Python with these arguments; its standard output, once it has exited with 0."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", out, CHECKOUT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    install = ("-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", folder, wheel)
    run(*install, cwd=folder)
    return folder


def test_the_wheel_carries_all_that_is_read_while_running_and_no_tests(wheel: Path):
    carried = set(zipfile.ZipFile(wheel).namelist())
    read = [*CHECKOUT.glob("prompts/**/*.*"), *CHECKOUT.glob("migrations/**/*.py")]
    shipped = {f"bot/_shipped/{path.relative_to(CHECKOUT).as_posix()}" for path in read}
    page = [path for path in CHECKOUT.glob("bot/sandbox/page/static/*") if path.is_file()]
    beside = [*CHECKOUT.glob("bot/locales/**/*.po"), CHECKOUT / "bot/engines/prices.toml"]
    wanted = shipped | {path.relative_to(CHECKOUT).as_posix() for path in beside + page}
    assert page
    assert {path.parts[-3] for path in beside[:-1]} >= {"zh_Hans", "zh_Hant"}
    assert any(name.startswith("bot/_shipped/prompts/") for name in wanted)
    assert wanted <= carried
    assert not [name for name in carried if "test" in name or "__pycache__" in name]
    assert {name.split("/")[0].split("-")[0] for name in carried} == {"bot", "goldpan"}


def test_the_wheel_plays_a_day_outside_the_checkout(installed: Path, tmp_path: Path):
    shutil.copytree(CHECKOUT / "examples", tmp_path / "examples")
    play = ("-m", "bot", "try", "--play", DAY, "--data", tmp_path / "data", "--json")
    output = run(*play, cwd=tmp_path, PYTHONPATH=str(installed))
    script = opened([json.loads(line) for line in output.splitlines()])
    said, _, said_later = (CHECKOUT / DAY).read_text("utf-8").partition("\n21:")
    spoken = LINE_OF_A_DRAFT.findall(script)
    assert len(spoken) >= 3, script
    assert [line for line in spoken if line not in said] == []
    assert [line for line in spoken if line in said_later] == []


def opened(events: list[Event]) -> str:
    """The draft that was opened in the place of the digest."""
    (script,) = [event["text"] for event in events if event["text"].startswith("🎬")]
    return script
