"""What a round left, and the one question about it."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.records import Idea
from bot.domain.words import excerpt
from bot.journey.why import BEST

# Of a title, so much tells the person which round is meant.
SHORT = 60


def question(say: Wording, kept: Sequence[Idea]) -> Letter:
    """The first two of what was kept, numbered, or the only one; and why the person must tell it.
    Nobody asked for it, so it comes without a sound."""
    best = kept[:BEST]
    asked = all(idea.by == "offline" for idea in best)
    composer = Composer().add(_head(say, len(kept), asked), "bold")
    if len(kept) > len(best):
        composer.line(say.gettext("The first two you starred:"))
    composer.line()
    for place, idea in enumerate(best, start=1):
        composer.line(f"{place}. {idea.title}" if len(best) > 1 else idea.title)
    composer.line().line(_question(say, len(best), asked)).line()
    return replace(composer.line(_hint(say, len(best)), "italic").letter(), silent=True)


def heading(kept: Sequence[Idea]) -> str:
    """What the question is called."""
    return f"⭐ {excerpt(kept[0].title, SHORT)}"


def show_button(say: Wording, expansion_id: int) -> InlineKeyboardButton:
    """Shows it once more."""
    return button(say.gettext("Show it"), Action.SHOW_WHY, expansion_id)


def _head(say: Wording, kept: int, asked: bool) -> str:
    """How much was kept, and whose it is: an idea is the AI's, a question is nobody's."""
    if asked:
        head = say.ngettext(
            "That round is panned: you kept {n} question.",
            "That round is panned: you kept {n} questions.",
            kept,
        )
    else:
        head = say.ngettext(
            "That round is panned: you kept {n} of the AI's ideas.",
            "That round is panned: you kept {n} of the AI's ideas.",
            kept,
        )
    return head.format(n=kept)


def _question(say: Wording, shown: int, asked: bool) -> str:
    if asked and shown > 1:
        return say.gettext("Which of the two must you answer, and why you?")
    if asked:
        return say.gettext("Why must you be the one to answer it?")
    if shown > 1:
        return say.gettext("Which of the two must you tell, and why you?")
    return say.gettext("Why must you be the one to tell it?")


def _hint(say: Wording, shown: int) -> str:
    if shown > 1:
        return say.gettext(
            "Reply to this, typed or spoken, and it is kept with them; "
            "begin with 1 or 2, and it is kept with that one."
        )
    return say.gettext("Reply to this, typed or spoken, and it is kept with it.")
