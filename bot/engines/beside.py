"""What stands beside the lines of a script: shots, words on screen, tags, questions.

Nobody says these under the person's name, yet they are shown: so they lead nowhere, hold no word
that the person does not want, and bring no figure and no name that nobody mentioned.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.drafts import Line
from bot.domain.script import locked
from bot.domain.words import excerpt, tokens
from bot.engines.given import Given, key
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
    """Words of the line, or of what it cites, next to each other; else none."""
    text = given.in_script(_clean(words, given), line.sources)
    if not tokens(text) or len(text) > ON_SCREEN_CHARS:
        return ""
    cited = (line.text, *(given.texts[n] for n in line.sources if n in given.texts))
    return text if any(key(text) in key(one) for one in cited) else ""


def gaps(answers: object, given: Given) -> tuple[str, ...]:
    """What is missing, as questions."""
    said = (_clean(one, given) for one in _list(answers))
    asked = (excerpt(one, GAP_CHARS) for one in said if _ASKS.search(one))
    return tuple(dict.fromkeys(asked))[:MOST_GAPS]


def tags(answers: object, given: Given) -> tuple[str, ...]:
    """Words of the person's own; none that only sounds like them."""
    said = (str(one).strip().lstrip("#＃").strip() for one in _list(answers))
    words = (given.in_script(_clean(one, given), ()) for one in said)
    usable = (one for one in words if len(one) <= TAG_CHARS and given.in_own_words(one))
    return tuple(dict.fromkeys("".join(one.split()) for one in usable))[:MOST_TAGS]


def _seen(words: object, given: Given, most: int) -> str:
    """What could be filmed, or nothing when it tells something new."""
    text = excerpt(_clean(words, given), most)
    told = any(one not in given.names for one in _DIGITS.findall(text))
    return "" if told or _names_somebody(text, given) else text


def _painted(words: object, given: Given) -> str:
    """A prompt may count millimetres, but name nobody."""
    text = _clean(words, given)
    return "" if len(text) > SHOT_PROMPT_CHARS or _names_somebody(text, given) else text


def _names_somebody(text: str, given: Given) -> bool:
    return any(name.lower() not in given.names for name in _NAME.findall(text))


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
