"""What a person types, as an app sends it."""

from bot.errors import PlayError
from bot.sandbox.text import cleaned, utf16_units, whole_characters


def typed(text: str) -> str:
    """As Telegram passes it on, whatever was pasted. It trims what bots send, but not this."""
    return cleaned(whole_characters(text))


def fits(text: str, limit: int) -> None:
    """Raises `PlayError` for a text of more UTF-16 units than an app sends at once."""
    if (units := utf16_units(text)) > limit:
        raise PlayError(
            f"{units:,} UTF-16 units are more than the {limit:,} an app sends at once: "
            "split it as the app would",
            code="long",
        )
