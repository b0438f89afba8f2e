"""What a call for a script was given, for asking of an answer whether something stands there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.bans import breaks
from bot.domain.drafts import Line, LineKind, Role
from bot.domain.grounding import Finding, Ruling, check
from bot.domain.numbers import numbers_in
from bot.domain.records import Language
from bot.domain.script import Folded, folded, language_of, locked
from bot.domain.surroundings import stands, unwanted
from bot.domain.words import clauses, sentences, tokens
from bot.engines.answers import Ground
from bot.engines.fitting import fitted
from bot.journey.ports import DraftAsk

_EDGES = " \t\n,，.。、;；:：!！?？…—\"'“”‘’「」『』"


@dataclass(frozen=True)
class Given:
    """The material of one ask."""

    ask: DraftAsk

    @cached_property
    def texts(self) -> dict[int, str]:
        """What each fragment says; a file beside its words has the same number."""
        said: dict[int, str] = {}
        for one in self.ask.material:
            said[one.n] = f"{said[one.n]}\n{one.text}" if one.n in said else one.text
        return said

    @cached_property
    def own(self) -> dict[int, str]:
        """The person's own words among them."""
        return {one.n: one.text for one in self.ask.material if one.own}

    @cached_property
    def shortened(self) -> tuple[int, ...]:
        """Fragments of which the writer saw the beginning only."""
        return tuple(dict.fromkeys(one.n for one, whole in fitted(self.ask.material) if not whole))

    @cached_property
    def ground(self) -> Ground:
        """All numbers and words that were sent."""
        return Ground(frozenset(self.texts), "\n".join((*self.texts.values(), *self.ask.picked)))

    @cached_property
    def language(self) -> Language:
        """What the person writes in, in which script."""
        return language_of("\n".join(self.own.values()), self.ask.language)

    @cached_property
    def names(self) -> frozenset[str]:
        """All words and figures that were sent."""
        return frozenset(tokens(self.ground.words))

    @cached_property
    def figures(self) -> frozenset[str]:
        """All numbers that were sent, by their values; none reaches from one text into the next."""
        texts = (*self.texts.values(), *self.ask.picked)
        return frozenset(value for text in texts for value in numbers_in(text))

    @cached_property
    def _own_texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.ask.material if one.own)

    def said_by(self, sources: Sequence[int]) -> str:
        """Whose words the first of these fragments holds, when they are not the person's."""
        lent = (one for one in self.ask.material if one.n in sources[:1] and not one.own)
        return next((one.source for one in lent), "")

    def borrowed(self, sources: Sequence[int]) -> bool:
        """Whether there are sources, all in other people's words."""
        return bool(sources) and not any(n in self.own for n in sources)

    def stretch(self, quote: str, texts: Iterable[str]) -> str:
        """What of `texts` says the same as `quote`, as it stands there: its script, its width, its
        punctuation. Empty when nothing does."""
        wanted = folded(quote.strip(_EDGES)).text
        for form in map(_folded, texts) if wanted else ():
            at = form.text.find(wanted)
            if at >= 0:
                return form.quote(at, at + len(wanted))
        return ""

    def in_script(self, text: str, sources: Sequence[int]) -> str:
        """`text` in the script of the fragments it cites: Simplified copies of Traditional words
        are turned back, word for word where they stand there."""
        cited = [self.texts[n] for n in sources] or list(self.own.values())
        if any(text in one for one in cited):
            return text
        mended = locked(text, language_of("\n".join(cited), self.language))
        return text if mended == text else self.stretch(text, cited) or mended

    def banned(self, text: str) -> bool:
        """Whether a word or a topic that the person does not want stands in `text`."""
        return bool(breaks(text, self.ask.banned))

    def tags(self, text: str) -> bool:
        """Whether `text` may be a tag: words of one of the person's own fragments, none banned."""
        return stands(text, self._own_texts) and not unwanted(text, self.ask.banned)

    def bears(self, words: str, line: Line) -> bool:
        """Whether `words` say beside a line what its fragments say: next to each other in a clause
        of one of them, or whole clauses, and without a "not" that belongs to them. Other people's
        fragments count for a quotation only."""
        own = line.kind is not LineKind.QUOTED
        texts = [one.text for one in self.ask.material if one.n in line.sources and one.own is own]
        texts += self.ask.picked if line.kind is LineKind.PICKED else ()
        if _beside(words, line.text) and _judged(words, line.text).negation_flips:
            return False
        return any(_borne(words, text) for text in texts)


@lru_cache(maxsize=256)
def _folded(text: str) -> Folded:
    """A fragment is looked into for each line that cites it."""
    return folded(text)


def _borne(words: str, text: str) -> bool:
    found = _judged(words, text)
    whole = found.verdict is Ruling.OWN and found.coverage == 1
    return not found.negation_flips and (whole or _beside(words, text))


def _judged(words: str, text: str) -> Finding:
    return check([Line(Role.EVIDENCE, words, (0,))], {0: text}).findings[0]


def _beside(words: str, text: str) -> bool:
    """Whether `words` stand next to each other in one clause of `text`."""
    said = _key(words)
    return any(said in _key(clause) for one in sentences(text) for clause in clauses(one))


def _key(text: str) -> str:
    """The words of `text` alone, with a blank around each: "art" is not in "start"."""
    return f" {' '.join(tokens(text))} "
