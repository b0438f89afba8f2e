"""Pages of cards: one expansion, four ideas at a time."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words
from bot.chat.wording import Wording
from bot.domain.records import Expansion, Idea, Verdict
from bot.domain.words import excerpt
from bot.journey.expand import Round
from bot.journey.pan import CARDS_A_PAGE

# Of a seed, so much tells the person which one is meant.
SHORT = 60


def pages(round: Round) -> int:
    """How many pages the cards of a round fill."""
    return -(-len(round.ideas) // CARDS_A_PAGE)


def page(say: Wording, round: Round, number: int) -> Letter:
    """One page of cards, counted from 0, with its buttons."""
    first = number * CARDS_A_PAGE
    cards = round.ideas[first : first + CARDS_A_PAGE]
    composer = Composer().add(_header(say, round, number), "bold")
    for place, idea in enumerate(cards, start=1):
        composer.line().line(f"{place}. {idea.title}").line(_tag(say, idea), "italic")
    for note in _notes(say, round.expansion, cards):
        composer.line().line(note, "italic")
    return composer.letter().under(*_keyboard(say, round, number, cards))


def preview(say: Wording, titles: list[str]) -> str:
    """What is shown while ideas are still coming in."""
    lines = [say.gettext("⛏ Digging …"), *(f"· {title}" for title in titles)]
    return "\n".join(lines)


def nothing(say: Wording, expansion: Expansion) -> Letter:
    """A round that left no card."""
    text = say.gettext(
        "{dug} dug, and every one of them you have seen before. "
        "Your words are kept; add a thought and send /expand again."
    ).format(dug=expansion.dug)
    return Letter(text)


def question(say: Wording, question: str) -> Letter:
    """What is asked about a seed that is too thin to grow from."""
    hint = say.gettext("Reply to this with a line, and I dig.")
    return Letter(f"{question}\n\n{hint}")


def heading(expansion: Expansion) -> str:
    """What a round is called."""
    return f"⛏ {excerpt(expansion.seed, SHORT)}"


def show_button(say: Wording, expansion: Expansion) -> InlineKeyboardButton:
    """Shows a round once more."""
    return button(say.gettext("Show it"), Action.SHOW_CARDS, expansion.id)


def _header(say: Wording, round: Round, number: int) -> str:
    if all(idea.by == "offline" for idea in round.ideas):
        head = say.ngettext("{dug} question", "{dug} questions", round.expansion.dug)
    else:
        head = say.gettext("{dug} dug")
    parts = [head.format(dug=round.expansion.dug)]
    if round.expansion.duplicates:
        dropped = say.ngettext(
            "{n} duplicate dropped", "{n} duplicates dropped", round.expansion.duplicates
        )
        parts.append(dropped.format(n=round.expansion.duplicates))
    crowded = round.expansion.dug - round.expansion.duplicates - len(round.ideas)
    if crowded > 0:
        more = say.ngettext(
            "{n} more through the same eyes left out",
            "{n} more through the same eyes left out",
            crowded,
        )
        parts.append(more.format(n=crowded))
    parts.append(say.gettext("page {page}/{pages}").format(page=number + 1, pages=pages(round)))
    return " · ".join(parts)


def _tag(say: Wording, idea: Idea) -> str:
    eyes = " · ".join(part for part in (idea.lens, idea.move) if part)
    sources = " ".join(f"#{n}" for n in idea.sources)
    return say.gettext("({eyes}) {sources}").format(eyes=eyes, sources=sources).strip()


def _notes(say: Wording, expansion: Expansion, cards: list[Idea]) -> list[str]:
    offline = any(idea.by == "offline" for idea in cards)
    notes = []
    if expansion.trouble and offline:
        notes.append(trouble_in_words(say, expansion.trouble))
    elif expansion.trouble:
        notes.append(say.gettext("Claude broke off early; this is what had arrived."))
    if offline:
        notes.append(
            say.gettext("Offline: these are questions to you, not ideas. No AI wrote them.")
        )
    else:
        notes.append(say.gettext("Ideas by AI, from your words. Keep what is yours."))
    return notes


def _keyboard(
    say: Wording, round: Round, number: int, cards: list[Idea]
) -> list[list[InlineKeyboardButton]]:
    return [
        [_verdict(place, idea, Verdict.KEPT) for place, idea in enumerate(cards, start=1)],
        [_verdict(place, idea, Verdict.MAYBE) for place, idea in enumerate(cards, start=1)],
        _turning(say, round, number, cards),
    ]


def _verdict(place: int, idea: Idea, verdict: Verdict) -> InlineKeyboardButton:
    emoji, action = ("⭐", Action.KEEP) if verdict is Verdict.KEPT else ("🤨", Action.MAYBE)
    chosen = "✓" if idea.verdict is verdict else ""
    return button(f"{chosen}{place}{emoji}", action, idea.id)


def _turning(
    say: Wording, round: Round, number: int, cards: list[Idea]
) -> list[InlineKeyboardButton]:
    """Three buttons: the rest away, the next page (from the last one back to the first), again."""
    expansion = round.expansion.id
    dropped = any(idea.verdict is Verdict.DROPPED for idea in cards)
    undecided = any(idea.verdict is Verdict.NEW for idea in cards)
    row = []
    if undecided or dropped:
        label = say.gettext("🗑 Drop the rest") if undecided else say.gettext("✓🗑 Bring back")
        row.append(button(label, Action.DROP_REST, expansion, number))
    if pages(round) > 1:
        last = number + 1 == pages(round)
        label = say.gettext("‹ First page") if last else say.gettext("Next page ›")
        row.append(button(label, Action.PAGE, expansion, 0 if last else number + 1))
    row.append(button(say.gettext("🎲 Other eyes"), Action.AGAIN, expansion))
    return row
