"""Settings: every value read once, every problem told at once."""

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.domain.records import Language
from bot.errors import SettingsError
from bot.settings import NAMES, Settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
TOKEN = "123456:AbC-dEf_0"


def problems_of(
    environ: dict[str, str], env_file: Path | None = None, *, for_run: bool = False
) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.load(environ, env_file, for_run=for_run)
    return caught.value.problems


def only_problem_of(environ: dict[str, str], env_file: Path | None = None) -> str:
    (problem,) = problems_of(environ, env_file)
    return problem


def env_file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_set_gives_the_defaults():
    settings = Settings.load({})
    assert settings.telegram_bot_token == ""
    assert settings.owner_ids == frozenset()
    assert settings.writer == "auto"
    assert settings.daily_budget_usd == Decimal("1.00")
    assert settings.default_language is Language.EN
    assert settings.default_digest_at == time(21, 0)
    assert settings.database_url == "sqlite+aiosqlite:///data/goldpan.db"
    assert settings.speech_model_dir == Path("data/models")


def test_values_become_what_they_mean():
    settings = Settings.load(
        {
            "OWNER_IDS": " 7, 12345,",
            "DEFAULT_LANGUAGE": "zh-Hant",
            "DEFAULT_TIMEZONE": "Asia/Taipei",
            "DEFAULT_DIGEST_AT": "9:05",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "TELEGRAM_MESSAGES_PER_S": "0.5",
            "DAILY_BUDGET_USD": "0",
            "DATABASE_URL": "postgresql+asyncpg://gold:pan@db/goldpan",
        }
    )
    assert settings.owner_ids == {7, 12345}
    assert settings.default_language is Language.ZH_HANT
    assert settings.default_timezone == "Asia/Taipei"
    assert settings.default_digest_at == time(9, 5)
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.telegram_messages_per_s == 0.5
    assert settings.daily_budget_usd == 0
    assert settings.database_url == "postgresql+asyncpg://gold:pan@db/goldpan"


def test_the_digest_can_be_off():
    assert Settings.load({"DEFAULT_DIGEST_AT": "off"}).default_digest_at is None


def test_database_and_models_follow_the_data_folder():
    settings = Settings.load({"DATA_DIR": "/srv/gold"})
    assert settings.database_url == "sqlite+aiosqlite:////srv/gold/goldpan.db"
    assert settings.speech_model_dir == Path("/srv/gold/models")


def test_an_empty_value_means_not_set():
    assert Settings.load(dict.fromkeys(NAMES, " ")) == Settings.load({})


def test_the_environment_goes_before_the_env_file(tmp_path: Path):
    path = env_file(tmp_path, "LOG_LEVEL=DEBUG\nLOG_FORMAT=json\n")
    settings = Settings.load({"LOG_LEVEL": "ERROR", "LOG_FORMAT": ""}, path)
    assert (settings.log_level, settings.log_format) == ("ERROR", "json")


def test_a_missing_env_file_is_no_problem(tmp_path: Path):
    assert Settings.load({}, tmp_path / ".env") == Settings.load({})


def test_settings_cannot_be_changed():
    settings = Settings.load({})
    with pytest.raises(ValueError, match="frozen"):
        settings.writer = "offline"  # type: ignore[misc]


WRONG = {
    "TELEGRAM_BOT_TOKEN": "hunter2",
    "TELEGRAM_API_URL": "ftp://example.org",
    "TELEGRAM_MESSAGES_PER_S": "0",
    "WEBHOOK_URL": "example.org/hook",
    "WEBHOOK_LISTEN": "8443",
    "WEBHOOK_SECRET": "hunter 2",
    "OWNER_IDS": "12345,@bob",
    "DEFAULT_LANGUAGE": "de",
    "DEFAULT_TIMEZONE": "Asia",
    "DEFAULT_DIGEST_AT": "25:00",
    "WRITER": "gpt",
    "ANTHROPIC_API_KEY": "hunter 2",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:8000/v1",
    "DRAFT_MODEL": "two words",
    "DAILY_BUDGET_USD": "-1",
    "DATABASE_URL": "mysql://root:hunter2@db/goldpan",
    "LISTENER": "whisper",
    "SPEECH_API_URL": "example.org",
    "SPEECH_API_KEY": "hunter 2",
    "SPEECH_API_MODEL": "two words",
    "SPEECH_LANGUAGES": "zh yue",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
}


def test_every_wrong_setting_is_reported_at_once_and_no_secret_is_shown():
    problems = problems_of(WRONG)
    assert sorted(line.split()[0] for line in problems) == sorted(WRONG)
    assert not any("hunter" in line or "\n" in line for line in problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OWNER_IDS", "-100123"),
        ("OWNER_IDS", ","),
        ("DEFAULT_TIMEZONE", "Mars/Olympus"),
        ("DEFAULT_TIMEZONE", "../etc/passwd"),
        ("DEFAULT_DIGEST_AT", "21"),
        ("DEFAULT_DIGEST_AT", "21:60"),
        ("DAILY_BUDGET_USD", "NaN"),
        ("TELEGRAM_MESSAGES_PER_S", "inf"),
        ("TELEGRAM_API_URL", "https://"),
    ],
)
def test_a_problem_names_the_setting_its_value_and_what_would_be_right(name: str, value: str):
    assert only_problem_of({name: value}).startswith(f"{name} is '{value}'; it must be ")


def test_a_listener_elsewhere_needs_an_address_or_a_key():
    assert "SPEECH_API_URL" in only_problem_of({"LISTENER": "openai"})
    for name, value in {"SPEECH_API_URL": "http://a.org/v1", "SPEECH_API_KEY": "k"}.items():
        assert Settings.load({"LISTENER": "openai", name: value}).speech_api_is_reachable


def test_spoken_languages_are_hints_by_their_codes():
    assert Settings.load({"SPEECH_LANGUAGES": "zh, yue,en"}).speech_languages == ("zh", "yue", "en")
    assert Settings.load({}).speech_languages == ()


HOOK = {"WEBHOOK_URL": "https://example.org/hook"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8443", ("127.0.0.1", 8443)),
        (":80", ("0.0.0.0", 80)),
        ("[::1]:8080", ("::1", 8080)),
        ("bot.local:443", ("bot.local", 443)),
    ],
)
def test_where_to_listen_is_a_host_and_a_port(text: str, address: tuple[str, int]):
    assert Settings.load(HOOK | {"WEBHOOK_LISTEN": text}).webhook_listen == address


@pytest.mark.parametrize("text", ["8443", "host", "host:0", "host:65536", "a b:80", "http://a:80"])
def test_what_is_no_address_to_listen_on_is_refused(text: str):
    assert "host:port" in only_problem_of(HOOK | {"WEBHOOK_LISTEN": text})


def test_a_webhook_without_an_address_is_a_contradiction():
    assert "without WEBHOOK_URL" in only_problem_of({"WEBHOOK_LISTEN": ":8443"})
    assert "without WEBHOOK_URL" in only_problem_of({"WEBHOOK_SECRET": "abc"})


@pytest.mark.parametrize("api", ["", "https://api.telegram.org", "https://api.telegram.org/"])
def test_telegram_brings_updates_to_https_alone(api: str):
    plain = {"WEBHOOK_URL": "http://example.org/hook", "TELEGRAM_API_URL": api}
    assert only_problem_of(plain).startswith("WEBHOOK_URL begins with http://, but Telegram ")
    Settings.load(plain | HOOK)


@pytest.mark.parametrize("api", ["http://127.0.0.1:8081", "https://bots.example.org"])
def test_a_bot_api_server_of_ones_own_also_calls_plain_http(api: str):
    Settings.load({"WEBHOOK_URL": "http://127.0.0.1:8443/hook", "TELEGRAM_API_URL": api})


def test_claude_alone_needs_a_key_or_an_address():
    assert "ANTHROPIC_BASE_URL" in only_problem_of({"WRITER": "claude"})
    Settings.load({"WRITER": "claude", "ANTHROPIC_API_KEY": "sk-1"})
    Settings.load({"WRITER": "claude", "ANTHROPIC_BASE_URL": "http://127.0.0.1:8000"})


def test_only_run_needs_a_token():
    (problem,) = problems_of({}, for_run=True)
    assert problem.startswith("TELEGRAM_BOT_TOKEN is not set; ")
    assert Settings.load({"TELEGRAM_BOT_TOKEN": TOKEN}, for_run=True).telegram_bot_token == TOKEN


def test_a_missing_token_joins_the_other_problems():
    assert len(problems_of({"WRITER": "gpt"}, for_run=True)) == 2


def test_a_secret_may_stand_in_a_file(tmp_path: Path):
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n")
    settings = Settings.load({"TELEGRAM_BOT_TOKEN_FILE": str(secret)}, for_run=True)
    assert settings.telegram_bot_token == TOKEN


def test_a_secret_from_the_environment_goes_before_a_file_named_in_the_env_file(tmp_path: Path):
    (tmp_path / "key").write_text("sk-0")
    path = env_file(tmp_path, f"ANTHROPIC_API_KEY_FILE={tmp_path / 'key'}")
    assert Settings.load({}, path).anthropic_api_key == "sk-0"
    assert Settings.load({"ANTHROPIC_API_KEY": "sk-1"}, path).anthropic_api_key == "sk-1"


def test_a_setting_and_its_file_at_once_is_a_problem(tmp_path: Path):
    environ = {"ANTHROPIC_API_KEY": "sk-1", "ANTHROPIC_API_KEY_FILE": str(tmp_path / "key")}
    assert "keep one" in only_problem_of(environ)


def test_a_file_that_cannot_be_used_is_the_only_problem_told_of_its_setting(tmp_path: Path):
    absent, empty = tmp_path / "absent", tmp_path / "empty"
    empty.write_text("\n")
    for path, why in [(absent, "cannot be read"), (empty, "is empty")]:
        (problem,) = problems_of({"TELEGRAM_BOT_TOKEN_FILE": str(path)}, for_run=True)
        assert str(path) in problem
        assert why in problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DIGEST_AT", "DEFAULT_DIGEST_AT"),
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("OWNER_ID", "OWNER_IDS"),
        ("log_level", "LOG_LEVEL"),
        ("ANTHROPIC_KEY_FILE", "ANTHROPIC_API_KEY_FILE"),
    ],
)
def test_a_misspelt_name_in_the_env_file_names_the_nearest(
    tmp_path: Path, written: str, meant: str
):
    path = env_file(tmp_path, f"{written}=1\n")
    assert only_problem_of({}, path).endswith(f"did you mean {meant}?")


def test_names_of_other_programs_are_left_alone(tmp_path: Path):
    path = env_file(tmp_path, "TZ=Asia/Taipei\nCOMPOSE_PROJECT_NAME=gold\nPOSTGRES_PASSWORD=x\n")
    assert Settings.load({"DIGEST_AT": "21:00", "PATH": "/bin"}, path) == Settings.load({})


def test_a_torn_line_in_the_env_file_is_named_by_its_number(tmp_path: Path):
    path = env_file(tmp_path, 'LOG_LEVEL=DEBUG\nWRITER="offline\n')
    assert "line 2" in only_problem_of({}, path)


def test_an_env_file_in_another_encoding_is_one_problem(tmp_path: Path):
    path = tmp_path / ".env"
    path.write_bytes("DATA_DIR=碎片".encode("big5"))
    assert "UTF-8" in only_problem_of({}, path)


def test_no_secret_shows_in_the_repr():
    shown = repr(
        Settings.load(
            {
                "TELEGRAM_BOT_TOKEN": "1:hunter2",
                "ANTHROPIC_API_KEY": "hunter2",
                "DATABASE_URL": "postgresql+asyncpg://gold:hunter2@db/goldpan",
            }
        )
    )
    assert "hunter2" not in shown


def test_the_example_file_holds_every_setting_with_its_default():
    example = dotenv_values(EXAMPLE, interpolate=False)
    assert list(example) == NAMES
    assert Settings.load({}, EXAMPLE) == Settings.load({})
    derived = {"DATABASE_URL", "SPEECH_MODEL_DIR"}
    for name in set(NAMES) - derived:
        default = Settings.model_fields[name.lower()].default
        assert bool(example[name]) == (default not in (None, "", frozenset(), ())), name
