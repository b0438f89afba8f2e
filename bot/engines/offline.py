"""The writer that needs no key and no network: it asks, and it assembles.

It never pretends to have ideas. Its cards are questions that quote the person; its drafts are the
person's sentences, verbatim. The same request always gets the same answer.
"""

import asyncio
import zlib
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TypeVar

from bot.domain import modes, taste
from bot.domain.drafts import Line
from bot.domain.records import Language, Mode
from bot.domain.script import fold
from bot.domain.words import content_words, is_blank, is_thin
from bot.engines.angles import Move, read_moves
from bot.engines.assemble import assemble
from bot.engines.prompts import PromptLibrary
from bot.engines.questions import Card, LinkCard, Questions, load_questions
from bot.engines.quoting import nouns, passages
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, Fault, IdeaSketch, Material

CARDS = 12
"""Cards a round, forced link included: three pages of four (docs/science.md, "Pan")."""

CARDS_A_LOOK = 5
"""As many as one call to a model gives (docs/science.md, "Expand")."""

LINK_PLACE = 2
"""The forced link is dealt third: seen on the first page, after two cards about the seed alone."""

_DISTANT = 6  # a forced link takes turns among this many fragments

T = TypeVar("T")


class OfflineWriter:
    """Implements `Writer` and `Interviewer`."""

    name = "offline"

    def __init__(self, library: PromptLibrary) -> None:
        self._questions = load_questions(library)
        self._moves = {move.id: move for move in read_moves(library)}

    async def expand(self, ask: ExpandAsk) -> AsyncGenerator[IdeaSketch, None]:
        """Question cards, `CARDS` at most; none for a blank seed or when every one was shown."""
        if is_blank(ask.seed):
            return
        for sketch in _Deal(ask, self._questions[ask.language], self._moves).round():
            yield sketch

    async def draft(self, ask: DraftAsk) -> DraftSketch | None:
        """A script of own sentences, word for word; None when the day does not carry one."""
        # Hundreds of fragments take a while to compare; captures must not wait for that.
        return await asyncio.to_thread(assemble, ask)

    async def repair(self, _ask: DraftAsk, _faults: Sequence[Fault]) -> Mapping[int, Line]:
        """Nothing: its lines are word for word, and one that does not hold has no better one."""
        return {}

    def question(self, about: str, language: Language, *, turn: int = 0) -> str:
        """One question: about the person's words, or about what they sent when there are none."""
        questions = self._questions[language]
        if is_blank(about):
            return questions.nothing[turn % len(questions.nothing)]
        template = questions.about[(_hash(about) + turn) % len(questions.about)]
        words = passages(about)
        return template.format(quote=questions.quoted(words[turn % len(words)]))


@dataclass(frozen=True, slots=True)
class _Deal:
    """The cards of one request."""

    ask: ExpandAsk
    questions: Questions
    moves: Mapping[str, Move]

    def round(self) -> list[IdeaSketch]:
        """Those made for the mode and no others, about other passages each round; angles when the
        person saw them all."""
        room = min(CARDS, CARDS_A_LOOK * self.ask.looks)
        if not is_blank(self.ask.mix):
            return list(islice(self._mixed(), room))
        angles = self.questions.of(Mode.ANGLES)
        if self.ask.mode is Mode.ANGLES:
            link = list(islice(self._links(), 1))
            cards = list(islice(self._asked(angles, step=CARDS - 1), room - len(link)))
            return cards[:LINK_PLACE] + link + cards[LINK_PLACE:]
        own = self.questions.of(self.ask.mode)
        cards = list(islice(self._asked(own, step=len(own)), room))
        return cards or list(islice(self._asked(angles, step=CARDS - 1), room))

    def _asked(self, cards: Sequence[Card], *, step: int) -> Iterator[IdeaSketch]:
        """Each of `cards` once, from where the last round stopped after `step` of them. One that
        comes round again asks about another passage and another word."""
        first = self.ask.round * step
        seed, deck = self.ask.seed, self._dealt(cards)
        words = nouns(seed, [item.text for item in self.ask.material if item.own])
        whole = passages(seed)
        again = list(dict.fromkeys([*whole, *passages(seed, finer=True)]))
        for place in range(first, first + len(deck)):
            lap, at = divmod(place, len(deck))
            if deck[at].needs_word and not words:
                continue
            quotes = again if lap else whole
            word = words[place % len(words)] if words else ""
            quote = next(filter(deck[at].fits, _rotated(quotes, at + lap)), None)
            if quote is not None:
                yield from self._sketch(deck[at], quote=quote, word=word)

    def _dealt(self, cards: Sequence[Card]) -> list[Card]:
        """The cards with one of each move after the other, so that a page holds all kinds: what was
        tried least first, then what the person keeps."""
        by_move: dict[str, list[Card]] = {}
        for card in cards:
            by_move.setdefault(card.move, []).append(card)
        turn = _hash(self.ask.seed)
        order = taste.deal([*by_move], len(by_move), self.ask.taste.moves, turn=str(turn))
        suits = [_rotated(by_move[move], turn) for move in order]
        return [card for row in zip_longest(*suits) for card in row if card is not None]

    def _links(self) -> Iterator[IdeaSketch]:
        """Forced links with the most distant of the person's own fragments, taking turns."""
        distant = _distant(self.ask)
        quote = passages(self.ask.seed)[0]
        for turn in range(self.ask.round, self.ask.round + len(distant)):
            other = distant[turn % len(distant)]
            card = self._link_card(turn)
            yield from self._sketch(card, other.n, quote=quote, other=passages(other.text)[0])

    def _mixed(self) -> Iterator[IdeaSketch]:
        """Forced links of the two things, each time about other passages of them."""
        quotes, others = passages(self.ask.seed), passages(self.ask.mix)
        for turn in range(len(self.questions.links) * len(quotes) * len(others)):
            at = turn + self.ask.round
            quote, other = quotes[at % len(quotes)], others[at // len(quotes) % len(others)]
            yield from self._sketch(self._link_card(turn), self.ask.mix_n, quote=quote, other=other)

    def _link_card(self, turn: int) -> LinkCard:
        links = self.questions.links
        return links[(_hash(self.ask.seed) + turn) % len(links)]

    def _sketch(self, card: Card, linked: int | None = None, **words: str) -> Iterator[IdeaSketch]:
        """The card about these words, unless the person saw that very question before."""
        quoted = {name: self.questions.quoted(said) for name, said in words.items()}
        title = card.ask.format_map(quoted)
        if title not in self.ask.shown:
            yield IdeaSketch(
                title=title,
                lens=card.lens,
                move=self.moves[card.move].label[self.ask.language],
                mechanism=card.how,
                sources=tuple(n for n in (self.ask.seed_n, linked) if n is not None),
                prompt=modes.question(card.mode),
                move_id=card.move,
            )


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


def _rotated(items: list[T], by: int) -> list[T]:
    cut = by % len(items)
    return items[cut:] + items[:cut]


def _hash(text: str) -> int:
    """A number that is the same for this text on every machine and in every process."""
    return zlib.crc32(fold(text).encode())
