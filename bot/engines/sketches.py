"""How much of a model's script is taken.

Nothing here trusts an answer. Whatever has the wrong type counts as absent; fragments that were not
sent fall away; whose words a line is, and who said them, is read off the fragments and not off the
answer; what is far too long is cut where a sentence ends. Whether a line stands in the fragments it
cites is for the journey to check.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import category, east_asian_width

from bot.domain.drafts import Line, LineKind, Opening, Role, Script
from bot.domain.grounding import MOST_SOURCES
from bot.domain.words import excerpt, is_blank, speaking_seconds
from bot.engines.answers import numbers
from bot.engines.beside import dressed, gaps, on_screen, tags
from bot.engines.fitting import beginning
from bot.engines.given import Given
from bot.journey.ports import DraftSketch, Fault

TOLERATED = 2
"""How many times the length asked for may be taken: models count badly."""

HOOK_S, SUBJECT_S = 3.0, 7.0
"""A hook has three seconds, one that is read a line (docs/science.md, "Draft")."""

BEAT_SHARE = 0.5
"""Ours: no beat is more than half of the whole."""

HOOKS = 3
TITLE_CHARS = 60

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_KINDS = {"picked": LineKind.PICKED, "glue": LineKind.GLUE}
_ROLES = {role.value: role for role in (Role.SETUP, Role.TURN, Role.EVIDENCE, Role.PAYOFF)}

Answer = Mapping[str, object]


def holds_anything(answer: Answer) -> bool:
    """Whether this is an answer to what was asked; one that is not is worth another try."""
    refused = _no(answer.get("can_draft")) or _yes(answer.get("declined"))
    return refused or bool({"beats", "lines"} & answer.keys())


def sketch(answer: Answer, given: Given, stamp: str) -> DraftSketch | None:
    """The draft an answer holds; None when it says the material carries none."""
    if given.ask.wish and _yes(answer.get("declined")):
        return _declined(answer, given, stamp)
    beats = tuple(_beats(answer, given))
    if _no(answer.get("can_draft")) or _yes(answer.get("declined")) or not beats:
        return None
    close, form = _object(answer.get("close")), given.ask.form
    caption = _object(answer.get("caption")) if form.caption else {}
    return DraftSketch(
        title=given.in_script(excerpt(_words(answer.get("title")), TITLE_CHARS), ()),
        hooks=tuple(_hooks(answer, given)),
        beats=beats,
        close=_line(Role.CLOSE, close, given),
        gaps=gaps(answer.get("gaps"), given),
        prompt=stamp,
        caption=_line(Role.CLOSE, caption, given),
        tags=tags(answer.get("tags"), given) if form.caption else (),
        shortened=given.shortened,
    )


def reworded(answer: Answer, given: Given, base: Script, stamp: str) -> DraftSketch | None:
    """The script in hand with one line said otherwise, all others untouched; None when there is no
    better one."""
    if given.ask.wish and _yes(answer.get("declined")):
        return _declined(answer, given, stamp)
    place = given.ask.line
    lines = list(base.lines)
    if place is None or not 0 <= place < len(lines):
        return None
    made = next(_replacing({place: lines[place]}, answer, given), None)
    if made is None or made[1].text in {line.text for line in lines}:
        return None
    lines[place] = made[1]
    return DraftSketch(
        title=base.title,
        hooks=(lines[0], *base.other_hooks),
        beats=tuple(lines[1:-1]),
        close=lines[-1],
        gaps=base.gaps,
        prompt=stamp,
        caption=base.caption,
        tags=base.tags,
        shortened=given.shortened,
    )


def repaired(answer: Answer, faults: Sequence[Fault], given: Given) -> dict[int, Line]:
    """Words of fragments by the places they are for, each beside what the line had beside it."""
    failing = {fault.place: fault.line for fault in faults}
    return dict(_replacing(failing, answer, given))


def _replacing(
    lines: Mapping[int, Line], answer: Answer, given: Given
) -> Iterator[tuple[int, Line]]:
    left = dict(lines)
    for element in map(_object, _list(answer.get("lines"))):
        place = next(iter(numbers(element.get("place"))), -1)
        old = left.get(place)
        # Words of a fragment are asked for here, whatever else it is called.
        made = _line(old.role, {**element, "kind": ""}, given) if old else None
        if old and made and made.sources and made.text != old.text:
            del left[place]
            screen = on_screen(old.on_screen, made, given)
            shown = replace(made, shot=old.shot, shot_prompt=old.shot_prompt, on_screen=screen)
            yield place, replace(shown, opening=old.opening)


def _declined(answer: Answer, given: Given, stamp: str) -> DraftSketch:
    asked = gaps(answer.get("gaps"), given)
    return DraftSketch("", (), (), None, gaps=asked, prompt=stamp, declined=True)


def _hooks(answer: Answer, given: Given) -> Iterator[Line]:
    """Up to three, each of another kind, none in somebody else's words."""
    kinds: set[Opening | None] = set()
    most_s = TOLERATED * (HOOK_S if given.ask.form.spoken else SUBJECT_S)
    for element in map(_object, _list(answer.get("hooks"))):
        line = _line(Role.HOOK, element, given, most_s=most_s)
        kind = _opening(element.get("type"))
        if line is None or line.kind is LineKind.QUOTED:
            continue
        if kind not in kinds and len(kinds) < HOOKS:
            kinds.add(kind)
            yield replace(line, opening=kind)


def _beats(answer: Answer, given: Given) -> Iterator[Line]:
    """All of them, or of far too many the first and the last, which is the point: lines may yet
    fall, so the journey fits what holds to the form."""
    elements = [*map(_object, _list(answer.get("beats")))]
    most = TOLERATED * given.ask.form.most
    for element in elements if len(elements) <= most else [*elements[: most - 1], elements[-1]]:
        role = _ROLES.get(str(element.get("role")), Role.EVIDENCE)
        if line := _line(role, element, given):
            yield dressed(line, element, given)


def _line(role: Role, element: Answer, given: Given, *, most_s: float | None = None) -> Line | None:
    """A line as far as it is one; None without words."""
    form = given.ask.form
    sources = given.ground.known(numbers(element.get("frag_ids")))[:MOST_SOURCES]
    text = given.in_script(_words(element.get("text")), sources)
    text = _at_most(text, most_s or BEAT_SHARE * form.seconds, form.piece_chars)
    if is_blank(text):
        return None
    kind = _KINDS.get(str(element.get("kind")), LineKind.YOURS)
    if kind is LineKind.YOURS and given.borrowed(sources):
        kind = LineKind.QUOTED
    texts = [given.texts[n] for n in sources]
    texts += given.ask.picked if kind is LineKind.PICKED else ()
    quote = given.stretch(_words(element.get("quote")), texts)
    said_by = given.said_by(sources) if kind is LineKind.QUOTED else ""
    return Line(role, text, sources, kind, quote=quote, said_by=said_by)


def _at_most(text: str, seconds: float, piece_chars: int | None) -> str:
    """As much of `text` as a line may hold, whole sentences; a Chinese character of a piece counts
    twice."""
    takes_s = speaking_seconds(text)
    if takes_s > seconds:
        text = beginning(text, int(len(text) * seconds / takes_s))
    if not (text and piece_chars):
        return text
    weight = sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
    return beginning(text, len(text) * piece_chars // weight)


def _opening(kind: object) -> Opening | None:
    return next((one for one in Opening if one == kind), None)


def _words(value: object) -> str:
    """Text as it was written, without what cannot be seen: it might turn a line around."""
    said = value if isinstance(value, str) else ""
    seen = (char for char in said if char in "\n\u200d" or category(char) not in _UNSEEN)
    return "".join(seen).strip()


def _object(value: object) -> Answer:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _yes(value: object) -> bool:
    return value is True or str(value).lower() == "true"


def _no(value: object) -> bool:
    return value is False or str(value).lower() == "false"
