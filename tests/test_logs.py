"""What is written to the log, and what never is."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN, KEY = "123456:AbC-dEf_0", "sk-pan-and-gold"
log = logging.getLogger("bot.test")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Setting up logging changes the whole process; afterwards it is as before."""
    touched = [logging.getLogger(name) for name in (None, *logs.CHATTY)]
    root, levels = touched[0], [one.level for one in touched]
    handlers, root.handlers = root.handlers, []
    yield
    root.handlers = handlers
    for logger, level in zip(touched, levels, strict=True):
        logger.setLevel(level)


def fail() -> None:
    """Log an exception whose words hold both secrets."""
    try:
        raise ConnectionError(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    except ConnectionError:
        log.exception("with %s", KEY)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_written_in_a_message_nor_in_a_trace(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("INFO", form, [TOKEN, KEY])
    log.warning("/bot%s/getMe, then /bot%s/sendMessage", TOKEN, TOKEN)
    fail()
    written = capsys.readouterr().err
    assert "/bot***/sendMessage" in written
    assert "/bot***/getMe" in written
    assert "with ***" in written
    assert TOKEN not in written
    assert KEY not in written


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", "json", [TOKEN, KEY])
    log.info('two\nlines, a "quote" and %s', "捷運")
    fail()
    said, failed = map(json.loads, capsys.readouterr().err.splitlines())
    assert said["message"] == 'two\nlines, a "quote" and 捷運'
    assert (said["level"], said["name"]) == ("INFO", "bot.test")
    assert set(said) == {"at", "level", "name", "message"}
    assert failed["message"] == "with ***"
    assert failed["trace"].startswith("Traceback")
    assert "ConnectionError: POST" in failed["trace"]


def test_text_is_one_line_that_says_when_how_grave_and_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("INFO", "text", [])
    log.error("the disk is full")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(" ERROR bot.test: the disk is full")
    assert line[:4].isdecimal()


def test_an_empty_secret_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", "text", ["", KEY])
    log.info("good morning")
    assert "good morning" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "heard"),
    [("DEBUG", "DIWE"), ("INFO", "IWE"), ("WARNING", "WE"), ("ERROR", "E")],
)
def test_our_own_events_are_heard_from_the_level_asked_for(
    level: str, heard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(level, "json", [])
    for say in (log.debug, log.info, log.warning, log.error):
        say("x")
    lines = capsys.readouterr().err.splitlines()
    assert "".join(json.loads(line)["level"][0] for line in lines) == heard


@pytest.mark.parametrize(
    "name", ["httpx", "httpx2", "httpcore", "anthropic", "telegram.ext.Application", "apscheduler"]
)
def test_libraries_that_log_addresses_and_bodies_are_quiet(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG", "json", [])
    library = logging.getLogger(name)
    library.info("POST /bot…/sendMessage 200")
    library.warning("the connection was lost")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "the connection was lost"


def test_libraries_are_no_louder_than_ourselves(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("ERROR", "text", [])
    logging.getLogger("telegram").warning("the connection was lost")
    assert capsys.readouterr().err == ""


def test_setting_up_twice_writes_each_event_once(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", "text", [])
    logs.set_up("INFO", "text", [])
    log.info("once")
    assert len(capsys.readouterr().err.splitlines()) == 1
