"""What an expansion may be asked for, by the names people write: `/expand hooks: idea`."""

import re

from bot.domain.records import Mode
from bot.domain.script import fold

# In the form for comparing, so both scripts and any width and case find them.
_NAMES = {
    fold(name): mode
    for mode, names in {
        Mode.ANGLES: ("angles", "angle", "角度"),
        Mode.HOOKS: ("hooks", "hook", "開場", "鉤子"),
        Mode.TITLES: ("titles", "title", "標題"),
        Mode.STORIES: ("stories", "story", "故事"),
        Mode.VISUALS: ("visuals", "visual", "畫面"),
    }.items()
    for name in names
}
_COLON = re.compile("[:：]")


def read(words: str) -> tuple[Mode, str]:
    """The mode that `words` ask for, and the rest: a name with a colon after it, or a name alone.
    Without a colon "stories my mother told" is an idea about stories."""
    name, *rest = _COLON.split(words, maxsplit=1)
    mode = _NAMES.get(fold(name.strip()))
    return (mode, "".join(rest).strip()) if mode else (Mode.ANGLES, words)
