"""What a listener made of a recording, and when its words are no evidence that anybody spoke."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from math import ceil
from operator import eq

from bot.domain.script import HAN
from bot.domain.words import speaking_seconds


class Shortfall(StrEnum):
    """Why a recording was heard only in part."""

    BROKEN_OFF = "broken_off"  # the file ends before the recording does, or is damaged
    TOO_LONG = "too_long"  # it goes on, but nobody listens that long


class Nothing(StrEnum):
    """Why a recording has no words."""

    NO_VOICE = "no_voice"  # silence, noise or music
    NO_WORDS = "no_words"  # a voice perhaps, but the recogniser made nothing of it
    ONE_THING = "one_thing"  # one phrase over and over, as recognisers do when they hear nothing
    TOO_MUCH = "too_much"  # more than anybody says in that time


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording as words. `raw` is what the recogniser gave, `text` the same in the person's
    script: that one is shown. `nothing` says why `text` is empty, None when it is not."""

    text: str
    raw: str
    duration_s: float  # how much of it was listened to
    by: str  # the listener, and its model
    partial: Shortfall | None = None
    nothing: Nothing | None = None


_TAG = re.compile(r"<\|[^|<>]*\|>")
# What SenseVoice puts beside the words for a mood or a noise (its own table, in FunASR's
# rich_transcription_postprocess), with the selector that some of them carry.
_SIGNS = re.compile("[😊😔😡😰🤢😮🎼👏😀😭🤧😷❓]\ufe0f?")
_ASIDE = re.compile(r"\[[^][]*\]|\([^()]*\)|（[^（）]*）|【[^【】]*】")  # [Music]: nobody speaks so
_WIDE = f"[{HAN}\u3000-\u30ff\uff00-\uffef]"
_MANY_TIMES = 8  # ours: a person says "no no no no", and means it
_FASTEST = 4.0  # ours: of an easy pace; auctioneers reach half of that
_LONGEST_PHRASE = 40  # ours: words or characters; recognisers repeat a sentence, not a page
_MOST_CHARS = 200_000  # ours: two hours, the most that is heard, of the quickest speaker in English
_MOST = 0.8  # ours: the share of a text that one phrase may not make up


def words_of(text: str) -> str:
    """A recogniser's answer without its marks for language, mood and noises."""
    return " ".join(_SIGNS.sub("", _TAG.sub("", text)).split())


def storable(text: str) -> str:
    """`text` without what no database or message can hold: halves of characters, control codes."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(char for char in whole if char >= " " or char in "\n\t")


def nothing_in(words: str, duration_s: float) -> Nothing | None:
    """Why the words for a recording of this length are no evidence of speech, None if they are.

    By their form and amount alone: "please subscribe" is what creators really say.
    """
    if len(words) > _MOST_CHARS:  # before anything reads all of it
        return Nothing.TOO_MUCH
    if not any(char.isalnum() for char in _ASIDE.sub("", words)):
        return Nothing.NO_WORDS
    if speaking_seconds(words) > _FASTEST * (duration_s + 1):
        return Nothing.TOO_MUCH
    return Nothing.ONE_THING if _says_one_thing(words) else None


def joined(texts: Iterable[str]) -> str:
    """What was said in one breath and cut for the recogniser's sake; Chinese takes no blank."""
    whole = ""
    for text in filter(None, texts):
        close = re.search(f"{_WIDE}$", whole) or re.match(_WIDE, text)
        whole += text if close or not whole else f" {text}"
    return whole


def _says_one_thing(text: str) -> bool:
    """Whether one phrase, over and over, makes up nearly all of `text`."""
    units = re.findall(f"[{HAN}\u3040-\u30ff]|[^\\W_]+", text.casefold())
    longest = max(1, min(_LONGEST_PHRASE, len(units) // _MANY_TIMES))
    return any(_repeats(units, size) for size in range(1, longest + 1))


def _repeats(units: list[str], size: int) -> bool:
    """Whether the same `size` units stand `_MANY_TIMES` in a row and fill most of the text."""
    needed = max(ceil(_MOST * len(units)), _MANY_TIMES * size)
    if sum(map(eq, units, islice(units, size, None))) < needed - size:
        return False  # not even all over the text
    run = size
    for at in range(size, len(units)):
        run = run + 1 if units[at] == units[at - size] else size
        if run >= needed:
            return True
    return False
