"""Pages of cards: one expansion, four ideas at a time."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.account import account, notes
from bot.chat.layout.cutting import MOST_TITLE
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain import panning
from bot.domain.card_numbers import CARDS_A_PAGE
from bot.domain.records import Expansion, Idea, Verdict
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
    mixed = not all(idea.is_question for idea in round.ideas)
    composer = Composer().add(_header(say, round, number), "bold")
    for place, idea in enumerate(cards, start=1):
        struck = ["strikethrough"] if idea.verdict is Verdict.DROPPED else []
        composer.line().line(f"{place}. ").add(excerpt(idea.title, MOST_TITLE), *struck)
        tag = _tag(say, idea, first)
        if idea.is_question and mixed:
            tag = say.gettext("question · {tag}").format(tag=tag)
        composer.line(tag, "italic")
    for note in notes(say, round, cards):
        composer.line().line(note, "italic")
    return composer.letter().under(*_keyboard(say, round, number, cards))


def preview(head: str, titles: list[str]) -> str:
    """What is shown while ideas are still coming in."""
    return "\n".join([head, *(f"· {title}" for title in titles)])


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
    """What became of all that was dug, on the first page; and where this page stands."""
    parts = [] if number else account(say, round)
    parts.append(say.gettext("page {page}/{pages}").format(page=number + 1, pages=pages(round)))
    if kept := len(panning.starred(round.ideas)):
        parts.append(say.ngettext("{n} kept", "{n} kept", kept).format(n=kept))
    return " · ".join(parts)


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
