"""Which listener serves: the one on this machine, one elsewhere, or none."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot.engines.speech_model import SENSE_VOICE
from bot.journey.ports import Listener

Choice = Literal["auto", "sherpa", "openai", "none"]


def chosen(choice: Choice, *, models: Path, server: bool) -> Literal["sherpa", "openai", "none"]:
    """What `auto` means here: the model if its files are in `models`, else the server, else none.

    A listener that serves is not exchanged: after an `auto` that meant the server, a model fetched
    later is used from the next start on.
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
    # Each is loaded only where it serves: what the one elsewhere needs takes a tenth of a second.
    match chosen(choice, models=models, server=bool(url or api_key)):
        case "sherpa":
            from bot.engines.local import LocalListener

            return LocalListener(models)
        case "openai":
            from bot.engines.remote import RemoteListener

            return RemoteListener(url=url, api_key=api_key, model=model, languages=languages)
        case _:
            return None
