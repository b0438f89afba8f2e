"""What is shown beside the lines of a script, once more: what the person wants may have changed."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from bot.domain.bans import breaks
from bot.domain.drafts import Line, Script
from bot.domain.words import clauses, sentences, tokens

_JOINTS = re.compile(r"[\s\-]+")


def stands(tag: str, texts: Iterable[str]) -> bool:
    """Whether a tag stands in one clause of one of these texts, in whole words: nightshift in
    "my night shift", but no art in "start"."""
    sought = "".join(tokens(tag))
    return bool(sought) and any(
        _holds(tokens(clause), sought)
        for text in texts
        for sentence in sentences(text)
        for clause in clauses(sentence)
    )


def unwanted(tag: str, banned: Sequence[str]) -> bool:
    """Whether a tag holds a word or a topic that is banned. A tag has no blanks; these may."""
    return bool(breaks(tag, banned) or breaks(tag, [_JOINTS.sub("", one) for one in banned]))


def tidied(script: Script, own: Collection[str], banned: Sequence[str]) -> Script:
    """The script without what is beside its lines and breaks a ban, and without tags that do not
    stand in the person's own words (any more)."""

    def allowed(words: str) -> str:
        return "" if breaks(words, banned) else words

    def cleared(line: Line) -> Line:
        return replace(
            line,
            shot=allowed(line.shot),
            shot_prompt=allowed(line.shot_prompt),
            on_screen=allowed(line.on_screen),
        )

    return replace(
        script,
        hook=cleared(script.hook),
        beats=tuple(map(cleared, script.beats)),
        close=cleared(script.close),
        other_hooks=tuple(map(cleared, script.other_hooks)),
        caption=cleared(script.caption) if script.caption else None,
        gaps=tuple(filter(allowed, script.gaps)),
        tags=tuple(one for one in script.tags if stands(one, own) and not unwanted(one, banned)),
    )


def _holds(found: Sequence[str], sought: str) -> bool:
    said = "".join(found)
    borders = set(accumulate(map(len, found), initial=0))
    at = said.find(sought)
    while at >= 0 and not {at, at + len(sought)} <= borders:
        at = said.find(sought, at + 1)
    return at >= 0
