"""A draft on its way out of the chat, before anybody says in which format: blocks to read, without
a sign of markup."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.records import Language

# What XML, and so a Word file, cannot hold; a terminal and a page do better without it too.
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands around the person's words, in their language; a field in {} is filled here."""

    subject: str
    caption: str
    shots: str
    line: str
    on_screen: str
    shot: str
    prompts: str
    other_hooks: str
    gaps: str
    version: str  # {n}
    seconds: str  # {seconds}
    characters: str  # {n}
    words: str  # {n}
    yours: str  # {share}
    glue: str
    picked: str
    check: str
    somebody: str
    with_writer: str  # {fragments}, {writer}
    offline: str  # {fragments}
    own: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Something to read: its label before it and its marks, small, behind; `said_by` makes it a
    quotation."""

    text: str
    label: str = ""
    marks: str = ""
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Passage | Heading | Listing | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A version of a draft as it leaves. `facts` are for programs, `about` says them to people;
    `origin` is empty when it was switched off."""

    title: str
    titled: bool  # the title is to be read with the words
    day: date
    facts: tuple[tuple[str, str | int | date], ...]
    about: str
    words: tuple[Block, ...]
    notes: tuple[Block, ...]
    origin: str
    language: Language  # which the words are written in


def clean(text: str) -> str:
    """`text` without what no file can hold, each line ended in one way."""
    return _UNFIT.sub("", "\n".join(text.splitlines()))
