"""What did not go as asked, in words."""

from datetime import datetime

from telegram import InlineKeyboardButton

from bot.chat.layout.letter import Letter
from bot.chat.wording import Wording
from bot.domain.records import Person
from bot.errors import Trouble


def writer_in_words(say: Wording, name: str) -> str:
    """A writer's name as a person reads it."""
    return {"offline": say.gettext("offline"), "claude": "Claude"}.get(name, name)


def gone(say: Wording) -> str:
    """The toast for a button whose thing is no longer there."""
    return say.gettext("That is gone. Nothing was changed.")


def offer(say: Wording, name: str, show: InlineKeyboardButton) -> Letter:
    """What is said of something nobody knows to have arrived."""
    text = say.gettext("This may not have reached you: {name}. It is kept.")
    return Letter(text.format(name=name)).under([show])


def absence(say: Wording, person: Person, since: datetime, until: datetime) -> Letter:
    """Nobody fetched what this person sent in that time, and Telegram kept it for a day only."""
    text = say.gettext(
        "I was out of reach for more than a day, and Telegram keeps messages no longer. What you "
        "sent between {since} and {until} may not have arrived. Whatever has no reaction of mine "
        "was not kept: please send it again."
    )
    moments = {"since": since, "until": until}
    local = {name: f"{at.astimezone(person.zone):%Y-%m-%d %H:%M}" for name, at in moments.items()}
    return Letter(text.format(**local))


def trouble_in_words(say: Wording, trouble: str) -> str:
    """What happened, what the person got instead, and what to do if anything."""
    words = {
        Trouble.UNREACHABLE: say.gettext(
            "Claude could not be reached, so this comes from the offline writer."
        ),
        Trouble.BUSY: say.gettext(
            "Claude is overloaded right now, so this comes from the offline writer. "
            "Try again in a few minutes."
        ),
        Trouble.TIMEOUT: say.gettext(
            "Claude took too long, so this comes from the offline writer."
        ),
        Trouble.REFUSED: say.gettext(
            "Claude declined to write about this, so this comes from the offline writer."
        ),
        Trouble.TRUNCATED: say.gettext(
            "Claude's answer was cut off, so the offline writer filled in."
        ),
        Trouble.MALFORMED: say.gettext(
            "Claude's answer could not be read, so this comes from the offline writer."
        ),
        Trouble.REJECTED: say.gettext(
            "Claude rejected the request (key or model?), so this comes from the offline writer. "
            "Whoever runs the bot finds more in its log."
        ),
        Trouble.BUDGET: say.gettext(
            "Today's budget is spent, so this comes from the offline writer, which costs nothing."
        ),
        Trouble.ALIKE: say.gettext(
            "Claude's other take said the same again, so the offline writer tried."
        ),
        Trouble.INTERRUPTED: say.gettext(
            "I was stopped while Claude wrote. So that nothing is paid twice, this comes from the "
            "offline writer."
        ),
        Trouble.UNGROUNDED: say.gettext(
            "Claude's draft strayed from your words, so the offline writer used your own."
        ),
    }
    return words[Trouble(trouble)]
