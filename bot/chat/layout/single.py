"""One card alone: an idea on the walk through the backlog, or a piece of gold."""

from collections.abc import Mapping, Sequence

from babel.dates import format_date
from telegram import InlineKeyboardButton

from bot.chat.buttons import MODES, VERDICTS, Action, button
from bot.chat.layout.cutting import MOST_UNITS
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.lists import ROOM, all_told, named, told
from bot.chat.wording import Wording
from bot.domain import excerpts
from bot.domain.records import Fragment, Idea, Mode, Person, Verdict
from bot.domain.script import fold
from bot.domain.words import excerpt, sentences
from bot.journey.backlog import Card

# Of a seed so much tells which one is meant; of a source so much, what was meant with it.
SHORT, QUOTED = 60, 240
A_ROW = 4


def on_walk(
    say: Wording, card: Card, walk: int, sources: Sequence[Fragment] | None = None
) -> Letter:
    """The card a walk stands at, and what can be decided; with its `sources` it says why."""
    facts = [_left(say, card.left)]
    if card.back_after:
        back = say.ngettext("↩︎ back after {n} day", "↩︎ back after {n} days", card.back_after)
        facts.append(back.format(n=card.back_after))
    composer = Composer().add(" · ".join(facts), "italic")
    _idea(say, composer.line(), card, sources)
    idea = card.idea.id
    decide = [
        button(emoji, Action.DECIDE, idea, VERDICTS.index(verdict), walk)
        for emoji, verdict in (("⭐", Verdict.KEPT), ("🤨", Verdict.MAYBE), ("🗑", Verdict.DROPPED))
    ]
    more = [_why_button(say, card.idea, walk, sources), _mix_button(say, (idea, 0), walk)]
    return composer.letter().under([*decide, button("↩︎", Action.UNDO, walk)], more)


def panned(say: Wording, decided: Mapping[Verdict, int], walk: int) -> Letter:
    """The end of a walk, which can still be taken back; or that there was nothing to walk
    through."""
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
    composer.line(card.idea.title, "bold")
    if sources is None:
        _origin(say, composer, card)
    else:
        _why(say, composer, card.idea, sources)
    composer.line()
    if card.idea.by == "offline":
        label = say.gettext("Offline: a question to you, not an idea. No AI wrote it.")
    else:
        label = say.gettext("An idea by AI, from your words. Keep it if it is yours.")
    composer.line(label, "italic")


def _origin(say: Wording, composer: Composer, card: Card) -> None:
    """Whose eyes, which move, which fragments; and the seed, unless the title quotes it."""
    idea, seed, mix = card.idea, card.expansion.seed, card.expansion.mix
    eyes = " · ".join(part for part in (idea.lens, idea.move) if part)
    numbers = " ".join(f"#{n}" for n in idea.sources)
    composer.line(say.gettext("({eyes}) {sources}").format(eyes=eyes, sources=numbers).strip())
    grew = ""
    if mix:
        grew = say.gettext("Mixed from “{seed}” and “{mix}”")
    elif not _quotes(idea.title, seed):
        grew = say.gettext("From “{seed}”")
    if grew:
        composer.line(grew.format(seed=excerpt(seed, SHORT), mix=excerpt(mix, SHORT)))


def _quotes(title: str, seed: str) -> bool:
    """Whether a sentence of the seed stands in the title."""
    said = [fold(one).rstrip("。.!！?？…") for one in sentences(seed)]
    return any(one in fold(title) for one in said if one)


def _why(say: Wording, composer: Composer, idea: Idea, sources: Sequence[Fragment]) -> None:
    """What it is after, what it goes against, whose words it stands on."""
    after, works = say.gettext("What it is after"), say.gettext("Why it may work")
    composer.line()
    reasons = [
        (after if idea.by == "offline" else works, idea.mechanism),
        (say.gettext("What it does not take for granted"), idea.assumption),
        (say.gettext("Through whose eyes"), idea.lens),
        (say.gettext("Which move"), idea.move),
    ]
    for label, reason in reasons:
        if reason:
            composer.line(label, "bold").add(f"  {reason}")
    for one in sources:
        if one.has_words:
            theirs = say.gettext("#{n} (someone else's words) {text}")
            quote = "#{n} {text}" if one.own else theirs
            composer.quote(quote.format(n=one.n, text=excerpt(excerpts.of(one), QUOTED)))


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
    if isinstance(item, Fragment) and not item.has_words:  # nothing to grow from yet
        grow, mix = [], []
    label = say.gettext("✓⭐ Take back") if kept else say.gettext("⭐ Keep it")
    star = button(label, Action.STAR, *card, page, 0 if kept else 1)
    back = button(say.gettext("‹ All gold"), Action.GOLD, page)
    return [grow[:3], grow[3:], [*mix, *why], [star, back]]
