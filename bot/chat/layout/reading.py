"""What was read, and why something could not be."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.records import Fragment
from bot.domain.words import excerpt
from bot.errors import Trouble

# Enough to see whether it is the right page; /find and /expand have all of it.
MOST_SHOWN = 1500
MOST_HEADING = 120


def page(say: Wording, fragment: Fragment) -> Letter:
    """A page by its title and beginning, collapsed; or why there is nothing to show."""
    trouble = next((one.trouble for one in fragment.media if one.trouble), None)
    if trouble and not fragment.read:
        return Letter(f"🤔 {fragment.source}\n{_no_page(say, trouble)}")
    title, _, text = fragment.read.partition("\n")
    composer = Composer().add(heading(fragment), "bold")
    text = (text if len(title) <= MOST_HEADING else fragment.read).strip()
    if text:
        composer.quote(text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…")
    if trouble:
        composer.line(say.gettext("The page is long: I have only its beginning."), "italic")
    composer.line(
        say.gettext("Kept as somebody else's words: it may feed ideas, never your scripts."),
        "italic",
    )
    return composer.letter()


def heading(fragment: Fragment) -> str:
    """What a page is called."""
    title = fragment.read.partition("\n")[0] or fragment.source
    return f"#{fragment.n} {excerpt(title, MOST_HEADING)}"


def show_button(say: Wording, fragment: Fragment) -> InlineKeyboardButton:
    """Shows a page once more."""
    return button(say.gettext("Show it"), Action.SHOW_PAGE, fragment.id)


def unread_document(say: Wording, n: int, trouble: Trouble) -> Letter:
    """A document that is kept, yet could not be read."""
    why = {
        Trouble.EMPTY: say.gettext("Kept as #{n}, but there is no word in it."),
        Trouble.TOO_LARGE: say.gettext(
            "Kept as #{n}, but it is too long to read: I take up to 100,000 characters. "
            "Send it in parts."
        ),
    }
    damaged = say.gettext(
        "Kept as #{n}, but I cannot read it: it is damaged, or not what its name says."
    )
    return Letter(why.get(trouble, damaged).format(n=n))


def _no_page(say: Wording, trouble: str) -> str:
    return {
        Trouble.TIMEOUT: say.gettext("This page takes too long to answer; I tried three times."),
        Trouble.REJECTED: say.gettext("This page is gone, or asks for a login."),
        Trouble.PRIVATE: say.gettext("This address lies in a private network. I read public ones."),
        Trouble.UNREADABLE: say.gettext("This is no page of text."),
        Trouble.EMPTY: say.gettext("There is no text on this page."),
    }.get(Trouble(trouble), say.gettext("This page cannot be reached. Try /read again later."))
