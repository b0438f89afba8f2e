"""Our one reaction on a message. Telegram takes only listed emoji: ✅ and ⭐ are not among them."""

from bot.domain.records import Fragment, Origin

KEPT, NOT_YET_HEARD, NOT_HEARD, NOT_YOURS, GOLD = "✍", "👀", "🤔", "👌", "🏆"


def sign(fragment: Fragment) -> str:
    """What became of a message."""
    if fragment.origin is Origin.FORWARDED:
        return NOT_YOURS
    return KEPT if fragment.has_words or fragment.given_up else NOT_YET_HEARD
