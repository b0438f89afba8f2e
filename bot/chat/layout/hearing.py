"""Recordings: their words, why there are none, and how many wait for theirs."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.cutting import MOST_UNITS, units
from bot.chat.layout.digest import icon
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.troubles import nothing_in_words, short_in_words, trouble_in_words
from bot.chat.wording import Wording
from bot.domain.heard import Shortfall
from bot.domain.hearing import Hearing, Stage
from bot.journey.hear import Standing

# As many as are worth naming; the others are counted.
MOST_NAMED = 12
# UTF-16 units left for what stands beside the words to be corrected.
ROOM = 400


def transcript(say: Wording, hearing: Hearing) -> Letter:
    """What was heard, in a quote that stays collapsed, silently in answer to the recording."""
    composer = Composer().quote(hearing.text)
    if hearing.partial:
        composer.line(short_in_words(say, Shortfall(hearing.partial), hearing.heard_s), "italic")
    expand = button(say.gettext("✨ expand"), Action.GROW_FRAGMENT, hearing.n)
    return _in_answer(composer.letter().under([expand, _correct(say, hearing)]), hearing)


def reason(say: Wording, hearing: Hearing) -> Letter | None:
    """Why there are no words, and what to do; None when nothing is wrong by now."""
    if hearing.stage is Stage.NOTHING and hearing.nothing:
        why = nothing_in_words(say, hearing.nothing)
    elif hearing.trouble and hearing.in_trouble:
        why = trouble_in_words(say, hearing.trouble)
    else:
        return None
    write = button(say.gettext("✏️ write it down"), Action.CORRECT, hearing.id)
    return _in_answer(Letter(why).under([write]), hearing)


def awaited(say: Wording, hearing: Hearing, *, listens: bool) -> Letter:
    """That a recording is to be heard before it can be expanded, and what to do who cannot wait."""
    if listens:
        text = say.gettext(
            "#{n} is still to be heard; I dig as soon as it is. "
            "Answer this with what you said if you cannot wait."
        )
    else:
        text = say.gettext(
            "Nobody listens here yet, so #{n} has no words. It is kept, and I dig once somebody "
            "has heard it. Answer this with what you said, and I dig now."
        )
    return _in_answer(Letter(text.format(n=hearing.n)), hearing)


def question(say: Wording, hearing: Hearing) -> Letter:
    """Asks for the right words; those that were heard can be copied by a tap."""
    ask = say.gettext("Answer this with the right words; what was heard stays beside them.")
    composer = Composer().add(ask)
    if hearing.text and units(hearing.text) < MOST_UNITS - ROOM:
        composer.line().line(hearing.text, "code")
    hint = say.gettext("What was said")
    return Letter(composer.letter().text, composer.letter().spans, silent=True, hint=hint)


def named(say: Wording, hearing: Hearing) -> tuple[str, InlineKeyboardButton]:
    """What a transcript is called, and a button that shows it."""
    name = say.gettext("what was heard in #{n}").format(n=hearing.n)
    return name, button(say.gettext("Show it"), Action.SHOW_HEARING, hearing.id)


def status(say: Wording, standing: Standing, composer: Composer) -> None:
    """What is being heard, waits and failed."""
    if standing.listening:
        listening = say.gettext("Listening now: {notes}")
        composer.line(listening.format(notes=_notes(say, standing.listening)))
    if standing.waiting:
        count = len(standing.waiting)
        waits = say.ngettext(
            "{n} waits to be heard: {notes}", "{n} wait to be heard: {notes}", count
        )
        composer.line(waits.format(n=count, notes=_notes(say, standing.waiting)))
        if trouble := standing.waiting[0].trouble:
            composer.line(trouble_in_words(say, trouble), "italic")
    if standing.troubled:
        count = len(standing.troubled)
        failed = say.ngettext("{n} could not be heard:", "{n} could not be heard:", count)
        composer.line(failed.format(n=count))
        for trouble in dict.fromkeys(one.trouble for one in standing.troubled if one.trouble):
            notes = [one for one in standing.troubled if one.trouble is trouble]
            composer.line(f"{_notes(say, notes)}: {trouble_in_words(say, trouble)}", "italic")


def again_button(say: Wording) -> InlineKeyboardButton:
    """Tries at once what was tried in vain."""
    return button(say.gettext("↻ listen again now"), Action.HEAR_AGAIN)


def _notes(say: Wording, hearings: Sequence[Hearing]) -> str:
    names = [f"{icon(one.kind)}#{one.n}" for one in hearings[:MOST_NAMED]]
    if len(hearings) > MOST_NAMED:
        names.append(say.gettext("… and {n} more").format(n=len(hearings) - MOST_NAMED))
    return " ".join(names)


def _correct(say: Wording, hearing: Hearing) -> InlineKeyboardButton:
    return button(say.gettext("✏️ correct"), Action.CORRECT, hearing.id)


def _in_answer(letter: Letter, hearing: Hearing) -> Letter:
    return Letter(letter.text, letter.spans, letter.keyboard, hearing.note, silent=True)
