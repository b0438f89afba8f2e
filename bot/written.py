"""What is written for the settings: in the environment, in `.env`, in the files they name."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

# A Bot API server of one's own (and the stand-in) also calls plain http.
TELEGRAM = "https://api.telegram.org"


def in_env_file(path: Path | None, names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """What the file sets, and what is wrong with it; nothing if there is no such file."""
    if path is None or not path.exists():
        return {}, []
    try:
        bindings = list(parse_stream(StringIO(path.read_text("utf-8"))))
    except (OSError, UnicodeError) as exc:
        return {}, [f"{path} cannot be read ({_why(exc)}); it must be a text file in UTF-8"]
    written = {b.key: b.value for b in bindings if b.key and b.value is not None}
    torn = [b.original.line for b in bindings if b.error or (b.key and b.value is None)]
    problems = [f"{path} line {line} cannot be read; it must be NAME=value" for line in torn]
    return written, problems + [line for name in written for line in _misspelt(name, names, path)]


def contradictions(given: Mapping[str, str], *, for_run: bool) -> Iterator[str]:
    """What cannot be meant together, or, `for_run`, is missing: a line for each."""
    if for_run and "TELEGRAM_BOT_TOKEN" not in given:
        yield "TELEGRAM_BOT_TOKEN is not set; ask @BotFather for one and put it into .env"
    for name in ("WEBHOOK_LISTEN", "WEBHOOK_SECRET"):
        if name in given and "WEBHOOK_URL" not in given:
            yield f"{name} is set without WEBHOOK_URL; set that too, or leave it empty to poll"
    api = given.get("TELEGRAM_API_URL", TELEGRAM)
    if (
        given.get("WEBHOOK_URL", "").startswith("http://")
        and urlsplit(api).netloc == urlsplit(TELEGRAM).netloc
    ):
        yield (
            "WEBHOOK_URL begins with http://, but Telegram brings updates to https:// addresses "
            "only; put a server with a certificate before the bot (README, Webhooks), or leave it "
            "empty to poll"
        )
    claude_is_reachable = {"ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"} & given.keys()
    if given.get("WRITER") == "claude" and not claude_is_reachable:
        yield "WRITER is claude without ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL; set one, or auto"
    speech_api_is_reachable = {"SPEECH_API_KEY", "SPEECH_API_URL"} & given.keys()
    if given.get("LISTENER") == "openai" and not speech_api_is_reachable:
        yield "LISTENER is openai without SPEECH_API_KEY or SPEECH_API_URL; set one, or auto"
    if given.get("DESCRIBE_PHOTOS", "").lower() == "true" and (
        given.get("WRITER") == "offline" or not claude_is_reachable
    ):
        yield "DESCRIBE_PHOTOS is true, but the offline writer sees nothing; it needs Claude"


def _misspelt(name: str, names: Sequence[str], path: Path) -> Iterator[str]:
    """Only names close to ours: a `.env` may serve other programs too."""
    known = [*names, *(f"{one}_FILE" for one in names)]
    if name in known:
        return
    near = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
    near += [long for long in names if long.endswith(f"_{name.upper()}")]
    if near:
        yield f"{name} in {path} is not a setting; did you mean {near[0]}?"


def in_use(source: Mapping[str, str], names: Sequence[str], problems: list[str]) -> dict[str, str]:
    """What `source` sets, by name; adds to `problems`. A file that cannot be used counts as set, to
    the empty string, so that its own problem is not followed by one about a missing value."""
    given = {}
    for name in names:
        text, file = source.get(name, "").strip(), source.get(f"{name}_FILE", "").strip()
        if text and file:
            problems.append(f"{name} and {name}_FILE are both set; keep one of them")
        elif text or file:
            given[name] = text or _read_secret(f"{name}_FILE", Path(file), problems)
    return given


def _read_secret(name: str, path: Path, problems: list[str]) -> str:
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeError) as exc:
        text, why = "", f"cannot be read ({_why(exc)})"
    else:
        why = "is empty"
    if not text:
        problems.append(f"{name} names {path}, which {why}; it must hold the value, in UTF-8")
    return text


def _why(exc: OSError | UnicodeError) -> str:
    return exc.strerror or "" if isinstance(exc, OSError) else "not UTF-8"
