"""/voice: the texts it rests on, the words and topics left out, and what it asks for."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, VoiceView, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.voice import ask_button, back, name
from bot.chat.wording import Wording
from bot.domain.voice import MANNERS, Ban, Manner, Said, Tongue
from bot.domain.words import excerpt

A_PAGE = 5
MOST_CHARS = 160  # of one, as it is listed; ours
MOST_BANS = 60  # ours: with their buttons two in a row they stay under Telegram's 100


def samples(say: Wording, everything: Sequence[Said], page: int) -> Letter:
    """One page of the texts that count or were left out, counted from 0."""
    pages = max(1, -(-len(everything) // A_PAGE))
    page = min(page, pages - 1)
    shown = everything[page * A_PAGE : (page + 1) * A_PAGE]
    count = sum(one.counts for one in everything)
    head = say.ngettext("{n} text shows how you sound", "{n} texts show how you sound", count)
    composer = Composer().add(head.format(n=count), "bold")
    for number, one in enumerate(shown, start=1):
        composer.line().line(f"{number}. {name(say, one)} · ")
        composer.add(manner_in_words(say, one.manner), "italic")
        if not one.counts:
            composer.add(" · ").add(say.gettext("left out"), "italic")
        composer.line(excerpt(one.text, MOST_CHARS), *([] if one.counts else ["strikethrough"]))
    if not everything:
        composer.line(say.gettext("None so far. What you send and say counts by itself."))
    add = [
        ask_button(say.gettext("Add a script"), "sample", Manner.SPOKEN, Tongue.ZH),
        ask_button(say.gettext("Add a post"), "sample", Manner.WRITTEN, Tongue.ZH),
    ]
    counts = [_count(say, one, number, page) for number, one in enumerate(shown, start=1)]
    return composer.letter().under(counts[:3], counts[3:], _turning(page, pages), add, [back(say)])


def bans(say: Wording, found: Sequence[Ban]) -> Letter:
    """The words and topics that may not stand in a draft, each with a button that lifts it."""
    composer = Composer().add(say.gettext("What no draft may say"), "bold")
    if not found:
        composer.line(say.gettext("Nothing so far. A line that holds such a word is left out."))
    for topic, head in (
        (False, say.gettext("Words never used:")),
        (True, say.gettext("Topics to avoid:")),
    ):
        words = [one.word for one in found if one.topic is topic]
        if words:
            composer.line().line(head, "italic").line(" · ".join(words))
    lifts = [
        button(f"✕ {excerpt(one.word, 20)}", Action.VOICE_LIFT, one.id)
        for one in found[-MOST_BANS:]
    ]
    rows = [lifts[at : at + 2] for at in range(0, len(lifts), 2)]
    add = [
        ask_button(say.gettext("Add words"), "word", Manner.WRITTEN, Tongue.ZH),
        ask_button(say.gettext("Add topics"), "topic", Manner.WRITTEN, Tongue.ZH),
    ]
    return composer.letter().under(*rows, add, [back(say)])


def prompt(say: Wording, what: str, manner: Manner, current: str = "") -> Letter:
    """Asks for words; a rule that is to be changed can be copied by a tap."""
    match what:
        case "sample" if manner is Manner.SPOKEN:
            text = say.gettext("Answer this with an old script of yours, as you said it.")
        case "sample":
            text = say.gettext("Answer this with an old post of yours, as you published it.")
        case "rule":
            text = say.gettext("Answer this with a rule in one line: how you say things.")
        case "change":
            text = say.gettext("Answer this with the rule as it should read.")
        case "word":
            text = say.gettext("Answer this with words you never use, parted by commas.")
        case _:
            text = say.gettext("Answer this with topics to stay away from, parted by commas.")
    composer = Composer().add(text)
    if current:
        composer.line().line(current, "code")
    letter = composer.letter()
    return Letter(letter.text, letter.spans, silent=True, hint=say.gettext("In your words"))


def added(say: Wording, sample_id: int, manner: Manner) -> Letter:
    """That a sample was taken, as what, and how to have it counted as the other."""
    if manner is Manner.SPOKEN:
        text = say.gettext("Added to how you speak. It shows your voice; no draft is made of it.")
        label = say.gettext("It was written")
    else:
        text = say.gettext("Added to how you write. It shows your voice; no draft is made of it.")
        label = say.gettext("It was spoken")
    other = MANNERS.index(manner.other)
    return Letter(text).under([button(label, Action.VOICE_MANNER, sample_id, other)])


def manner_in_words(say: Wording, manner: Manner) -> str:
    """Whether a text was spoken or written."""
    return say.gettext("spoken") if manner is Manner.SPOKEN else say.gettext("written")


def _count(say: Wording, said: Said, number: int, page: int) -> InlineKeyboardButton:
    kind, id = (
        (0, said.n) if said.n is not None
        else (1, said.sample) if said.sample is not None
        else (2, said.version)
    )  # fmt: skip
    label = say.gettext("Leave out {n}") if said.counts else say.gettext("Count {n}")
    counts = 0 if said.counts else 1
    return button(label.format(n=number), Action.VOICE_COUNT, kind, id, page, counts)


def _turning(page: int, pages: int) -> list[InlineKeyboardButton]:
    row = []
    if page > 0:
        row.append(button("‹", Action.VOICE, VoiceView.SAMPLES, page - 1, 0))
    if page + 1 < pages:
        row.append(button("›", Action.VOICE, VoiceView.SAMPLES, page + 1, 0))
    return row
