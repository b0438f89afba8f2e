"""Reading commands as people type them: full-width slashes, capitals, spaces, a bot's name."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command and the words after it, those as typed."""

    name: str
    words: str


def read(text: str) -> Command | None:
    """The command a text is, or None when it is a thought like any other ("/", "/5 stars")."""
    head, *words = text.split(maxsplit=1)
    name = unicodedata.normalize("NFKC", head)
    if not name.startswith("/"):
        return None
    name = name[1:].partition("@")[0].casefold()
    return Command(name, words[0].rstrip() if words else "") if name.isidentifier() else None
