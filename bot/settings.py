"""What a deployment decides: read once, checked whole, then frozen.

A value comes from the environment, else from `.env`, else it is the default below. Each may also
come from a file named by `<NAME>_FILE`, as container platforms hand over secrets. Nothing that is
set is ever ignored: whatever cannot be used is reported, all of it in one go.
"""

import os
import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic import StringConstraints as Matching

from bot.domain.records import Language
from bot.errors import SettingsError
from bot.written import TELEGRAM, contradictions, in_env_file, in_use


def sqlite_in(folder: Path) -> str:
    """The address of Goldpan's SQLite database in `folder`."""
    return f"sqlite+aiosqlite:///{folder / 'goldpan.db'}"


def _ids(text: str) -> frozenset[int]:
    ids = frozenset(int(part) for part in text.split(",") if part.strip())
    if min(ids) < 1:  # negative ids are groups, and a group is nobody in particular
        raise ValueError(text)
    return ids


def _tags(text: str) -> tuple[str, ...]:
    tags = tuple(part.strip() for part in text.split(","))
    if not all(re.fullmatch("[a-z]{2,3}", tag) for tag in tags):
        raise ValueError(text)
    return tags


def _folder(text: str) -> Path:
    return Path(os.path.expanduser(text))


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (LookupError, OSError) as exc:  # OSError: "Asia" is a folder of zones
        raise ValueError(text) from exc


def _evening(text: str) -> time | None:
    if text == "off":
        return None
    if not re.fullmatch(r"\d{1,2}:\d\d", text):
        raise ValueError(text)
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)


def _yes_or_no(text: str | bool) -> bool:
    if str(text).lower() not in ("true", "false"):
        raise ValueError(text)
    return str(text).lower() == "true"


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError(text)
    return text.rstrip("/")


def _host_and_port(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:]+)\]|([\w.-]*)):(\d{1,5})", text)
    if not found or not 0 < int(found[3]) < 65536:
        raise ValueError(text)
    return found[1] or found[2] or "0.0.0.0", int(found[3])


def _without_version(text: str) -> str:
    if text.endswith("/v1"):  # the SDK adds /v1/messages itself
        raise ValueError(text)
    return text


def _is(right: str) -> Any:
    """Completes "NAME is …; it must be"."""
    return Field(description=right)


def _secret(right: str) -> Any:
    """The same for a value that is shown neither in a problem nor in a repr."""
    return Field(description=right, repr=False)


Word = Annotated[str, Matching(pattern=r"^\S+$"), _is("one word")]
Url = Annotated[str, AfterValidator(_web_address), _is("an http:// or https:// address")]
Folder = Annotated[Path, BeforeValidator(_folder), _is("the path of a folder")]
Key = Annotated[str, Matching(pattern=r"^[!-~]+$"), _secret("plain ASCII without spaces")]
Token = Annotated[
    str,
    Matching(pattern=r"^[0-9]+:[A-Za-z0-9_-]+$"),
    _secret("the token as @BotFather gives it, 123456:AbC…"),
]
Address = Annotated[
    tuple[str, int] | None,
    BeforeValidator(_host_and_port),
    _is("host:port, such as 127.0.0.1:8443, or :8443 for every address of this machine"),
]
Secret = Annotated[
    str,
    Matching(pattern=r"^[A-Za-z0-9_-]{1,256}$"),  # (Bot API, setWebhook)
    _secret("1 to 256 letters, digits, _ and -"),
]
Ids = Annotated[
    frozenset[int], BeforeValidator(_ids), _is("people's numeric Telegram ids, such as 12345,67890")
]
Tags = Annotated[
    tuple[str, ...], BeforeValidator(_tags), _is("languages by their codes, such as zh,yue,en")
]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False), _is("a number above 0, such as 30")]
Dollars = Annotated[Decimal, Field(ge=0, allow_inf_nan=False), _is("0 or more, such as 1.00")]
Zone = Annotated[str, AfterValidator(_zone), _is("an IANA time zone, such as Asia/Taipei")]
Evening = Annotated[time | None, BeforeValidator(_evening), _is("a time such as 21:00, or off")]
MessagesApi = Annotated[
    Url, AfterValidator(_without_version), _is("an http(s):// address without /v1 at its end")
]
DatabaseUrl = Annotated[
    str,
    Matching(pattern=r"^(sqlite\+aiosqlite:///|postgresql\+asyncpg://)\S"),
    _secret("sqlite+aiosqlite:///… or postgresql+asyncpg://…"),
]


class Settings(BaseModel):
    """Each attribute is its variable's name in lower case; "" means that it is not set."""

    model_config = ConfigDict(frozen=True)

    telegram_bot_token: Token = ""
    telegram_api_url: Url = TELEGRAM
    telegram_messages_per_s: Rate = 30.0
    webhook_url: Url = ""
    webhook_listen: Address = None
    webhook_secret: Secret = ""

    owner_ids: Ids = frozenset()
    default_language: Annotated[Language, _is("zh-Hant, zh-Hans or en")] = Language.EN
    default_timezone: Zone = "UTC"
    default_digest_at: Evening = time(21, 0)

    writer: Annotated[Literal["auto", "claude", "offline"], _is("auto, claude or offline")] = "auto"
    anthropic_api_key: Key = ""
    anthropic_base_url: MessagesApi = ""
    expand_model: Word = "claude-haiku-5-5"
    draft_model: Word = "claude-opus-5-5"
    daily_budget_usd: Dollars = Decimal("1.00")
    describe_photos: Annotated[bool, BeforeValidator(_yes_or_no), _is("true or false")] = False

    data_dir: Folder = Path("data")
    database_url: DatabaseUrl = Field(default_factory=lambda valid: sqlite_in(valid["data_dir"]))

    listener: Annotated[
        Literal["auto", "sherpa", "openai", "none"], _is("auto, sherpa, openai or none")
    ] = "auto"
    speech_model_dir: Folder = Field(default_factory=lambda valid: valid["data_dir"] / "models")
    speech_api_url: Url = ""
    speech_api_key: Key = ""
    speech_api_model: Word = "gpt-transcribe"
    speech_languages: Tags = ()

    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], _is("DEBUG, INFO, WARNING or ERROR")
    ] = "INFO"
    log_format: Annotated[Literal["text", "json"], _is("text or json")] = "text"

    @property
    def claude_is_reachable(self) -> bool:
        """Whether there is a key, or a server that may need none."""
        return bool(self.anthropic_api_key or self.anthropic_base_url)

    @property
    def speech_api_is_reachable(self) -> bool:
        """Whether there is a key, or a server that may need none."""
        return bool(self.speech_api_key or self.speech_api_url)

    @property
    def bot_id(self) -> int:
        """Whose token it is; 0 without one."""
        return int(self.telegram_bot_token.partition(":")[0] or 0)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values no log may show."""
        return (
            self.telegram_bot_token,
            self.anthropic_api_key,
            self.webhook_secret,
            self.speech_api_key,
            urlsplit(self.database_url).password or "",
        )

    @classmethod
    def load(
        cls, environ: Mapping[str, str], env_file: Path | None = None, *, for_run: bool = False
    ) -> Self:
        """Read every setting; with `for_run`, also miss what only the real bot needs.

        Raises SettingsError with a line for every problem.
        """
        written, problems = in_env_file(env_file, NAMES)
        given = in_use(written, NAMES, problems) | in_use(environ, NAMES, problems)
        problems += contradictions(given, for_run=for_run)
        try:
            settings = cls.model_validate({name.lower(): text for name, text in given.items()})
        except ValidationError as exc:
            wrong = [str(error["loc"][0]).upper() for error in exc.errors()]
            problems += [_unusable(name, given[name]) for name in wrong if given.get(name)]
            raise SettingsError(problems) from None
        if problems:
            raise SettingsError(problems)
        return settings


NAMES = [name.upper() for name in Settings.model_fields]


def _unusable(name: str, text: str) -> str:
    field = Settings.model_fields[name.lower()]
    shown = repr(text) if field.repr else "a value that is not shown here"
    return f"{name} is {shown}; it must be {field.description}"
