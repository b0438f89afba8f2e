"""/voice: how the person sounds, rule by rule."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, VoiceView, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.voice_rules import listed, told
from bot.chat.wording import Wording
from bot.domain.voice import (
    MANNERS,
    MEASURES,
    TONGUES,
    Ban,
    Held,
    Manner,
    Profile,
    Said,
    Tongue,
)
from bot.domain.voice_lessons import Edit
from bot.domain.voice_pace import a_minute
from bot.domain.words import excerpt
from bot.journey.voice import Voice
from bot.journey.voice_lessons import Asked

MOST_QUOTED = 160  # ours: characters of a text that a rule rests on
NUMBERS_A_ROW = 4


def overview(say: Wording, voice: Voice, asked: Asked | None) -> Letter:
    """Both manners, how fast they speak, what may not stand in a draft, and what to change."""
    composer = Composer().add(say.gettext("How you sound"), "bold")
    for manner in MANNERS:
        tongue = voice.main(manner, say.language)
        profile = voice.profiles[manner, tongue]
        composer.line().line(_head(say, profile), "bold")
        if profile.missing:
            composer.line(_missing(say, profile))
        for one in voice.rules(manner, tongue):
            if one.on:
                composer.line(f"· {told(say, one)}")
    composer.line().line(_pace(say, voice, voice.main(Manner.SPOKEN, say.language)))
    banned(say, composer, voice.bans)
    rows = [_doors(say, voice), _more(say)]
    if asked:
        composer.line().line(question(say, asked), "bold")
        rows.insert(0, _answers(say, asked))
    return composer.letter().under(*rows)


def rules(say: Wording, voice: Voice, manner: Manner, tongue: Tongue) -> Letter:
    """The rules of one manner, each of which can be opened."""
    profile = voice.profiles[manner, tongue]
    shown = voice.rules(manner, tongue)
    composer = Composer().add(_head(say, profile), "bold")
    if profile.missing:
        composer.line(_missing(say, profile))
    for number, one in enumerate(shown, start=1):
        composer.line(f"{number}. ").add(told(say, one), *([] if one.on else ["strikethrough"]))
        if one.text:
            composer.add(" ").add(say.gettext("(your words)"), "italic")
        elif not one.on:
            composer.add(" ").add(say.gettext("(off)"), "italic")
    if shown:
        composer.line().line(say.gettext("Tap a number: what it rests on; change it."), "italic")
    numbers = [
        button(str(number), Action.VOICE_RULE, *named(one))
        for number, one in enumerate(shown, start=1)
    ]
    rows = [numbers[at : at + NUMBERS_A_ROW] for at in range(0, len(numbers), NUMBERS_A_ROW)]
    add = ask_button(say.gettext("Add a rule"), "rule", manner, tongue)
    other = [one for one in TONGUES if one is not tongue and voice.profiles[manner, one].texts]
    others = [_open(_named_tongue(say, one), manner, one) for one in other]
    return composer.letter().under(*rows, [add, *others], [back(say)])


def rule(say: Wording, held: Held) -> Letter:
    """One rule, with what it rests on."""
    composer = Composer().add(told(say, held), "bold")
    if not held.on:
        composer.line(say.gettext("Off: no draft is told so."))
    if held.text and held.rule:
        composer.line(say.gettext("In your words; no measurement changes it."), "italic")
    elif held.rule is None:
        composer.line(say.gettext("Your own rule."), "italic")
    if held.rule and held.rule.on:
        composer.line().line(say.gettext("It rests on, among others:"), "italic")
        for one in held.rule.on:
            composer.line(f"{name(say, one)} ", "bold").add(excerpt(one.text, MOST_QUOTED))
    change = ask_button(
        say.gettext("Change"), "change", held.manner, held.tongue, *named(held)[2:]
    )  # fmt: skip
    on, off = say.gettext("Turn on"), say.gettext("Turn off")
    toggle = button(off if held.on else on, Action.VOICE_SET, *named(held), 0 if held.on else 1)
    row = [change, toggle]
    if held.setting and held.setting.id and (held.text or not held.rule):
        label = say.gettext("As measured") if held.rule else say.gettext("Remove")
        row.append(button(label, Action.VOICE_SET, *named(held), 2))
    return composer.letter().under(row, [_open(say.gettext("‹ Rules"), held.manner, held.tongue)])


def name(say: Wording, said: Said) -> str:
    """What a text is called: its number, or what it is."""
    if said.n is not None:
        return f"#{said.n}"
    if said.version is not None:
        return say.gettext("final text")
    return say.gettext("sample")


def named(held: Held) -> tuple[int, int, int, int]:
    """What buttons call a rule: manner, tongue, its measure from 1 (0: their own), its row."""
    place = 0
    measure = held.measure.rpartition(".")[2]
    if measure:
        place = MEASURES.index(measure) + 1
    row = held.setting.id if held.setting else 0
    return MANNERS.index(held.manner), TONGUES.index(held.tongue), place, row


def question(say: Wording, asked: Asked) -> str:
    """What the person's edits suggest, as a question."""
    if asked.edit is Edit.CUT:
        text = say.gettext("You took “{word}” out of {n} drafts. Never use it?")
    else:
        text = say.gettext("You put “{word}” into {n} drafts. Make it a rule?")
    return text.format(word=asked.word, n=asked.drafts)


def ask_about(say: Wording, asked: Asked) -> Letter:
    """The same as a message of its own."""
    return Letter(question(say, asked)).under(_answers(say, asked))


def lesson_rule(say: Wording, word: str) -> str:
    """The rule that follows from a yes."""
    return say.gettext("Likes to say “{word}”").format(word=word)


def banned(say: Wording, composer: Composer, bans: Sequence[Ban]) -> None:
    """What may not stand in a draft, if anything."""
    words = [one.word for one in bans if not one.topic]
    topics = [one.word for one in bans if one.topic]
    if words:
        composer.line(say.gettext("Never said: {words}").format(words=listed(say, words)))
    if topics:
        composer.line(say.gettext("Not talked about: {words}").format(words=listed(say, topics)))


def ask_button(
    label: str, what: str, manner: Manner, tongue: Tongue, place: int = 0, row: int = 0
) -> InlineKeyboardButton:
    """A button that opens the keyboard for words of the person's."""
    which = ASKS.index(what)
    return button(
        label, Action.VOICE_ASK, which, MANNERS.index(manner), TONGUES.index(tongue), place, row
    )


def back(say: Wording) -> InlineKeyboardButton:
    """Leads to the overview."""
    return button(say.gettext("‹ Voice"), Action.VOICE, VoiceView.OVERVIEW, 0, 0)


def words_button(say: Wording) -> InlineKeyboardButton:
    """Leads to what may not stand in a draft."""
    return button(say.gettext("Words and topics"), Action.VOICE, VoiceView.BANS, 0, 0)


# What may be asked for. Buttons count them: only append.
ASKS = ("sample", "rule", "change", "word", "topic")


def _answers(say: Wording, asked: Asked) -> list[InlineKeyboardButton]:
    yes = say.gettext("Yes, never") if asked.edit is Edit.CUT else say.gettext("Yes, a rule")
    return [
        button(yes, Action.VOICE_LEARN, asked.id, 1),
        button(say.gettext("No"), Action.VOICE_LEARN, asked.id, 0),
    ]


def _head(say: Wording, profile: Profile) -> str:
    name = _named_manner(say, profile.manner)
    texts = say.ngettext("{n} text", "{n} texts", profile.texts).format(n=profile.texts)
    return f"{name} · {texts}"


def _missing(say: Wording, profile: Profile) -> str:
    n, missing = profile.missing, profile.manner
    if missing is Manner.SPOKEN:
        text = say.ngettext(
            "Not yet like you: {n} more recording, then there are rules.",
            "Not yet like you: {n} more recordings, then there are rules.",
            n,
        )
    else:
        text = say.ngettext(
            "Not yet like you: {n} more text of a sentence or longer, then there are rules.",
            "Not yet like you: {n} more texts of a sentence or longer, then there are rules.",
            n,
        )
    return text.format(n=n)


def _pace(say: Wording, voice: Voice, tongue: Tongue) -> str:
    if voice.pace is None:
        return say.gettext("How fast you speak I know after five voice notes.")
    chinese = tongue is Tongue.ZH
    if chinese:
        text = say.gettext("You speak about {n} characters a minute.")
    else:
        text = say.gettext("You speak about {n} words a minute.")
    return text.format(n=a_minute(voice.pace, chinese=chinese))


def _doors(say: Wording, voice: Voice) -> list[InlineKeyboardButton]:
    return [
        _open(_named_manner(say, manner), manner, voice.main(manner, say.language))
        for manner in MANNERS
    ]


def _more(say: Wording) -> list[InlineKeyboardButton]:
    samples = button(say.gettext("Samples"), Action.VOICE, VoiceView.SAMPLES, 0, 0)
    return [samples, words_button(say)]


def _open(label: str, manner: Manner, tongue: Tongue) -> InlineKeyboardButton:
    return button(
        label, Action.VOICE, VoiceView.RULES, MANNERS.index(manner), TONGUES.index(tongue)
    )


def _named_manner(say: Wording, manner: Manner) -> str:
    return say.gettext("Speaking") if manner is Manner.SPOKEN else say.gettext("Writing")


def _named_tongue(say: Wording, tongue: Tongue) -> str:
    return say.gettext("In Chinese") if tongue is Tongue.ZH else say.gettext("In English")
