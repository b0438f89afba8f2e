"""Which form a draft is asked for in, by the names people write: `/draft newsletter: idea`."""

import re
from collections.abc import Iterable

from bot.domain.forms import Form
from bot.domain.script import fold

_COLON = re.compile("[:：]")


def read(words: str, forms: Iterable[Form]) -> tuple[Form | None, str]:
    """The form that `words` ask for, and the rest: a name with a colon after it, or a name alone.
    Without a colon "short days in winter" is what the draft is to be about."""
    name, *rest = _COLON.split(words, maxsplit=1)
    wanted = fold(name).strip()
    form = next((one for one in forms if wanted in _names(one)), None)
    return (form, "".join(rest).strip()) if form else (None, words)


def _names(form: Form) -> set[str]:
    return {fold(name) for name in (form.id, *form.label.values())}
