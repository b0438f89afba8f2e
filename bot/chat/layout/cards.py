"""Pages of cards: one expansion, four ideas at a time."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words
from bot.chat.wording import Wording
from bot.domain import panning
from bot.domain.card_numbers import CARDS_A_PAGE, CARDS_A_ROUND
from bot.domain.records import Expansion, Idea, Mode, Verdict
from bot.domain.words import excerpt
from bot.journey.expand import Round

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
        struck = ["strikethrough"] if idea.verdict is Verdict.DROPPED else []
        composer.line().line(f"{place}. ").add(idea.title, *struck)
        composer.line(_tag(say, idea, first), "italic")
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
    dug, duplicates = round.expansion.dug, round.expansion.duplicates
    parts = [_dug(say, round).format(dug=dug)]
    if duplicates:
        dropped = say.ngettext("{n} duplicate dropped", "{n} duplicates dropped", duplicates)
        parts.append(dropped.format(n=duplicates))
    if (left_out := dug - duplicates - len(round.ideas)) > 0:
        parts.append(_left_out(say, round, left_out).format(n=left_out))
    parts.append(say.gettext("page {page}/{pages}").format(page=number + 1, pages=pages(round)))
    if kept := len(panning.starred(round.ideas)):
        parts.append(say.ngettext("{n} kept", "{n} kept", kept).format(n=kept))
    return " · ".join(parts)


def _dug(say: Wording, round: Round) -> str:
    """What was asked for, and that it was found."""
    dug = round.expansion.dug
    if all(idea.by == "offline" for idea in round.ideas):
        return say.ngettext("{dug} question", "{dug} questions", dug)
    match round.expansion.mode:
        case Mode.ANGLES:
            return say.gettext("{dug} dug")
        case Mode.HOOKS:
            return say.ngettext("{dug} hook dug", "{dug} hooks dug", dug)
        case Mode.TITLES:
            return say.ngettext("{dug} title dug", "{dug} titles dug", dug)
        case Mode.STORIES:
            return say.ngettext("{dug} story dug", "{dug} stories dug", dug)
        case Mode.VISUALS:
            return say.ngettext("{dug} picture dug", "{dug} pictures dug", dug)


def _left_out(say: Wording, round: Round, left_out: int) -> str:
    """Why there are fewer cards: so many of one pair of eyes, or of all, are enough."""
    if len(round.ideas) < CARDS_A_ROUND:
        return say.ngettext(
            "{n} more through the same eyes left out",
            "{n} more through the same eyes left out",
            left_out,
        )
    return say.ngettext("{n} more left out", "{n} more left out", left_out)


def _tag(say: Wording, idea: Idea, first: int) -> str:
    """Whose eyes, which move, from which fragments; the card before it on the page, which begins at
    position `first`, that it resembles; and in words what is struck through."""
    eyes = " · ".join(part for part in (idea.lens, idea.move) if part)
    sources = " ".join(f"#{n}" for n in idea.sources)
    tag = [say.gettext("({eyes}) {sources}").format(eyes=eyes, sources=sources).strip()]
    if idea.stack is not None and first <= idea.stack < idea.position:
        place = idea.stack - first + 1
        tag.append(say.gettext("≈ {place} (much alike)").format(place=place))
    if idea.verdict is Verdict.DROPPED:
        tag.append(say.gettext("dropped"))
    return " · ".join(tag)


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
    """It carries what a tap makes of the card, so that the same tap twice is the same as once."""
    emoji, action = ("⭐", Action.KEEP) if verdict is Verdict.KEPT else ("🤨", Action.MAYBE)
    if idea.verdict is verdict:
        return button(f"✓{place}{emoji}", Action.TAKE_BACK, idea.id)
    return button(f"{place}{emoji}", action, idea.id)


def _turning(
    say: Wording, round: Round, number: int, cards: list[Idea]
) -> list[InlineKeyboardButton]:
    """Three buttons: the rest away, the next page (from the last one back to the first), again."""
    expansion = round.expansion.id
    row = []
    if not panning.is_over(cards):
        row.append(button(say.gettext("🗑 Drop the rest"), Action.DROP_REST, expansion, number))
    elif (by := panning.dropped_last(cards)) is not None:
        label = say.gettext("✓🗑 Bring back")
        row.append(button(label, Action.BRING_BACK, expansion, number, by))
    if pages(round) > 1:
        last = number + 1 == pages(round)
        label = say.gettext("‹ First page") if last else say.gettext("Next page ›")
        row.append(button(label, Action.PAGE, expansion, 0 if last else number + 1))
    row.append(button(say.gettext("🎲 Other eyes"), Action.AGAIN, expansion))
    return row
