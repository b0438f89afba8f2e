"""What a draft looks like outside of the chat: first the words, clean to read, then the notes for
whoever films or publishes it. Markdown, Word and plain text are made of the same paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.drafts import Draft, Line, LineKind, Script, Version
from bot.domain.forms import Form
from bot.domain.papers import Block, Heading, Labels, Listing, Paper, Passage, Table, clean
from bot.domain.records import Language
from bot.domain.script import language_of
from bot.domain.words import excerpt, tokens

PERSON, OFFLINE = "person", "offline"  # in `Version.by`; any other is a model's name
MOST_TITLE = 60  # characters, where a text has no title and its first line stands for it


@dataclass(frozen=True, slots=True)
class Taken:
    """A version, and before it those it was made from, the newest first; it is among them."""

    draft: Draft
    version: Version
    lineage: tuple[Version, ...]

    @property
    def script(self) -> Script | None:
        """Its script, or the one that the person's own text began as."""
        return next((one.script for one in self.lineage if one.script), None)

    @property
    def words(self) -> str:
        """What is read or said of it, without its title."""
        lines = self.script.lines if self.script else ()
        return self.version.text or " ".join(line.text for line in lines)

    @property
    def title(self) -> str:
        """Of its script; a text without one is called by its beginning."""
        return (self.script.title if self.script else "") or excerpt(self.words, MOST_TITLE)

    @property
    def writer(self) -> str:
        """Who put it together: a model if one had a hand in it."""
        return next(
            (one.by for one in self.lineage if one.by not in ("", PERSON, OFFLINE)), OFFLINE
        )


def taken(draft: Draft, version: Version, versions: Sequence[Version]) -> Taken | None:
    """A version with what it was made from; None when there is nothing in it to take."""
    if not (version.script or version.text):
        return None
    lineage = [version]
    while before := _before(lineage[-1], versions):
        lineage.append(before)
    return Taken(draft, version, tuple(lineage))


def paper(
    one: Taken,
    form: Form | None,
    labels: Labels,
    *,
    language: Language,
    zone: ZoneInfo,
    origin: bool = True,
) -> Paper:
    """A version as it leaves, worded for a person who reads `language`; `form` is None for one of
    their own, which is spoken."""
    script, text = one.script, one.version.text
    read, title = one.words, one.title
    written_in = language_of(read, language)
    length = _length(script if not text else None, form, read, written_in)
    line_of_origin = _origin(one, labels) if origin else ""
    day = one.version.created_at.astimezone(zone).date()
    return Paper(
        title=title,
        titled=not text and (form is None or form.spoken),
        day=day,
        facts=_facts(one, title, day, length, line_of_origin),
        about=_about(one, form, labels, language, length),
        words=(Passage(text),) if text else _words(script, form, labels),
        notes=() if text else _notes(script, labels),
        origin=line_of_origin,
        language=written_in,
    )


def edition(one: Taken) -> str:
    """What tells its file from others of the same title and day."""
    take = f"take {one.draft.take}" if one.draft.take > 1 else ""
    version = f"v{one.version.number}" if one.version.number > 1 else ""
    return " ".join(filter(None, [take, version]))


def plain(one: Paper) -> str:
    """The words alone, to be copied: without marks, for they go to whoever reads them."""
    title = [one.title] if one.titled else []
    return "\n\n".join(
        clean(part) for part in [*title, *map(_plain, one.words), one.origin] if part
    )


def _before(version: Version, versions: Sequence[Version]) -> Version | None:
    """What a version was made from: the one it names, or for a final text the script before it."""
    if version.base is not None and version.base < version.number:
        return next((one for one in versions if one.number == version.base), None)
    scripts = [one for one in versions if one.number < version.number and one.script]
    return scripts[-1] if scripts and not version.script else None


def _length(
    script: Script | None, form: Form | None, read: str, language: Language
) -> tuple[str, int]:
    """How long it is, and in what: seconds when it is said, else what its writing is counted in."""
    if script and (form is None or form.spoken):
        return "seconds", script.seconds
    return ("words" if language is Language.EN else "characters"), len(tokens(read))


def _facts(
    one: Taken, title: str, day: date, length: tuple[str, int], origin: str
) -> tuple[tuple[str, str | int | date], ...]:
    facts: list[tuple[str, str | int | date]] = [
        ("title", title),
        ("form", one.draft.form),
        ("date", day),
        ("version", one.version.number),
        length,
    ]
    if origin:
        facts.append(("origin", origin))
    return tuple(facts)


def _about(
    one: Taken, form: Form | None, labels: Labels, language: Language, length: tuple[str, int]
) -> str:
    unit, n = length
    parts = [
        form.label.get(language, form.id) if form else one.draft.form,
        getattr(labels, unit).format(n=n, seconds=n),
        labels.version.format(n=one.version.number),
    ]
    if one.version.script:
        parts.append(labels.yours.format(share=int(one.version.script.yours * 100)))
    return " · ".join(parts)


def _origin(one: Taken, labels: Labels) -> str:
    """Whose words they are and who put them together."""
    own = labels.own if one.version.text else ""
    if one.script is None:
        return own
    lines = [*one.script.lines, *([one.script.caption] if one.script.caption else [])]
    numbers = sorted({n for line in lines for n in line.sources})
    template = labels.offline if one.writer == OFFLINE else labels.with_writer
    made = template.format(
        fragments=" ".join(f"#{n}" for n in numbers), writer=one.writer.capitalize()
    )
    return " · ".join(filter(None, [own, made]))


def _words(script: Script | None, form: Form | None, labels: Labels) -> tuple[Block, ...]:
    """What is said or read, in order, without a word of ours in between."""
    if script is None:
        return ()
    lines = [line for line in script.lines if line.text]
    blocks: list[Block] = [_passage(line, labels) for line in lines]
    if form and form.piece_chars:
        blocks = [
            _passage(line, labels, f"{place}/{len(lines)}") for place, line in enumerate(lines, 1)
        ]
    elif form and not form.spoken and not form.caption and script.hook.text:
        blocks[0] = _passage(script.hook, labels, labels.subject)
    tags = " ".join("#" + "".join(tag.split()) for tag in script.tags)
    if script.caption or tags:
        blocks.append(Heading(labels.caption))
    if script.caption:
        blocks.append(_passage(script.caption, labels))
    return (*blocks, Passage(tags)) if tags else tuple(blocks)


def _notes(script: Script | None, labels: Labels) -> tuple[Block, ...]:
    """What is needed to make it, and what is still open."""
    if script is None:
        return ()
    numbered = list(enumerate(script.lines, 1))
    prompts = [Passage(one.shot_prompt, str(n)) for n, one in numbered if one.shot_prompt]
    hooks = [_passage(line, labels) for line in script.other_hooks]
    table = _table(numbered, labels)
    blocks: list[Block] = [Heading(labels.shots), table] if table.rows else []
    for heading, items in (
        (labels.prompts, prompts),
        (labels.other_hooks, hooks),
        (labels.gaps, [Passage(gap) for gap in script.gaps]),
    ):
        blocks += [Heading(heading), Listing(tuple(items))] if items else []
    return tuple(blocks)


def _table(numbered: Sequence[tuple[int, Line]], labels: Labels) -> Table:
    """What is seen while a line is said; a column that would be empty is left out."""
    shown = [(n, one) for n, one in numbered if one.shot or one.on_screen]
    columns = [
        ("", [str(n) for n, _ in shown]),
        (labels.line, [one.text for _, one in shown]),
        (labels.on_screen, [one.on_screen for _, one in shown]),
        (labels.shot, [one.shot for _, one in shown]),
    ]
    full = [column for column in columns if any(column[1])]
    return Table(
        tuple(head for head, _ in full), tuple(zip(*(cells for _, cells in full), strict=True))
    )


def _passage(line: Line, labels: Labels, label: str = "") -> Passage:
    said = {LineKind.GLUE: labels.glue, LineKind.PICKED: labels.picked}
    marks = [*(f"#{n}" for n in line.sources), said.get(line.kind, "")]
    marks.append(labels.check if line.marked else "")
    quoted = (line.said_by or labels.somebody) if line.kind is LineKind.QUOTED else ""
    return Passage(line.text, label, " ".join(filter(None, marks)), quoted)


def _plain(block: Block) -> str:
    match block:
        case Passage():
            words = f"{block.label} {block.text}" if block.label else block.text
            return f"{words}\n— {block.said_by}" if block.said_by else words
        case Heading():
            return block.text
        case Listing():
            return "\n".join(map(_plain, block.items))
        case Table():
            return "\n".join(" · ".join(row) for row in block.rows)
