"""What a model is told and shown to assemble a script, to change one, or to mend its lines.

The rules, the language and the person's manner begin every call of theirs. Then the material, and
last the task, in which alone a draft and the mending of it differ: all before it is byte for byte
the same, so that a server has it in its cache. For the same reason all three have one schema and
one effort, which servers count to what a request begins with.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import Line, LineKind, Script
from bot.domain.forms import Form
from bot.domain.records import Language
from bot.domain.words import EN_WORDS_PER_MIN, ZH_CHARS_PER_MIN
from bot.engines.angles import PerLanguage
from bot.engines.answers import DraftAnswer
from bot.engines.calls import Call, call_of
from bot.engines.fitting import fitted
from bot.engines.prompts import Blocks, Prompt, PromptLibrary
from bot.journey.ports import DraftAsk, Fault, Material

DRAFT: Blocks = {
    "rules": frozenset({"schema"}),
    "language": frozenset({"language"}),
    "manner": frozenset({"rules", "banned"}),
    "sample": frozenset({"text"}),
    "fragment": frozenset({"number", "origin", "text"}),
    "picked": frozenset({"text"}),
    "used": frozenset({"lines"}),
    "take": frozenset({"number", "lines"}),
    "about": frozenset({"text"}),
    "base": frozenset({"lines"}),
    "wish": frozenset({"text"}),
    "form": frozenset(
        {"name", "own", "how", "length", "hook", "beats", "piece", "spoken", "caption"}
    ),
    "task": frozenset({"wish"}),
    "line": frozenset({"place", "wish"}),
    "mend": frozenset({"lines"}),
}

BEATS = 6
"""So many beats the `max_tokens` of prompts/draft.md are for; a form of more gets more of them, and
more time."""

MOST_TIMES = 2.0
"""Ours: no call may be longer than this many of the usual."""

QUICKEST, SLOWEST = 0.5, 2.0
"""Ours: nobody takes half or twice the usual time; a measurement that says more is wrong."""

HOOK, SUBJECT = "13 Chinese characters or 8 words", "30 Chinese characters or 15 words"
"""Three seconds (docs/science.md, "Draft"); what is read has a line."""

NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class DraftBriefs:
    """The prompt for scripts, read and checked."""

    prompt: Prompt
    languages: Mapping[Language, str]

    @classmethod
    def read(cls, library: PromptLibrary) -> "DraftBriefs":
        """Raises PromptError."""
        return cls(library.prompt("draft", DRAFT), library.data("languages.yaml", PerLanguage))

    def to_draft(self, ask: DraftAsk, *, model: str) -> Call:
        """A whole script; when there is one in hand and a wish, that script changed."""
        changed = _if(bool(ask.base and ask.wish.strip()))
        return self._call(ask, self.prompt.render("task", wish=changed), model=model)

    def to_reword(self, ask: DraftAsk, *, model: str) -> Call:
        """One line of the script in hand, said otherwise."""
        task = self.prompt.render("line", place=str(ask.line), wish=_if(bool(ask.wish)))
        return self._call(ask, task, model=model)

    def to_repair(self, ask: DraftAsk, faults: Sequence[Fault], *, model: str) -> Call:
        """Other words for lines that do not hold."""
        lines = "\n".join(
            _json(place=fault.place, wrong=list(fault.reasons), **_line(fault.line))
            for fault in faults
        )
        call = self._call(ask, self.prompt.render("mend", lines=lines), model=model)
        return replace(call, job="repair")

    def _call(self, ask: DraftAsk, task: str, *, model: str) -> Call:
        """Marked for the cache: after the person's manner, after the fragments, which a wish or
        another take a minute later comes back to, and before the task."""
        manner = list(self._manner(ask))
        said = [*manner, *self._said(ask)]
        blocks = [*said, *self._asked(ask)]
        call = call_of(
            self.prompt,
            [*blocks, task],
            person_id=ask.person_id,
            language=self.languages[ask.language],
            shape=DraftAnswer,
            model=model,
        )
        times = min(MOST_TIMES, max(1.0, ask.form.most / BEATS))
        return replace(
            call,
            shared=(len(said) - 1, len(blocks) - 1),
            lasting=0 if manner else None,
            max_tokens=round(call.max_tokens * times),
            patience=times,
        )

    def _manner(self, ask: DraftAsk) -> Iterator[str]:
        if ask.manner or ask.banned:
            yield self.prompt.render(
                "manner",
                rules="\n".join(map(_one_line, ask.manner)) or "(none)",
                banned="\n".join(map(_one_line, ask.banned)) or "(none)",
            )

    def _said(self, ask: DraftAsk) -> Iterator[str]:
        """Samples and fragments; what does not fit is cut, and says so."""
        for text in ask.samples:
            yield self.prompt.render("sample", text=text)
        for one, whole in fitted(ask.material):
            yield self.prompt.render(
                "fragment", number=f"#{one.n}", origin=_origin(one, whole), text=one.text
            )

    def _asked(self, ask: DraftAsk) -> Iterator[str]:
        prompt = self.prompt
        for idea in ask.picked:
            yield prompt.render("picked", text=idea)
        if ask.used:
            yield prompt.render("used", lines="\n".join(map(_one_line, ask.used)))
        for number, take in enumerate(ask.takes, start=1):
            lines = "\n".join(_one_line(line.text) for line in take.lines)
            yield prompt.render("take", number=str(number), lines=lines)
        if ask.about.strip():
            yield prompt.render("about", text=ask.about)
        if ask.base:
            yield prompt.render("base", lines="\n".join(_script(ask.base)))
        if ask.wish.strip():
            yield prompt.render("wish", text=ask.wish)
        yield self._form(ask.form, ask.pace)

    def _form(self, form: Form, pace: float) -> str:
        pace = min(max(pace, QUICKEST), SLOWEST) if form.spoken else 1.0
        few = str(form.fewest)
        return self.prompt.render(
            "form",
            name=_one_line(form.id)[:NAME_CHARS],
            own=_if(form.own),
            how=form.how,
            length=_length(form.seconds / pace),
            hook=HOOK if form.spoken else SUBJECT,
            beats=few if form.fewest == form.most else f"{few} to {form.most}",
            piece=_piece(form.piece_chars),
            spoken=_if(form.spoken),
            caption=_if(form.caption),
        )


def _origin(one: Material, whole: bool) -> str:
    marks = ["own" if one.own else "forwarded"]
    if one.source.strip() and not one.own:
        marks.append(f"said by {_one_line(one.source)[:NAME_CHARS]}")
    marks += ["kept"] * one.gold + ["an answer"] * one.answer + ["earlier"] * one.older
    marks += ["its beginning"] * (not whole)
    return ", ".join(marks)


def _length(seconds: float) -> str:
    characters = round(seconds * ZH_CHARS_PER_MIN / 60, -1)
    words = round(seconds * EN_WORDS_PER_MIN / 60 / 5) * 5
    return f"{characters:.0f} Chinese characters or {words} words"


def _piece(chars: int | None) -> str:
    return f"{chars // 2} Chinese characters, or {chars} of any other" if chars else ""


_KINDS = {LineKind.PICKED: "picked", LineKind.GLUE: "glue", LineKind.QUOTED: "quoted"}


def _script(script: Script) -> Iterator[str]:
    """A script as lines of JSON: its lines by their places, then what is beside them."""
    yield _json(title=script.title)
    for place, line in enumerate(script.lines):
        yield _json(place=place, **_line(line))
    for hook in script.other_hooks:
        yield _json(another_hook=_line(hook))
    if script.caption:
        yield _json(caption=_line(script.caption))
    if script.tags:
        yield _json(tags=list(script.tags))


def _line(line: Line) -> dict[str, object]:
    known: dict[str, object] = {
        "role": line.role,
        "type": line.opening or "",
        "kind": _KINDS.get(line.kind, "trimmed"),
        "frag_ids": list(line.sources),
        "quote": line.quote,
        "text": line.text,
        "shot": line.shot,
        "ai_shot_prompt": line.shot_prompt,
        "on_screen": line.on_screen,
    }
    return {name: value for name, value in known.items() if value}


def _json(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _if(yes: bool) -> str:
    """A field that a prompt only asks whether it is there."""
    return "yes" if yes else ""
