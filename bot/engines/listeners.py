"""Which listener serves: the one on this machine, one elsewhere, or none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot.engines.local import LocalListener
from bot.engines.remote import RemoteListener
from bot.engines.speech_model import SENSE_VOICE
from bot.engines.transcriptions import OPENAI_URL as OPENAI_URL
from bot.journey.ports import Listener

Choice = Literal["auto", "sherpa", "openai", "none"]


def chosen(choice: Choice, *, models: Path, server: bool) -> Literal["sherpa", "openai", "none"]:
    """What `auto` means here: the model if its files are in `models`, else the server, else none.

    Looked at once: who fetches the model later starts the bot anew.
    """
    if choice != "auto":
        return choice
    if SENSE_VOICE.is_in(models):
        return "sherpa"
    return "openai" if server else "none"


def listener(
    choice: Choice,
    *,
    models: Path,
    url: str,
    api_key: str,
    model: str,
    languages: Sequence[str],
) -> Listener | None:
    """The listener that serves, None when nothing listens: recordings are then kept unheard."""
    match chosen(choice, models=models, server=bool(url or api_key)):
        case "sherpa":
            return LocalListener(models)
        case "openai":
            return RemoteListener(url=url, api_key=api_key, model=model, languages=languages)
        case _:
            return None
