"""One card alone: an idea on the walk through the backlog, or a piece of gold."""

from collections.abc import Sequence

from babel.dates import format_date
from telegram import InlineKeyboardButton

from bot.chat.buttons import MODES, VERDICTS, Action, button
from bot.chat.layout.cutting import MOST_TITLE, MOST_UNITS
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.lists import ROOM, all_told, named, told
from bot.chat.wording import Wording
from bot.domain import excerpts
from bot.domain.records import Fragment, Idea, Mode, Person, Verdict
from bot.domain.script import fold
from bot.domain.words import excerpt, sentences
from bot.journey.backlog import Card, Panned

# Of a seed so much tells which one is meant; of a source so much, what was meant with it.
SHORT, QUOTED = 60, 240
A_ROW = 4


def on_walk(
    say: Wording, card: Card, walk: int, sources: Sequence[Fragment] | None = None
) -> Letter:
    """The card a walk stands at, and what can be decided; with its `sources` it says why. The first
    one tells in a sentence who wrote it, and has nothing to take back."""
    facts = [_left(say, card.left)]
    if card.back_after:
        back = say.ngettext("↩︎ back after {n} day", "↩︎ back after {n} days", card.back_after)
        facts.append(back.format(n=card.back_after))
    composer = Composer().add(" · ".join(facts), "italic")
    _idea(say, composer.line(), card, sources)
    if not card.begun and sources is None:
        _whose(say, composer, card.idea)
    idea = card.idea.id
    decide = [
        button(emoji, Action.DECIDE, idea, VERDICTS.index(verdict), walk)
        for emoji, verdict in (("⭐", Verdict.KEPT), ("🤨", Verdict.MAYBE), ("🗑", Verdict.DROPPED))
    ]
    more = [_why_button(say, card.idea, walk, sources), _mix_button(say, (idea, 0), walk)]
    undo = [button("↩︎", Action.UNDO, walk)] if card.begun else []
    return composer.letter().under([*decide, *undo], more)


def panned(say: Wording, end: Panned, walk: int) -> Letter:
    """The end of a walk, which can still be taken back; or that there was nothing to walk
    through, or not yet."""
    decided = end.decided
    if not decided and end.digging:
        return Letter(say.gettext("⛏ Still digging. The cards come by themselves in a moment."))
    if not decided:
        return Letter(say.gettext("Nothing is waiting to be panned. /expand digs something new."))
    counts = [
        (decided.get(Verdict.KEPT), say.gettext("⭐ {n} kept")),
        (decided.get(Verdict.MAYBE), say.gettext("🤨 {n} for another day")),
        (decided.get(Verdict.DROPPED), say.gettext("🗑 {n} dropped")),
    ]
    composer = Composer().add(say.gettext("All panned."), "bold")
    composer.line(" · ".join(text.format(n=n) for n, text in counts if n))
    if decided.get(Verdict.KEPT):
        composer.line(say.gettext("/gold shows what you kept."), "italic")
    undo = button(say.gettext("↩︎ Take the last one back"), Action.UNDO, walk)
    return composer.letter().under([undo])


def gold_idea(
    say: Wording, card: Card, page: int, sources: Sequence[Fragment] | None = None
) -> Letter:
    """A kept idea, and what can be made of it."""
    composer = Composer()
    _idea(say, composer, card, sources)
    why = _why_button(say, card.idea, page, sources)
    kept = card.idea.verdict is Verdict.KEPT
    return composer.letter().under(*_gold_rows(say, card.idea, page, kept, [why]))


def gold_fragment(say: Wording, fragment: Fragment, page: int, person: Person) -> Letter:
    """A kept fragment, and what can be made of it."""
    day = fragment.captured_at.astimezone(person.zone).date()
    composer = Composer().add(_as_much_as_fits(told(say, fragment)))
    composer.line().line(format_date(day, "long", locale=say.locale), "italic")
    kept = fragment.gold_at is not None
    return composer.letter().under(*_gold_rows(say, fragment, page, kept, []))


def partners(
    say: Wording, item: Fragment | Idea, others: Sequence[Fragment | Idea], place: int
) -> Letter:
    """Other kept things to mix this one with."""
    back = button(say.gettext("‹ Back"), Action.CARD, *named(item), place, 0)
    if not others:
        text = say.gettext(
            "There is nothing else in your gold to mix this with. "
            "Keep another idea with ⭐, or reply ⭐ to something you sent."
        )
        return Letter(text).under([back])
    composer = Composer().add(say.gettext("🔗 Mix it with which one?"), "bold")
    composer.line(excerpt(told(say, item), SHORT), "italic")
    for number, text in enumerate(all_told(say, others), start=1):
        composer.line().line(f"{number}. {excerpt(text, QUOTED)}")
    choose = [
        button(str(number), Action.MIX_WITH, *named(item), place, *named(other))
        for number, other in enumerate(others, start=1)
    ]
    rows = [choose[at : at + A_ROW] for at in range(0, len(choose), A_ROW)]
    return composer.letter().under(*rows, [back])


def _as_much_as_fits(text: str) -> str:
    """As much of a text as one message has room for beside what else stands there."""
    most = (MOST_UNITS - ROOM) // 2  # a character is two units at most
    return text if len(text) <= most else excerpt(text, most)


def _idea(say: Wording, composer: Composer, card: Card, sources: Sequence[Fragment] | None) -> None:
    idea = card.idea
    composer.line(excerpt(idea.title, MOST_TITLE), "bold")
    if sources is None:
        composer.line(_tag(say, idea))
    else:
        _why(say, composer, idea)
    if grew := _origin(say, card, sources):
        composer.line(grew)
    for one in sources or ():
        if one.has_words:
            composer.quote(_quoted(say, idea, one))
    if sources is not None:
        _whose(say, composer, idea)


def _quoted(say: Wording, idea: Idea, one: Fragment) -> str:
    """A fragment the idea stands on, or a reply to it."""
    quote = "#{n} {text}"
    if not one.own:
        quote = say.gettext("#{n} (someone else's words) {text}")
    elif one.about_idea == idea.id:
        quote = say.gettext("You said: #{n} {text}")
    return quote.format(n=one.n, text=excerpt(excerpts.of(one), QUOTED))


def _tag(say: Wording, idea: Idea) -> str:
    """Who wrote it, through whose eyes, by which move, from which fragments."""
    by = say.gettext("question") if idea.is_question else say.gettext("AI")
    eyes = " · ".join(part for part in (by, idea.lens, idea.move) if part)
    numbers = " ".join(f"#{n}" for n in idea.sources)
    return say.gettext("({eyes}) {sources}").format(eyes=eyes, sources=numbers).strip()


def _whose(say: Wording, composer: Composer, idea: Idea) -> None:
    """Who wrote it, in a sentence."""
    if idea.is_question:
        label = say.gettext("Offline: a question to you, not an idea. No AI wrote it.")
    else:
        label = say.gettext("An idea by AI, from your words. Keep it if it is yours.")
    composer.line().line(label, "italic")


def _origin(say: Wording, card: Card, sources: Sequence[Fragment] | None) -> str:
    """What it grew from; "" where the title quotes that and no reason is asked for, or a fragment
    is quoted below."""
    seed, mix = card.expansion.seed, card.expansion.mix
    unquoted = sources is not None and not any(one.has_words for one in sources)
    if mix:
        grew = say.gettext("Mixed from “{seed}” and “{mix}”")
    elif unquoted or not _quotes(card.idea.title, seed):
        grew = say.gettext("From “{seed}”")
    else:
        return ""
    return grew.format(seed=excerpt(seed, SHORT), mix=excerpt(mix, SHORT))


def _quotes(title: str, seed: str) -> bool:
    """Whether a sentence of the seed stands in the title."""
    said = [fold(one).rstrip("。.!！?？…") for one in sentences(seed)]
    return any(one in fold(title) for one in said if one)


def _why(say: Wording, composer: Composer, idea: Idea) -> None:
    """What it is after, what it goes against, through whose eyes."""
    after, works = say.gettext("What it is after"), say.gettext("Why it may work")
    composer.line()
    reasons = [
        (after if idea.is_question else works, idea.mechanism),
        (say.gettext("What it does not take for granted"), idea.assumption),
        (say.gettext("Through whose eyes"), idea.lens),
        (say.gettext("Which move"), idea.move),
    ]
    for label, reason in reasons:
        if reason:
            composer.line(label, "bold").add(f"  {reason}")


def _left(say: Wording, left: int) -> str:
    if left == 1:
        return say.gettext("The last one")
    return say.ngettext("{n} left", "{n} left", left).format(n=left)


def _why_button(
    say: Wording, idea: Idea, place: int, sources: Sequence[Fragment] | None
) -> InlineKeyboardButton:
    if sources is None:
        return button(say.gettext("🔍 Why"), Action.CARD, idea.id, 0, place, 1)
    return button(say.gettext("🔍 Fold up"), Action.CARD, idea.id, 0, place, 0)


def _mix_button(say: Wording, card: tuple[int, int], place: int) -> InlineKeyboardButton:
    return button(say.gettext("🔗 Mix"), Action.MIX, *card, place)


def _gold_rows(
    say: Wording,
    item: Fragment | Idea,
    page: int,
    kept: bool,
    why: list[InlineKeyboardButton],
) -> list[list[InlineKeyboardButton]]:
    card = named(item)
    labels = {
        Mode.ANGLES: say.gettext("✨ Expand"),
        Mode.HOOKS: say.gettext("🪝 Hooks"),
        Mode.TITLES: say.gettext("🏷 Titles"),
        Mode.STORIES: say.gettext("📖 Stories"),
        Mode.VISUALS: say.gettext("🎬 Visuals"),
    }
    grow = [
        button(labels[mode], Action.GROW_AS, *card, number) for number, mode in enumerate(MODES)
    ]
    mix = [_mix_button(say, card, page)]
    mix.append(button(say.gettext("✍ Draft it"), Action.DRAFT_IT, *card))
    if isinstance(item, Fragment) and not item.has_words:  # nothing to grow from yet
        grow, mix = [], []
    label = say.gettext("✓⭐ Take back") if kept else say.gettext("⭐ Keep it")
    star = button(label, Action.STAR, *card, page, 0 if kept else 1)
    back = button(say.gettext("‹ All gold"), Action.GOLD, page)
    return [grow[:3], grow[3:], [*mix, *why], [star, back]]
