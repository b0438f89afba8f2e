"""From a recogniser's answer to what a person reads, the same for every listener."""

from collections.abc import Iterable

from bot.domain.heard import Heard, Nothing, joined, nothing_in, storable, words_of
from bot.domain.records import Language
from bot.domain.script import locked
from bot.engines.ears import Listened


def heard(
    texts: Iterable[str],
    listened: Listened,
    *,
    language: Language,
    by: str,
) -> Heard:
    """The words in `language`'s script, or why there are none."""
    raw = joined(storable(text).strip() for text in texts)
    words = words_of(raw)
    nothing = nothing_in(words, listened.heard_s) if listened.voice else Nothing.NO_VOICE
    return Heard(
        text="" if nothing else locked(words, language),
        raw=raw,
        duration_s=listened.heard_s,
        by=by,
        partial=listened.shortfall,
        nothing=nothing,
    )
