"""What a call for a script was given, for asking of an answer whether something stands there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.records import Language
from bot.domain.script import Folded, folded, language_of, locked
from bot.domain.words import tokens
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
    def _own_key(self) -> str:
        return key("\n".join(self.own.values()))

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
        said = key(text)
        return any(word.strip() and word in said for word in map(key, self.ask.banned))

    def in_own_words(self, text: str) -> bool:
        """Whether `text` stands in the person's own fragments, word by word."""
        return bool(text.strip()) and key(text) in self._own_key


@lru_cache(maxsize=256)
def _folded(text: str) -> Folded:
    """A fragment is looked into for each line that cites it."""
    return folded(text)


def key(text: str) -> str:
    """The words of `text` alone, with a blank around each: "art" is not in "start"."""
    return f" {' '.join(tokens(text))} "
