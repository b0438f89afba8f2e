"""A text of a script, wherever it stands in it: other words in its place, or none."""

from dataclasses import replace

from bot.domain.drafts import Line, LineKind, Role, Script, Version
from bot.domain.words import speaking_seconds
from bot.journey.holding import callback


def texts(version: Version) -> tuple[str, ...]:
    """Every text of a version that is read, said or shown, each once, in order. The place of one
    never changes: buttons name it."""
    if version.script is None:
        return (version.text,) if version.text else ()
    return texts_of(version.script)


def texts_of(script: Script) -> tuple[str, ...]:
    """The same of a script."""
    shown = (line.on_screen for line in script.lines)
    found = (*(line.text for line in all_lines(script)), script.title, *shown)
    return tuple(dict.fromkeys(text for text in found if text))


def all_lines(script: Script) -> tuple[Line, ...]:
    """The lines of a script, its caption, and the openings to choose from."""
    caption = (script.caption,) if script.caption else ()
    return (*script.lines, *caption, *script.other_hooks)


def place_in(script: Script, text: str) -> int | None:
    """Which of `Script.lines` says this, if one does."""
    return next((at for at, line in enumerate(script.lines) if line.text == text), None)


def replaced(script: Script, old: str, new: str, sources: tuple[int, ...]) -> Script:
    """These words of the person's own, which stand in `sources`, in place of `old`."""

    def reworded(line: Line) -> Line:
        if line.on_screen == old:
            line = replace(line, on_screen=new)
        if line.text != old:
            return line
        line = replace(line, text=new, sources=sources, quote=new)
        return replace(line, kind=LineKind.YOURS, said_by="", marked=False)

    changed = replace(
        script,
        title=new if script.title == old else script.title,
        hook=reworded(script.hook),
        beats=tuple(map(reworded, script.beats)),
        close=reworded(script.close),
        caption=reworded(script.caption) if script.caption else None,
        other_hooks=tuple(map(reworded, script.other_hooks)),
    )
    return replace(changed, seconds=_seconds(script, changed))


def without(script: Script, old: str) -> Script | None:
    """The script where nothing says `old`; None when too little would be left. Another opening
    takes the place of the first, the opening that of the close and of the title."""

    def bare(line: Line) -> Line:
        return replace(line, on_screen="") if line.on_screen == old else line

    hooks = [bare(one) for one in (script.hook, *script.other_hooks) if one.text != old]
    beats = [bare(one) for one in script.beats if one.text != old]
    if not hooks or not any(one.kind is not LineKind.GLUE for one in beats):
        return None
    close = script.close
    changed = replace(
        script,
        title=hooks[0].text if script.title == old else script.title,
        hook=replace(hooks[0], role=Role.HOOK),
        beats=tuple(beats),
        close=bare(close) if close.text != old else callback(hooks[0]),
        caption=script.caption if script.caption and script.caption.text != old else None,
        other_hooks=tuple(hooks[1:]),
    )
    return replace(changed, seconds=_seconds(script, changed))


def _seconds(before: Script, after: Script) -> int:
    """How long it takes now, at the rate at which it was reckoned before."""
    was, is_now = (sum(speaking_seconds(one.text) for one in s.lines) for s in (before, after))
    return round(before.seconds * is_now / was) if was else round(is_now)
