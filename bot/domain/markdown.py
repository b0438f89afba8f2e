"""Markdown (CommonMark) in which a person's signs stay what they typed."""

import re
from collections.abc import Sequence

import yaml

from bot.domain.papers import Block, Heading, Listing, Paper, Passage, Table, clean

# What means something anywhere in a line. `_` between two letters or digits means nothing, and
# would break an address; `&` only where it would be read as an entity.
_ANYWHERE = re.compile(r"[\\`*\[\]<>~|$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What means something where a line begins: headings, lists, rules, and the line under a heading.
_AT_START = re.compile(r"^(?:(?P<sign>[-+=#:])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))")
_CLOSING = re.compile(r"#(?=#*$)")  # at the end of a heading it would go with its mark


def markdown(one: Paper, earlier: Sequence[Paper] = ()) -> str:
    """A paper as a file; below it the words of earlier ones, told apart by what `about` says."""
    parts = [
        _front_matter(one),
        _heading(1, one.title),
        f"*{inline(one.about)}*",
        *map(_block, one.words),
        *map(_block, one.notes),
    ]
    for other in earlier:
        parts += ["---", _heading(2, f"{other.about} · {other.day}"), *map(_block, other.words)]
        parts.append(f"*{inline(other.origin)}*" if other.origin else "")
    if one.origin:
        # Of the newest, so it stands before the earlier ones.
        at = parts.index("---") if earlier else len(parts)
        parts.insert(at, f"*{inline(one.origin)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def inline(text: str) -> str:
    """`text` on one line."""
    return _at_start(" ".join(clean(text).split()))


def _heading(level: int, text: str) -> str:
    words = inline(text)
    return "#" * level + " " + _CLOSING.sub(r"\\#", words)


def _front_matter(one: Paper) -> str:
    facts = {name: clean(fact) if isinstance(fact, str) else fact for name, fact in one.facts}
    written: str = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{written}---"


def _block(block: Block) -> str:
    match block:
        case Passage():
            return _passage(block)
        case Heading():
            return _heading(2, block.text)
        case Listing():
            return "\n".join("- " + _passage(item).replace("\n", "\n  ") for item in block.items)
        case Table():
            return "\n".join(
                [_row(block.head), "|---" * len(block.head) + "|", *map(_row, block.rows)]
            )


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(inline, cells)) + " |"


def _passage(one: Passage) -> str:
    words = _lines(one.text)
    if one.label:
        words = f"**{inline(one.label)}** {words}"
    if one.marks:
        words += f" <sup>{_escaped(clean(one.marks))}</sup>"
    if not one.said_by:
        return words
    quoted = f"{words}\n\n— {inline(one.said_by)}"
    return "\n".join(
        f"> {line}".rstrip(" ") if not line else f"> {line}" for line in quoted.split("\n")
    )


def _lines(text: str) -> str:
    """`text` as paragraphs; where a line ends within one, two blanks keep it so."""
    lines = [_at_start(line.strip(" \t")) for line in clean(text).split("\n")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    return "\n\n".join(one.replace("\n", "  \n") for one in paragraphs)


def _at_start(line: str) -> str:
    """A line with what it begins with told as text."""
    escaped = _escaped(line)
    return _AT_START.sub(
        lambda found: "\\" + found[0] if found["sign"] else f"{found['number']}\\{found['dot']}",
        escaped,
    )


def _escaped(text: str) -> str:
    return _ANYWHERE.sub(lambda found: "\\" + found[0], text)
