"""What stands beside the lines of a script: shots, words on screen, tags, questions.

Nobody says these under the person's name, yet they are shown: so they lead nowhere, hold no word
that the person does not want, and bring no figure and no name that nobody mentioned.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.drafts import Line
from bot.domain.numbers import numbers_in
from bot.domain.script import HAN, locked
from bot.domain.words import excerpt, tokens
from bot.engines.given import Given
from bot.engines.ideas import plain
from bot.engines.pointers import pointers

ON_SCREEN_CHARS = 12
"""Words over a picture (docs/science.md, "Draft")."""

# prompts/draft.md asks for 30 Chinese characters or 18 words, for 60 words, and for one breath.
# Models count badly, so twice that is taken, at six characters to a word.
SHOT_CHARS, SHOT_PROMPT_CHARS, GAP_CHARS = 220, 720, 160

MOST_GAPS, MOST_TAGS = 3, 5
TAG_CHARS = 30
RAW_CHARS = 4_000
"""What is longer is not looked into."""

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")  # not at the beginning of a sentence
_NAME_IN_CHINESE = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+")  # anywhere: 和Obama
_CHINESE = re.compile(f"[{HAN}]")
_DIGITS = re.compile(r"\d+")
_ASKS = re.compile(r"[?？]\W*$")


def dressed(line: Line, element: Mapping[str, object], given: Given) -> Line:
    """A beat with its shot and its words on screen, where the form has a use for them."""
    if not given.ask.form.spoken:
        return line
    return replace(
        line,
        shot=_seen(element.get("shot"), given, SHOT_CHARS),
        shot_prompt=_painted(element.get("ai_shot_prompt"), given),
        on_screen=on_screen(element.get("on_screen"), line, given),
    )


def on_screen(words: object, line: Line, given: Given) -> str:
    """Words of the line, or of what it cites, that say the same by themselves; else none."""
    text = given.in_script(_clean(words, given), line.sources)
    if not tokens(text) or len(text) > ON_SCREEN_CHARS:
        return ""
    return text if given.bears(text, line) else ""


def gaps(answers: object, given: Given) -> tuple[str, ...]:
    """What is missing, as questions that tell nothing themselves."""
    said = (_clean(one, given) for one in _list(answers))
    open_ = (one for one in said if _ASKS.search(one) and not _tells(one, given))
    asked = (excerpt(one, GAP_CHARS) for one in open_)
    return tuple(dict.fromkeys(asked))[:MOST_GAPS]


def tags(answers: object, given: Given) -> tuple[str, ...]:
    """Words of the person's own; none that only sounds like them."""
    said = (str(one).strip().lstrip("#＃").strip() for one in _list(answers))
    words = (given.in_script(_clean(one, given), ()) for one in said)
    usable = (one for one in words if len(one) <= TAG_CHARS and given.tags(one))
    return tuple(dict.fromkeys("".join(one.split()) for one in usable))[:MOST_TAGS]


def _seen(words: object, given: Given, most: int) -> str:
    """What could be filmed, or nothing when it tells something new."""
    text = excerpt(_clean(words, given), most)
    return "" if _tells(text, given) else text


def _painted(words: object, given: Given) -> str:
    """A prompt may count millimetres, but name nobody."""
    text = _clean(words, given)
    return "" if len(text) > SHOT_PROMPT_CHARS or _names_somebody(text, given) else text


def _tells(text: str, given: Given) -> bool:
    """Whether there is a figure in it, or somebody's name, that nobody mentioned."""
    digits = (one for one in _DIGITS.findall(text) if one not in given.names | given.figures)
    new = any(digits) or not numbers_in(text).keys() <= given.figures
    return new or _names_somebody(text, given)


def _names_somebody(text: str, given: Given) -> bool:
    names = (_NAME_IN_CHINESE if _CHINESE.search(text) else _NAME).findall(text)
    return any(name.lower() not in given.names for name in names)


def _clean(words: object, given: Given) -> str:
    """Plain text on one line, in the person's script; nothing when it may not be shown."""
    if not isinstance(words, str) or len(words) > RAW_CHARS:
        return ""
    text = locked(plain(words), given.ask.language)
    # Not even one that the person wrote: nothing here is theirs, so none of it may be tapped.
    leads = pointers(words) or pointers(text)
    return "" if leads or given.banned(text) else text


def _list(answers: object) -> list[object]:
    return answers if isinstance(answers, list) else []
