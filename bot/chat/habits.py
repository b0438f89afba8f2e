"""What the person answers when they were asked whether the digest should come otherwise; a change
is one like any other (`bot.chat.evenings`)."""

from bot.chat.buttons import Press
from bot.chat.desk import Visit


async def leave(visit: Visit, _press: Press) -> str:
    """It stays as it is."""
    return visit.say.gettext("It stays as it is. I will not ask again.")
