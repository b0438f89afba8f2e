"""The command line as a person meets it: a process, its output, its exit code."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.command import TOP, goldpan


def played(at: Path, *lines: str) -> Path:
    file = at / "day.txt"
    file.write_text("\n".join(["@date 2026-11-20", *lines]), "utf-8")
    return file


def test_every_wrong_setting_is_listed_in_one_go(tmp_path: Path) -> None:
    wrong = {
        "OWNER_IDS": "@ming",
        "WRITER": "gpt",
        "DEFAULT_TIMEZONE": "Mars/Olympus",
        "DEFAULT_DIGEST_AT": "25:00",
        "DAILY_BUDGET_USD": "-1",
        "LOG_LEVEL": "LOUD",
        "ANTHROPIC_BASE_URL": "localhost",
    }
    done = goldpan("run", at=tmp_path, **wrong)
    assert done.returncode == 2
    named = {line.split()[0] for line in done.stderr.splitlines()[1:]}
    assert named == {*wrong, "TELEGRAM_BOT_TOKEN"}
    assert "Traceback" not in done.stderr


def test_a_command_nobody_knows_is_bad_usage(tmp_path: Path) -> None:
    assert goldpan("fly", at=tmp_path).returncode == 2
    assert goldpan(at=tmp_path).returncode == 2


def test_a_database_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    for command in (["migrate"], ["run"]):
        done = goldpan(*command, at=tmp_path, TELEGRAM_BOT_TOKEN="1:a", OWNER_IDS="1")
        assert done.returncode == 1, command
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"goldpan {command[0]}: cannot open or write the database")


def test_a_broken_prompt_keeps_it_from_starting_and_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    copy.mkdir()
    for name in ("bot", "migrations"):
        (copy / name).symlink_to(TOP / name)
    # The package finds its prompts beside itself, so it must really stand in this folder.
    (copy / "bot").unlink()
    subprocess.run(["cp", "-r", str(TOP / "bot"), str(TOP / "prompts"), str(copy)], check=True)
    prompt = copy / "prompts" / "expand.md"
    prompt.write_text(prompt.read_text("utf-8") + "\n{{ mood }}\n", "utf-8")
    done = goldpan("try", "--play", str(played(tmp_path, "10:00 x")), at=copy, PYTHONPATH=str(copy))
    assert done.returncode == 1
    assert "expand.md" in done.stderr
    assert "mood" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "expected"),
    [("25:00 late", "line 3"), ("10:00", "line 3"), ("10:00 @fly away", "line 3")],
)
def test_a_bad_line_of_a_play_is_named_with_what_was_expected(
    tmp_path: Path, line: str, expected: str
) -> None:
    file = played(tmp_path, "09:00 fine", line)
    done = goldpan("try", "--play", str(file), at=tmp_path)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "expected" in done.stderr
    assert done.stdout == ""


def test_a_step_that_cannot_be_done_stops_the_play(tmp_path: Path) -> None:
    file = played(tmp_path, "09:00 rain", "09:01 @tap ⭐", "09:02 never said")
    done = goldpan("try", "--play", str(file), at=tmp_path)
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "never said" not in done.stdout


def test_json_output_is_one_object_a_line_and_nothing_else(tmp_path: Path) -> None:
    file = played(tmp_path, "@tz Asia/Taipei", "09:00 下雨了", "09:01 /expand 修一把比買新的貴")
    done = goldpan("try", "--play", str(file), "--json", at=tmp_path, LC_ALL="C")
    assert done.returncode == 0
    events = [json.loads(line) for line in done.stdout.splitlines()]
    keys = {"at", "n", "from", "kind", "text", "buttons", "on"}
    assert all(set(event) == keys for event in events)
    assert events[0] == {
        "at": "2026-11-20T09:00:00+08:00",
        "n": 1,
        "from": "person",
        "kind": "text",
        "text": "下雨了",
        "buttons": [],
        "on": None,
    }
    assert done.stderr == ""


def test_a_play_leaves_nothing_behind_unless_told_where(tmp_path: Path) -> None:
    file = played(tmp_path, "09:00 rain")
    assert goldpan("try", "--play", str(file), at=tmp_path).returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["day.txt"]


def test_export_and_backup_of_a_played_day(tmp_path: Path) -> None:
    file = played(tmp_path, "09:00 rain", "09:01 @edit 1 rain again")
    assert goldpan("try", "--play", str(file), "--data", "mine", at=tmp_path).returncode == 0
    exported = goldpan("export", "out", "--data", "mine", at=tmp_path)
    assert exported.stdout == "1 fragments written to out\n"
    (line,) = (tmp_path / "out" / "fragments.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(line)["text"], json.loads(line)["revisions"]) == ("rain again", ["rain"])
    assert goldpan("backup", "copy.db", "--data", "mine", at=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT text FROM fragments").fetchall() == [("rain again",)]
    again = goldpan("backup", "copy.db", "--data", "mine", at=tmp_path)
    assert again.returncode == 1
    assert "was left as it is" in again.stderr


def test_what_cannot_be_exported_is_one_clear_line(tmp_path: Path) -> None:
    nowhere = goldpan("export", "out", "--data", "nowhere", at=tmp_path)
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (1, 1)
    assert "name its folder with --data" in nowhere.stderr
    assert goldpan("migrate", at=tmp_path).returncode == 0
    (tmp_path / "out").touch()
    blocked = goldpan("export", "out", at=tmp_path)
    assert (blocked.returncode, len(blocked.stderr.splitlines())) == (1, 1)
    assert "could not be written" in blocked.stderr


def test_a_further_day_in_the_same_folder_goes_on_counting(tmp_path: Path) -> None:
    first = played(tmp_path, "09:00 rain")
    goldpan("try", "--play", str(first), "--data", "mine", at=tmp_path)
    second = played(tmp_path, "09:00 sun")
    second.write_text(second.read_text("utf-8").replace("11-20", "11-21"), "utf-8")
    done = goldpan("try", "--play", str(second), "--data", "mine", at=tmp_path)
    assert done.stdout.startswith("09:00  me   (1)  sun\n")
    exported = goldpan("export", "out", "--data", "mine", at=tmp_path)
    assert exported.stdout.startswith("2 fragments")


def test_a_rehearsal_polls_whatever_the_real_bot_does(tmp_path: Path) -> None:
    file = played(tmp_path, "09:00 rain")
    hook = {"WEBHOOK_URL": "https://bot.example.org/hook", "WEBHOOK_SECRET": "abc"}
    done = goldpan("try", "--play", str(file), at=tmp_path, **hook)
    assert done.returncode == 0, done.stderr
    assert "✍" in done.stdout


def test_a_model_is_taken_only_from_what_holds_it(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"junk")
    done = goldpan("models", "get", "--from", "junk", at=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "damaged" in done.stderr
    assert goldpan("models", at=tmp_path).returncode == 2
