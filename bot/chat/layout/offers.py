"""The drafts an evening offers: enough of the best one to decide on, the others a line each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from telegram import InlineKeyboardButton

from bot.chat.buttons import OFFERED, Action, button
from bot.chat.layout import days
from bot.chat.layout.draft import length, status_in_words
from bot.chat.layout.letter import Composer
from bot.chat.layout.phone import BOLD, COLUMNS, fitting, width
from bot.chat.wording import Wording
from bot.domain import evening
from bot.domain.digests import Came
from bot.domain.drafts import Line, LineKind, Status
from bot.domain.forms import Form
from bot.domain.records import Person
from bot.domain.script import fold
from bot.journey.offers import Offered

MARKS = "①②③"
_INNER = {"“": ("“”", "‘’"), "「": ("「」", "『』")}


@dataclass(frozen=True, slots=True)
class Eye:
    """Who looks at an evening, and when."""

    person: Person
    now: datetime
    forms: Mapping[str, Form]

    def day(self, at: datetime) -> date:
        """The date this moment has on their calendar."""
        return at.astimezone(self.person.zone).date()


def listed(
    say: Wording, composer: Composer, offers: Sequence[Offered], eye: Eye, *, short: bool
) -> None:
    """All of them, the best one first; `short` when something else needs room too."""
    if not offers:
        return
    first, *others = offers
    title = (f"{MARKS[0]} " if others else "") + first.offer.title
    composer.line().line(fitting(title, (1 if others else 2) * COLUMNS, letter=BOLD), "bold")
    if first.comes_back:
        composer.line(_comes_back(say, first.comes_back, eye), "italic")
    else:
        _best(say, composer, first, eye, most_lines=1 if others and short else 2)
        if not others:
            _goes_on(say, composer, first)
    for mark, one in zip(MARKS[1:], others, strict=False):
        _further(say, composer, f"{mark} ", one, eye)


def buttons(
    say: Wording, digest_id: int, offers: Sequence[Offered], eye: Eye
) -> list[list[InlineKeyboardButton]]:
    """What can be done with the best one, in two rows; in a third the others can be read."""
    if not offers:
        return []

    def opens(label: str, one: Offered, which: str) -> InlineKeyboardButton:
        return button(label, Action.OFFER, digest_id, one.draft.id, OFFERED.index(which))

    best, *others = offers
    put_off = best.comes_back is not None
    later = _later(say, eye, put_off=put_off)
    tomorrow = button(later, Action.TOMORROW, digest_id, best.draft.id, int(not put_off))
    return [
        [
            opens(say.gettext("📖 Read"), best, "read"),
            opens(say.gettext("✏️ Change"), best, "change"),
            opens(say.gettext("🎥 Shots"), best, "shots"),
        ],
        [
            *([] if best.done else [tomorrow]),
            opens(say.gettext("📄 As file"), best, "file"),
        ],
        [
            opens(say.gettext("{mark} Read").format(mark=mark), one, "read")
            for mark, one in zip(MARKS[1:], others, strict=False)
        ],
    ]


def _later(say: Wording, eye: Eye, *, put_off: bool) -> str:
    """What puts a draft off, or takes that back; past midnight without the name of a day."""
    if evening.small_hours(eye.now, eye.person):
        return say.gettext("↩︎ Undo") if put_off else say.gettext("💤 Later")
    return say.gettext("↩︎ Tonight after all") if put_off else say.gettext("💤 Tomorrow")


def inside(say: Wording, text: str) -> str:
    """Words that are shown between quotation marks, with those of their own one kind further in."""
    outer, _, _ = say.gettext("“{words}”").partition("{words}")
    return text.translate(str.maketrans(*_INNER[outer]))


def put_off(say: Wording, person: Person, until: date, now: datetime) -> str:
    """The toast for a draft that was put off."""
    if person.digest_at is None:
        return say.gettext(
            "The digest is off, so no evening brings it back. It is kept, and comes with the first "
            "digest after /digest 21:00."
        )
    told = say.gettext("It comes back {day} at {hour}.")
    return told.format(day=_day(say, until, person, now), hour=f"{person.digest_at:%H:%M}")


def _best(say: Wording, composer: Composer, one: Offered, eye: Eye, *, most_lines: int) -> None:
    """What it takes, whose words it is, why it is here, and how it opens."""
    whole = say.gettext("{share} % yours").format(share=int(one.offer.yours * 100))
    share = _changed(say, one) or whole
    composer.line(" · ".join([_length(say, one, eye), share, *_came(say, one, eye)]), "italic")
    if fold(one.offer.hook) not in fold(one.offer.title):
        _hook(say, composer, one, most_lines)


def _changed(say: Wording, one: Offered) -> str:
    """Which of its fragments no longer say what it does."""
    numbers = ", ".join(f"#{n}" for n in one.changed)
    return say.gettext("changed since: {numbers}").format(numbers=numbers) if numbers else ""


def _hook(say: Wording, composer: Composer, one: Offered, most_lines: int) -> None:
    """How it opens: quoted where the words are the person's own, else with whose they are."""
    line = one.script.hook if one.script else None
    if line is None or _own(line):
        composer.line(_quoted(say, one.offer.hook, most_lines))
        return
    words = fitting(inside(say, one.offer.hook), most_lines * COLUMNS)
    if line.kind is LineKind.QUOTED:
        who = line.said_by or say.gettext("somebody else")
        composer.line(say.gettext("{who}: “{words}”").format(who=who, words=words))
    else:
        composer.line(fitting(one.offer.hook, most_lines * COLUMNS))
    if line.kind is LineKind.PICKED:
        composer.add(" " + say.gettext("(an idea you picked)"), "italic")
    elif line.marked:
        composer.add(" " + say.gettext("(partly not your words)"), "italic")


def _goes_on(say: Wording, composer: Composer, one: Offered) -> None:
    """What comes after an opening that is short, and stands neither in it nor in the title."""
    if one.script is None or width(one.offer.hook) > COLUMNS - 4:
        return
    own = [line for line in one.script.beats if _own(line)]
    heads = [_bare(one.offer.title), _bare(one.offer.hook)]
    for shown in (_quoted(say, line.text, 1) for line in own):
        if not any(_bare(shown) in head or head in _bare(shown) for head in heads):
            composer.line(shown)
            return


def _quoted(say: Wording, text: str, lines: int) -> str:
    marks = say.gettext("“{words}”")
    room = lines * COLUMNS - width(marks.format(words=""))
    return marks.format(words=fitting(inside(say, text), room))


def _bare(text: str) -> str:
    """What is said, however it is set."""
    return re.sub(r"\W+", "", fold(text))


def _own(line: Line) -> bool:
    return line.kind is LineKind.YOURS and not line.marked


def _further(say: Wording, composer: Composer, numbered: str, one: Offered, eye: Eye) -> None:
    """A line of its own."""
    if one.comes_back:
        told = _comes_back(say, one.comes_back, eye)
    elif one.draft.status is not Status.NEW:
        told = status_in_words(say, one.draft.status)
    else:
        told = _changed(say, one) or _length(say, one, eye)
    room = max(COLUMNS - width(f"{numbered} · {told}"), COLUMNS // 2)
    composer.line(numbered).add(fitting(one.offer.title, room, letter=BOLD), "bold")
    composer.add(f" · {told}")


def _length(say: Wording, one: Offered, eye: Eye) -> str:
    form = eye.forms.get(one.script.form) if one.script else None
    if one.script and form and not form.spoken:
        return length(say, one.script, form)
    return say.gettext("{seconds} s").format(seconds=one.offer.seconds)


def _came(say: Wording, one: Offered, eye: Eye) -> list[str]:
    """Why it is here although it is not new, and what became of it since."""
    notes = []
    if one.offer.came is Came.POSTPONED:
        often = say.gettext("put off {n} times").format(n=one.draft.postponements)
        once = say.gettext("was put off")
        notes.append(often if one.draft.postponements > 1 else once)
    elif one.offer.came is Came.AGAIN:
        notes.append(_made(say, one.draft.created_at, eye))
    if one.draft.status is not Status.NEW:
        notes.append(status_in_words(say, one.draft.status))
    return notes


def _made(say: Wording, at: datetime, eye: Eye) -> str:
    """When a draft was made that was there before."""
    if eye.day(at) != eye.day(eye.now):
        made = format_skeleton("MMMd", eye.day(at), locale=say.locale)
        return say.gettext("from {day}").format(day=made)
    hour = at.astimezone(eye.person.zone).hour
    if hour < 12:
        return say.gettext("this morning's")
    return say.gettext("this afternoon's") if hour < 18 else say.gettext("this evening's")


def _comes_back(say: Wording, until: date, eye: Eye) -> str:
    if eye.person.digest_at is None:
        return say.gettext("comes back with the next digest: /digest 21:00")
    return say.gettext("comes back {day}").format(day=_day(say, until, eye.person, eye.now))


def _day(say: Wording, until: date, person: Person, now: datetime) -> str:
    """The day of an evening to come."""
    today = evening.local_date(now, person)
    if until == today + timedelta(days=1) and not evening.small_hours(now, person):
        return say.gettext("tomorrow")
    return say.gettext("on {day}").format(day=days.short(say, until))
