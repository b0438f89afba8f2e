"""Play files, good and bad."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.records import Language
from bot.errors import PlayError
from bot.sandbox.script import Action, Directives, load, parse

WHOLE = """\
# a comment line
@date 2026-11-20
@tz Asia/Taipei
@lang zh-Hant
@digest 21:00

08:41 坐到公司那一站,念頭就散了
09:12 @forward 別人寫的一段話
09:15 @edit 1 坐到公司那一站,念頭全散了
12:10 /expand 靈感都在捷運上
12:11 @tap ⭐
12:12 @tap 2⭐ on 7
12:30 @reply 7 這個我真的遇過
12:40 @react 1 🔥
13:00 @restart
23:30 @wait
"""


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def actions(text: str, **options) -> list[Action]:
    return [step.action for step in parse(text, **options).steps]


def moments(text: str, zone: str) -> list[str]:
    steps = parse(text).steps
    return [step.at.astimezone(ZoneInfo(zone)).strftime("%d %H:%M%z") for step in steps]


def test_a_whole_day_is_read():
    script = parse(WHOLE)
    assert script.directives == Directives(
        dt.date(2026, 11, 20), "Asia/Taipei", Language.ZH_HANT, dt.time(21)
    )
    assert script.directives.language_code == "zh-hant"
    assert [step.action for step in script.steps] == [
        Action("say", "坐到公司那一站,念頭就散了"),
        Action("forward", "別人寫的一段話"),
        Action("edit", "坐到公司那一站,念頭全散了", 1),
        Action("say", "/expand 靈感都在捷運上"),
        Action("tap", "⭐"),
        Action("tap", "2⭐", 7),
        Action("reply", "這個我真的遇過", 7),
        Action("react", "🔥", 1),
        Action("restart"),
        Action("wait"),
    ]
    assert (script.steps[0].at, script.steps[-1].at) == (at(20, 0, 41), at(20, 15, 30))
    assert script.starts_at == at(20, 0, 40)
    assert script.steps[0].line == 7


def test_a_missing_directive_is_not_the_same_as_off():
    assert parse("08:00 x").directives == Directives()
    assert parse("@digest off\n08:00 x").directives.digest_at == "off"
    assert parse("08:00 x").directives.zone == ZoneInfo("UTC")


def test_a_text_is_kept_untouched_to_the_end_of_its_line():
    text = "  two spaces,\u2028 a # hash, \\n and a tail  "
    assert actions(f"08:00 {text}\r\n08:01 {text}\n08:02  ") == [
        Action("say", text), Action("say", text), Action("say", " ")
    ]  # fmt: skip


def test_a_file_may_begin_with_a_byte_order_mark_and_end_lines_as_windows_does(tmp_path):
    path = tmp_path / "day.txt"
    path.write_bytes(b"\xef\xbb\xbf@tz Asia/Taipei\r\n08:00 x \r\n")
    assert load(path).steps[0].action == Action("say", "x ")


def test_a_label_may_hold_the_word_on():
    assert actions("08:00 @tap put on hold\n08:01 @tap on 7 on 8") == [
        Action("tap", "put on hold"), Action("tap", "on 7", 8)
    ]  # fmt: skip


def test_an_earlier_time_is_on_the_next_day():
    day = "@date 2026-11-20\n23:00 a\n23:00 b\n08:00 c\n07:59 d"
    assert [step.at for step in parse(day).steps] == [
        at(20, 23), at(20, 23), at(21, 8), at(22, 7, 59)
    ]  # fmt: skip


def test_a_time_that_exists_twice_is_the_first():
    autumn = "@date 2026-11-01\n@tz America/New_York\n01:30 a\n02:30 b"
    assert moments(autumn, "America/New_York") == ["01 01:30-0400", "01 02:30-0500"]


def test_a_time_that_does_not_exist_is_the_first_moment_after_the_gap():
    spring = "@date 2026-03-08\n@tz America/New_York\n01:59 a\n02:30 b\n02:45 c\n03:00 d"
    assert moments(spring, "America/New_York") == ["08 01:59-0500"] + ["08 03:00-0400"] * 3


def test_media_is_found_in_the_working_directory_and_then_beside_the_play(
    tmp_path, picture, monkeypatch
):
    folder, elsewhere = tmp_path, tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    play = "08:00 @photo desk.jpg 我的 桌子 \n08:01 @file desk.jpg\n08:02 @voice desk.jpg \n"
    play += "08:03 @forward_voice desk.jpg"
    assert actions(play, folder=folder) == [
        Action("photo", "我的 桌子 ", path=picture),
        Action("file", path=picture),
        Action("voice", path=picture),
        Action("forward_voice", path=picture),
    ]
    Path("desk.jpg").write_bytes(b"nearer")
    assert actions(play, folder=folder)[0].path == Path("desk.jpg")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("8:41 x", 'expected "HH:MM what happens"'),
        ("24:00 x", 'expected "HH:MM what happens"'),
        ("08:60 x", 'expected "HH:MM what happens"'),
        ("08:41", 'expected "HH:MM what happens"'),
        ("08:41\tx", 'expected "HH:MM what happens"'),
        ("words", 'expected "HH:MM what happens"'),
        ("@date 2026-11-21", "expected @date before the first step"),
        ("@tap ⭐", "expected @date, @tz, @lang, @digest or HH:MM, got @tap"),
        ("08:41 @sing la", "expected one of @voice @photo @file @forward @forward_voice"),
        ("08:41 @edit one x", 'expected "@edit N TEXT"'),
        ("08:41 @edit 1", 'expected "@edit N TEXT"'),
        ("08:41 @reply 1", 'expected "@reply N TEXT"'),
        ("08:41 @react 🔥", 'expected "@react N EMOJI"'),
        ("08:41 @tap", r'expected "@tap LABEL \[on N\]"'),
        ("08:41 @forward", 'expected "@forward TEXT"'),
        ("08:41 @restart now", 'expected "@restart"'),
        ("08:41 @voice", 'expected "@voice PATH"'),
        ("08:41 @voice none.ogg", "expected a file at none.ogg, found none"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(line, expected):
    with pytest.raises(PlayError, match=f"^day.txt, line 3: {expected}"):
        parse(f"# a day\n08:00 x\n{line}\n", name="day.txt")


@pytest.mark.parametrize(
    "line",
    [
        "@date tomorrow", "@date", "@tz Asia", "@tz Mars/Base", "@tz ../etc", "@tz",
        "@lang zh", "@digest 25:00", "@digest 9pm", "@digest",
    ],
)  # fmt: skip
def test_a_bad_directive_is_named_with_what_was_expected(line):
    with pytest.raises(PlayError, match=f'^play, line 1: expected "{line.split()[0]} [A-Zz]'):
        parse(f"{line}\n08:00 x")


def test_a_play_needs_a_step():
    with pytest.raises(PlayError, match="expected at least one step"):
        parse(WHOLE[:100].partition("\n0")[0])


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(PlayError, match=r"none.txt cannot be read: No such file"):
        load(tmp_path / "none.txt")
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"# fine\n08:00 caf\xe9\n")
    with pytest.raises(PlayError, match=r"latin.txt, line 2: expected UTF-8"):
        load(latin)
