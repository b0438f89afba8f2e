"""Lists of what is kept: gold, and what /find found."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.cutting import MOST_UNITS, units
from bot.chat.layout.digest import icon
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain import excerpts
from bot.domain.records import Fragment, Idea, Kind
from bot.domain.words import excerpt

GOLD_A_PAGE = 5
MOST_FOUND = 10
# Ours: UTF-16 units left for a list's head, numbers and hints.
ROOM = 400
# Of a document or a page the beginning is told.
MOST_BORROWED = 300
MOST_TAGS = 100  # ours: with tags of ten letters less than half of a message


def gold(say: Wording, items: Sequence[Fragment | Idea], number: int) -> Letter:
    """One page of gold, newest first, counted from 0; each item can be opened."""
    if not items:
        return Letter(
            say.gettext("No gold yet. Tap ⭐ under an idea, or reply ⭐ to something you sent.")
        )
    pages = -(-len(items) // GOLD_A_PAGE)
    number = min(number, pages - 1)
    shown = items[number * GOLD_A_PAGE : (number + 1) * GOLD_A_PAGE]
    head = say.ngettext("⭐ {n} grain of gold", "⭐ {n} grains of gold", len(items))
    composer = Composer().add(head.format(n=len(items)), "bold")
    for place, told in enumerate(all_told(say, shown), start=1):
        composer.line().line(f"{place}. {told}")
    composer.line().line(say.gettext("Tap a number: expand it, or mix it with another."), "italic")
    opens = [
        button(str(place), Action.CARD, *named(item), number, 0)
        for place, item in enumerate(shown, start=1)
    ]
    return composer.letter().under(opens, _turning(number, pages))


def found(say: Wording, words: str, fragments: Sequence[Fragment]) -> Letter:
    """The newest fragments that hold the words."""
    if not fragments:
        return Letter(say.gettext("Nothing of yours holds “{words}”.").format(words=words))
    head = say.ngettext("{n} fragment", "{n} fragments", len(fragments))
    composer = Composer().add(head.format(n=len(fragments)), "bold")
    for told in all_told(say, fragments[:MOST_FOUND]):
        composer.line().line(told)
    if len(fragments) > MOST_FOUND:
        composer.line().line(
            say.gettext("These are the newest {n}; one more word narrows it down.").format(
                n=MOST_FOUND
            ),
            "italic",
        )
    return composer.letter()


def tags(say: Wording, used: Sequence[tuple[str, int]]) -> Letter:
    """The person's tags, each with the number of fragments it stands in."""
    if not used:
        return Letter(
            say.gettext("No tags yet. Write #metro in a text, and /find #metro finds it.")
        )
    shown = " · ".join(f"#{tag} {n}" for tag, n in used[:MOST_TAGS])
    return Letter(shown if len(used) <= MOST_TAGS else f"{shown} · …")


def named(item: Fragment | Idea) -> tuple[int, int]:
    """What buttons call it."""
    return (item.id, 0) if isinstance(item, Idea) else (0, item.n)


def all_told(say: Wording, items: Sequence[Fragment | Idea]) -> list[str]:
    """The items as they are, or each by its beginning when they would not fit one message."""
    whole = [told(say, item) for item in items]
    if len(whole) < 2 or sum(map(units, whole)) < MOST_UNITS - ROOM:
        return whole
    return [excerpt(one, (MOST_UNITS - ROOM) // 2 // len(whole)) for one in whole]


def told(say: Wording, item: Fragment | Idea) -> str:
    """An item in words."""
    if isinstance(item, Idea):
        sources = " ".join(f"#{n}" for n in item.sources)
        return f"{item.title} {sources}".rstrip()
    if not item.has_words:
        return f"#{item.n} {icon(item.kind)}"
    if item.own:
        return f"#{item.n} {item.text}"
    return f"#{item.n} {_whose(say, item)} {excerpts.of(item, max_chars=MOST_BORROWED)}"


def _whose(say: Wording, fragment: Fragment) -> str:
    """A mark for words that are not the person's: from where, and whether a machine said them."""
    if fragment.kind is not Kind.TEXT:
        seen = say.gettext("(seen by AI)") if fragment.described_by else ""
        return f"{icon(fragment.kind)} {seen}".rstrip()
    return f"↪ {fragment.source}:" if fragment.source else "↪"


def _turning(number: int, pages: int) -> list[InlineKeyboardButton]:
    row = []
    if number > 0:
        row.append(button("‹", Action.GOLD, number - 1))
    if number + 1 < pages:
        row.append(button("›", Action.GOLD, number + 1))
    return row
