"""Worn phrases: underlined where they stand, listed below, and one by one with what to do."""

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, MessageEntity

from bot.chat.buttons import Action, button
from bot.chat.layout.cutting import MOST_UNITS, units
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.drafts import Kept
from bot.domain.words import excerpt, sentence_spans
from bot.journey.worn import Found

# Of a phrase so much is shown in a list, in a toast and on a button.
LISTED, NAMED, ON_BUTTON = 60, 40, 24
# Around a phrase, in characters: a message holds that with all that stands below it.
AROUND = 1500
# So many of the kept phrases have a button; Telegram takes a hundred in all.
MOST_KEPT = 50


def add(composer: Composer, text: str, worn: Sequence[Found], *kinds: str) -> Composer:
    """Append text of these kinds, with what is worn in it underlined: no colour is needed to see
    it."""
    at = 0
    for start, end in _stretches(text, worn):
        composer.add(text[at:start], *kinds)
        composer.add(text[start:end], MessageEntity.UNDERLINE, *kinds)
        at = end
    return composer.add(text[at:], *kinds)


def listed(say: Wording, worn: Sequence[Found]) -> str:
    """How many there are, and what each is."""
    head = say.ngettext("{n} worn phrase:", "{n} worn phrases:", len(worn)).format(n=len(worn))
    return "\n".join([head, *(f"· {_named(say, one)}" for one in worn)])


def mend_button(say: Wording, version_id: int, n: int) -> InlineKeyboardButton:
    """Goes through the worn phrases of a script."""
    label = say.gettext("🩹 Worn phrases ({n})").format(n=n)
    return button(label, Action.WORN, version_id, 0, 0)


def look_button(say: Wording, version_id: int) -> InlineKeyboardButton:
    """Asks whether a final text has any."""
    return button(say.gettext("🩹 Worn phrases?"), Action.WORN, version_id, 0, 0)


def kept_button(say: Wording, n: int, version_id: int = 0) -> InlineKeyboardButton:
    """Shows the phrases that are kept; from there a way leads back to the version, if one is
    named."""
    label = say.gettext("Kept phrases ({n})").format(n=n)
    return button(label, Action.PHRASES, version_id)


def phrase(
    say: Wording,
    version_id: int,
    worn: Sequence[Found],
    at: tuple[int, int],
    *,
    kept: int,
    undo: Kept | None = None,
    final: bool = False,
) -> Letter:
    """The first worn phrase from `at` on, and what can be done about it. `kept` is how many are
    kept by now, `undo` the one that just was; of a `final` text no line is changed for the
    person."""
    last = [button(say.gettext("‹ The script"), Action.SHOW_DRAFT, version_id)]
    if kept:
        last.append(kept_button(say, kept, version_id))
    back = [_undo(say, undo, version_id, at)] if undo else []
    if not worn:
        return Letter(say.gettext("No worn phrase here.")).under(back, last)
    i = next((i for i, one in enumerate(worn) if one.at >= at), 0)
    composer = Composer()
    composer.add(say.gettext("🩹 {i} of {n}").format(i=i + 1, n=len(worn)), "bold").line()
    _context(composer.line(), worn[i])
    composer.line().line(_named(say, worn[i]))
    unasked = say.gettext("Yours to decide. Nothing changes unless you say so.")
    if final:
        unasked = say.gettext("Yours to decide. To change it, send me your text again.")
    composer.line(unasked, "italic")
    following = worn[(i + 1) % len(worn)]
    return composer.letter().under(*_ways(say, version_id, worn[i], following, final), back, last)


def ask(say: Wording, text: str) -> Letter:
    """Asks for the person's own words; those that stand there can be copied by a tap."""
    question = say.gettext("Answer this in your own words: they take the place of this text.")
    composer = Composer().add(question)
    if units(text) < MOST_UNITS // 2:
        composer.line().line(text, "code")
    asking = composer.letter()
    return Letter(asking.text, asking.spans, hint=say.gettext("In my words"))


def kept_phrases(say: Wording, kept: Sequence[Kept], version_id: int) -> Letter:
    """The phrases that get no mark, each with a way back."""
    back = []
    if version_id:
        back = [button(say.gettext("‹ The script"), Action.SHOW_DRAFT, version_id)]
    if not kept:
        return Letter(say.gettext("You keep no phrases. Every worn one is marked.")).under(back)
    shown = kept[:MOST_KEPT]
    composer = Composer().add(say.gettext("You keep these; they get no mark:"), "bold")
    for one in shown:
        composer.line(f"· “{excerpt(one.phrase, LISTED)}”")
    if len(kept) > len(shown):
        composer.line(say.gettext("… and {n} more").format(n=len(kept) - len(shown)))
    composer.line().line(say.gettext("A tap has it marked again."), "italic")
    rows = [
        [button(f"↩︎ {excerpt(one.phrase, ON_BUTTON)}", Action.PHRASE_BACK, one.id, version_id)]
        for one in shown
    ]
    return composer.letter().under(*rows, back)


def named(words: str) -> str:
    """A phrase in a toast."""
    return excerpt(words, NAMED)


def in_words(say: Wording, kind: str) -> str:
    """What kind of worn phrase it is."""
    words = {
        "opener": say.gettext("an opening heard often"),
        "summary": say.gettext("a summing-up heard often"),
        "contrast": say.gettext("not this but that, a frame heard often"),
        "exhortation": say.gettext("a call heard often"),
        "universal": say.gettext("holds for everybody"),
        "question": say.gettext("a question heard often"),
        "reveal": say.gettext("a drum roll before the point"),
        "lesson": say.gettext("a moral heard often"),
        "stock": say.gettext("a set phrase"),
        "tail": say.gettext("a tail that adds little"),
        "parallel": say.gettext("sentences built alike"),
        "triad": say.gettext("three in a row"),
        "idioms": say.gettext("idioms in a row"),
        "staccato": say.gettext("very short sentences in a row"),
        "big_words": say.gettext("several big words together"),
    }
    return words.get(kind, say.gettext("heard often"))


def _named(say: Wording, one: Found) -> str:
    told = say.gettext("“{words}” ({why})")
    return told.format(words=excerpt(one.mark.text, LISTED), why=in_words(say, one.mark.kind))


def _stretches(text: str, worn: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """What is to be underlined; marks that overlap make one stretch."""
    reached = 0
    marks = [one.mark for one in worn if one.text == text]
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if mark.end > reached:
            yield max(mark.start, reached), mark.end
            reached = mark.end


def _context(composer: Composer, one: Found) -> None:
    """The sentences in which a phrase stands, with the phrase underlined."""
    mark = one.mark
    spans = [
        span for span in sentence_spans(one.text) if span[1] > mark.start and span[0] < mark.end
    ]
    first = min([mark.start, *(start for start, _ in spans)])
    last = max([mark.end, *(end for _, end in spans)])
    if last - first > AROUND:
        first, last = mark.start, min(mark.end, mark.start + AROUND)
    composer.add(one.text[first : mark.start])
    composer.add(one.text[mark.start : min(mark.end, last)], MessageEntity.UNDERLINE)
    composer.add(one.text[mark.end : last])


def _ways(
    say: Wording, version_id: int, one: Found, following: Found, final: bool
) -> Iterator[list[InlineKeyboardButton]]:
    mine = button(say.gettext("✍ In my words"), Action.MY_WORDS, version_id, one.place)
    keep = button(say.gettext("Keep it"), Action.KEEP_PHRASE, version_id, *one.at)
    rewrite = button(say.gettext("Rewrite this line"), Action.REWRITE, version_id, one.place)
    onward = [button(say.gettext("Next ›"), Action.WORN, version_id, *following.at)]
    onward = onward if following is not one else []
    yield [keep] if final else [mine, keep]
    yield onward if final else [rewrite, *onward]


def _undo(say: Wording, kept: Kept, version_id: int, at: tuple[int, int]) -> InlineKeyboardButton:
    label = say.gettext("↩︎ Mark “{words}” again").format(words=excerpt(kept.phrase, ON_BUTTON))
    return button(label, Action.UNKEEP, kept.id, version_id, *at)
