"""The writer that needs no key and no network: it asks, and it assembles.

It never pretends to have ideas. Its cards are questions that quote the person; its drafts are the
person's sentences, verbatim. The same request always gets the same answer.
"""

import zlib
from collections.abc import AsyncGenerator, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TypeVar

from bot.domain.records import Language
from bot.domain.script import fold, language_of
from bot.domain.words import clauses, content_words, excerpt, is_blank, is_thin, keywords, sentences
from bot.engines.assemble import assemble
from bot.engines.prompts import PromptLibrary
from bot.engines.questions import Card, Questions, load_questions
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, IdeaSketch, Material

CARDS = 12
"""Cards a round, forced link included: three pages of four (docs/science.md, "Pan")."""

QUOTE_CHARS = {Language.ZH_HANT: 26, Language.ZH_HANS: 26, Language.EN: 64}
"""How much of the person's words a card quotes, so that it stays readable on a phone."""

LINK_PLACE = 2
"""The forced link is dealt third: seen on the first page, after two cards about the seed alone."""

_DISTANT = 6  # a forced link takes turns among this many fragments
_PASSAGES, _WORDS = 4, 4  # of a long seed, so that its cards stay about what matters in it

T = TypeVar("T")


class OfflineWriter:
    """Implements `Writer` and `Interviewer`."""

    name = "offline"

    def __init__(self, library: PromptLibrary) -> None:
        self._questions = load_questions(library)

    async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        """Question cards, `CARDS` at most; none for a blank seed or when every one was shown."""
        if is_blank(ask.seed):
            return
        for sketch in _round(ask, self._questions[ask.language]):
            yield sketch

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        """A script of own sentences, word for word; None when the day does not carry one."""
        return assemble(ask)

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        """One question: about the person's words, or about what they sent when there are none."""
        questions = self._questions[language]
        if is_blank(about):
            return questions.nothing[turn % len(questions.nothing)]
        template = questions.about[(_hash(about) + turn) % len(questions.about)]
        words = _passages(about)
        return template.format(quote=questions.quoted(words[turn % len(words)]))


def _round(ask: ExpandAsk, questions: Questions) -> list[IdeaSketch]:
    link = next(_links(ask, questions), None)
    cards = list(islice(_cards(ask, questions), CARDS - (link is not None)))
    return cards[:LINK_PLACE] + ([link] if link else []) + cards[LINK_PLACE:]


def _cards(ask: ExpandAsk, questions: Questions) -> Iterator[IdeaSketch]:
    """Every card once, from where the last round stopped. A card that comes round again asks about
    another passage and another word."""
    deck = _dealt(questions.cards, _hash(ask.seed))
    passages, words = _passages(ask.seed), _words(ask)
    again = list(dict.fromkeys([*passages, *_passages(ask.seed, finer=True)]))
    first = ask.round * (CARDS - 1)
    for place in range(first, first + len(deck)):
        lap, at = divmod(place, len(deck))
        quotes = again if lap else passages
        quote, word = (
            quotes[(at + lap) % len(quotes)],
            (words or quotes)[place % len(words or quotes)],
        )
        yield from _sketch(ask, questions, deck[at], quote=quote, word=word)


def _links(ask: ExpandAsk, questions: Questions) -> Iterator[IdeaSketch]:
    """Forced links with the most distant of the person's own fragments, taking turns."""
    distant = _distant(ask)
    quote = _passages(ask.seed)[0]
    for turn in range(ask.round, ask.round + len(distant) * bool(questions.links)):
        other = distant[turn % len(distant)]
        card = questions.links[(_hash(ask.seed) + turn) % len(questions.links)]
        yield from _sketch(
            ask, questions, card, (other.n,), quote=quote, other=_passages(other.text)[0]
        )


def _sketch(
    ask: ExpandAsk, questions: Questions, card: Card, linked: tuple[int, ...] = (), **words: str
) -> Iterator[IdeaSketch]:
    """The card about these words, unless the person saw that very question before."""
    title = card.ask.format_map({name: questions.quoted(said) for name, said in words.items()})
    seed = () if ask.seed_n is None else (ask.seed_n,)
    if title not in ask.shown:
        yield IdeaSketch(title, card.lens, card.move, card.how, (*seed, *linked))


def _dealt(cards: Sequence[Card], turn: int) -> list[Card]:
    """The cards in rotation, one of each move after the other, so that a page holds all kinds."""
    by_move: dict[str, list[Card]] = {}
    for card in cards:
        by_move.setdefault(card.move, []).append(card)
    suits = [_rotated(suit, turn) for suit in _rotated(list(by_move.values()), turn)]
    return [card for row in zip_longest(*suits) for card in row if card is not None]


def _distant(ask: ExpandAsk) -> list[Material]:
    """Own fragments with something in them, the fewest words shared with the seed first."""
    near = {fold(word) for word in content_words(ask.seed)}

    def closeness(other: Material) -> tuple[int, int]:
        words = {fold(word) for word in content_words(other.text)}
        return len(words & near), -len(words)

    others = [
        other
        for other in ask.material
        if other.own and other.n != ask.seed_n and fold(other.text) != fold(ask.seed)
    ]
    return sorted((o for o in others if not is_thin(o.text)), key=closeness)[:_DISTANT]


def _passages(text: str, *, finer: bool = False) -> list[str]:
    """What a card may quote of a text, richest first: all of it if it is short, else its sentences
    (`finer`: its clauses), cut to a length that reads well."""
    max_chars = QUOTE_CHARS[language_of(text, Language.EN)]
    pieces = sentences(text)
    if finer:
        pieces = [clause for sentence in pieces for clause in clauses(sentence)]
    elif len(text.strip()) <= max_chars and "\n" not in text.strip():
        pieces = [text]
    rich = sorted(pieces, key=lambda piece: -len(set(content_words(piece))))[:_PASSAGES]
    return [excerpt(piece, max_chars).rstrip(" 。.,，、;；:：") or piece.strip() for piece in rich]


def _words(ask: ExpandAsk) -> list[str]:
    """The words a card may ask about; a single Chinese character reads badly alone."""
    found = keywords(ask.seed, [item.text for item in ask.material if item.own], limit=_WORDS)
    return [word for word in found if len(word) > 1]


def _rotated(items: list[T], by: int) -> list[T]:
    cut = by % len(items)
    return items[cut:] + items[:cut]


def _hash(text: str) -> int:
    """A number that is the same for this text on every machine and in every process."""
    return zlib.crc32(fold(text).encode())
