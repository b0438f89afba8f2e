"""Which form a draft is asked for in, by the names people write: `/draft newsletter: idea`; and a
form of one's own: `/draft form 開場: 60 秒，先問一個問題`."""

import re
from collections.abc import Iterable

from bot.domain.forms import Form
from bot.domain.script import fold

OWN_SECONDS = 45.0
"""As long as a short video (docs/science.md, "Draft"), where a form says nothing else."""

MOST_NAME = 32
"""Ours, in characters: it stands on buttons and before a colon."""

BEATS = (3, 6)
A_BEAT_S = 15.0
"""Ours: a form of the person's own has a beat for so many seconds, and never fewer than a short
video may have."""

LONGEST_S = 600.0
"""Ours: ten minutes, 40 beats. What is longer is no draft that anybody reads through."""

ORDINARY = frozenset(["short", "long", "post"])
"""Names that may begin a thought."""

_COLON = re.compile("[:：]")
_BLANK = re.compile(r"\s+")
_DEFINES = re.compile(r"(?:form|格式|形式)\s+(?P<name>[^:：\n]+)[:：](?P<how>.+)", re.I | re.DOTALL)
_LISTS = re.compile(r"(?:forms|格式|形式)", re.I)
_LENGTH = re.compile(
    r"(?<!\d)(?P<n>\d{1,4}(?:\.\d{1,2})?)\s*(?:(?P<minutes>min(?:ute)?s?\b|m\b|分钟|分)|s\b|sec(?:ond)?s?\b|秒)"
)


def read(words: str, forms: Iterable[Form]) -> tuple[Form | None, str]:
    """The form that `words` ask for, and the rest: a name alone, with a colon after it, or before
    other words. But "short days in winter" is what the draft is to be about."""
    known = list(forms)
    for cut, ordinary in ((_COLON, True), (_BLANK, False)):
        name, *rest = cut.split(words.strip(), maxsplit=1)
        wanted = fold(name).strip()
        form = next((one for one in known if wanted in _names(one)), None)
        if form and (ordinary or wanted not in ORDINARY):
            return form, "".join(rest).strip()
    return None, words


def defined(words: str) -> Form | None:
    """The form that `words` define ("form NAME: how"); None where they define none."""
    found = _DEFINES.fullmatch(words.strip())
    if found is None or not found["how"].strip() or not found["name"].strip():
        return None
    name, how = found["name"].strip(), found["how"].strip()
    return own(name[:MOST_NAME], how, _seconds(how))


def taken(form: Form, built_in: Iterable[Form]) -> bool:
    """Whether its name belongs to a form that comes with the bot."""
    return any(fold(form.id) in _names(one) for one in built_in)


def lists(words: str) -> bool:
    """Whether they ask which forms there are."""
    return bool(_LISTS.fullmatch(words.strip()))


def own(name: str, how: str, seconds: float) -> Form:
    """A form of the person's own."""
    fewest, most = BEATS
    seconds = min(seconds, LONGEST_S)
    most = max(most, round(seconds / A_BEAT_S))
    return Form(name, how, seconds, fewest, most, label={}, own=True)


def _seconds(how: str) -> float:
    """The length it names: "60 秒", "90 s", "3 min"."""
    found = _LENGTH.search(fold(how))
    if found is None:
        return OWN_SECONDS
    return float(found["n"]) * (60 if found["minutes"] else 1) or OWN_SECONDS


def _names(form: Form) -> set[str]:
    return {fold(name) for name in (form.id, *form.label.values())}
