"""The week behind: when it begins and ends, and what its numbers are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain import evening, excerpts, figures
from bot.domain.drafts import Draft, Status
from bot.domain.records import Fragment, Idea, Kind, Origin, Person
from bot.domain.themes import Said, Theme, themes
from bot.domain.words import excerpt

DAYS = 7
# A look back that was missed (the bot was away) still comes with the next evening: after a Friday
# without weekends that is three days later.
LATEST = timedelta(days=3)
_FRIDAY, _SUNDAY = 4, 6
# What fits beside a picture: the rest is in /gold and /draft.
MOST_GOLD, MOST_DRAFTS, MOST_EARLIER = 3, 5, 3
_LINE = 60  # characters
_SPOKEN = (Kind.VOICE, Kind.AUDIO, Kind.VIDEO_NOTE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day: how many fragments came in, how many a week before, and what was done on it."""

    day: date
    said: int = 0
    before: int = 0
    kept: int = 0
    filmed: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something kept: a fragment by its number, or with 0 an idea's title and who wrote it."""

    n: int
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A draft of the week, or one of before to lay beside it; `figures` in the person's words, cut
    short, and `numbers` what all of them count (`figures.numbers`)."""

    draft_id: int
    title: str
    status: Status
    figures: str = ""
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that was put off, and the evening that brings it back."""

    draft_id: int
    title: str
    until: date


@dataclass(frozen=True, slots=True)
class WeekBody:
    """What a look back says, stored before it is sent. `drafts` are those that became something,
    the published first, then those that were only written; `earlier` are published ones of before,
    the newest first, if any of the week's has figures too."""

    days: tuple[Day, ...]
    voice_s: int = 0
    gold: tuple[Piece, ...] = ()
    written: int = 0
    opened: int = 0
    published: int = 0
    drafts: tuple[Made, ...] = ()
    earlier: tuple[Made, ...] = ()
    themes: tuple[Theme, ...] = ()
    waiting: tuple[Waiting, ...] = ()

    @property
    def said(self) -> int:
        return sum(one.said for one in self.days)

    @property
    def before(self) -> int:
        return sum(one.before for one in self.days)

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.days)

    @property
    def filmed(self) -> int:
        return sum(one.filmed for one in self.days)

    @property
    def silent(self) -> bool:
        """Whether nothing happened in it."""
        return not (self.said or self.kept or self.filmed or self.published)


@dataclass(frozen=True, slots=True)
class Week:
    """A look back at the week that ends with the day `week`."""

    id: int
    person_id: int
    week: date
    composed_at: datetime
    body: WeekBody


@dataclass(frozen=True, slots=True)
class Found:
    """What a week is made of: all of the two weeks up to its end, and all drafts with the titles
    they have; `elsewhere` are the texts of all other fragments, as `related.plain` makes them."""

    fragments: Sequence[Fragment]
    gold: Sequence[Fragment | Idea]
    drafts: Sequence[Draft]
    titles: dict[int, str]
    elsewhere: Sequence[str]


def last_day(on: date, person: Person) -> date:
    """The last day of the week this day belongs to: a Sunday, without weekends a Friday."""
    last = _FRIDAY if person.weekdays_only else _SUNDAY
    return on + timedelta(days=(last - on.weekday()) % DAYS)


def closes(week: date, person: Person) -> datetime:
    """When the week that ends with this day is over: with its evening, as what is said later
    belongs to tomorrow's digest."""
    if person.digest_at is None:
        return evening.moment(week + timedelta(days=1), person.day_starts, person.zone)
    return evening.due_at(week, person)


def due(on: date, person: Person) -> date | None:
    """The week to look back at with the digest of this evening, if it is not done yet."""
    behind = last_day(on, person)
    if behind > on:
        behind -= timedelta(days=DAYS)
    paused = person.paused_until and behind < person.paused_until
    return None if on - behind > LATEST or person.digest_at is None or paused else behind


def running(now: datetime, person: Person) -> date:
    """The last day of the week that `now` belongs to."""
    week = last_day(evening.local_date(now, person), person)
    return week + timedelta(days=DAYS) if now >= closes(week, person) else week


def look_back(week: date, person: Person, found: Found) -> WeekBody:
    """The numbers of a week, and what stands behind them."""
    begins = closes(week - timedelta(days=DAYS), person)
    ends = closes(week, person)

    def within(moment: datetime | None) -> bool:
        return moment is not None and begins < moment <= ends

    said = [one for one in found.fragments if within(one.captured_at)]
    made = [one for one in found.drafts if one.id in found.titles]
    became = [one for one in made if within(one.status_at)]
    filmed = [one for one in became if one.status is Status.FILMED]
    published = [one for one in became if one.status is Status.PUBLISHED]
    written = [one for one in made if within(one.created_at)]
    drafts = list(dict.fromkeys([*published, *filmed, *written]))
    return WeekBody(
        days=_days(week, person, found, filmed, begins, ends),
        voice_s=sum(_spoken_s(one) for one in said),
        gold=_pieces([one for one in found.gold if within(_kept_at(one))]),
        written=len(written),
        opened=sum(within(one.opened_at) for one in made),
        published=len(published),
        drafts=tuple(_made(one, found) for one in drafts[:MOST_DRAFTS]),
        earlier=_earlier(made, published, found, begins),
        themes=themes([_as_said(one, week, person) for one in said if one.own], found.elsewhere),
        waiting=tuple(
            Waiting(one.id, _title(one, found), one.postponed_to)
            for one in made
            if one.postponed_to and not one.done
        )[:MOST_DRAFTS],
    )


def _days(
    week: date,
    person: Person,
    found: Found,
    filmed: Sequence[Draft],
    begins: datetime,
    ends: datetime,
) -> tuple[Day, ...]:
    span = timedelta(days=DAYS)
    captured = [one.captured_at for one in found.fragments]
    kept = [_kept_at(one) for one in found.gold]
    said = [day_of(at, week, person) for at in captured if begins < at <= ends]
    # Counted a week later, so that they stand beside the days they are compared with.
    before = [day_of(at, week - span, person) + span for at in captured if at <= begins]
    gold = [day_of(at, week, person) for at in kept if at and begins < at <= ends]
    done = [day_of(one.status_at, week, person) for one in filmed if one.status_at]
    days = [week - timedelta(days=left) for left in range(DAYS - 1, -1, -1)]
    return tuple(
        Day(one, said.count(one), before.count(one), gold.count(one), done.count(one))
        for one in days
    )


def day_of(at: datetime, week: date, person: Person) -> date:
    """The day of a week that a moment counts for. What came after the last evening of the week
    before counts for the first."""
    return max(evening.local_date(at, person), week - timedelta(days=DAYS - 1))


def _as_said(fragment: Fragment, week: date, person: Person) -> Said:
    day = day_of(fragment.captured_at, week, person)
    return Said(fragment.n, excerpts.spoken(fragment), day, fragment.gold_at is not None)


def _spoken_s(fragment: Fragment) -> int:
    mine = fragment.origin is Origin.OWN and fragment.kind in _SPOKEN
    return sum(one.duration_s or 0 for one in fragment.media) if mine else 0


def _kept_at(one: Fragment | Idea) -> datetime | None:
    return one.gold_at if isinstance(one, Fragment) else one.decided_at


def _pieces(gold: Sequence[Fragment | Idea]) -> tuple[Piece, ...]:
    """A few of them: their own words first, then the newest."""
    mine = [one for one in reversed(gold) if isinstance(one, Fragment) and one.own]
    others = [one for one in reversed(gold) if one not in mine]
    return tuple(
        Piece(one.n, excerpt(excerpts.spoken(one), _LINE))
        if isinstance(one, Fragment)
        else Piece(0, excerpt(one.title, _LINE), one.by)
        for one in [*mine, *others]
        if not isinstance(one, Fragment) or one.has_words
    )[:MOST_GOLD]


def _title(draft: Draft, found: Found) -> str:
    return excerpt(found.titles[draft.id], _LINE)


def _made(draft: Draft, found: Found) -> Made:
    told = figures.shortened(draft.figures, _LINE)
    counted = figures.numbers(draft.figures)
    return Made(draft.id, _title(draft, found), draft.status, told, counted)


def _earlier(
    made: Sequence[Draft], published: Sequence[Draft], found: Found, begins: datetime
) -> tuple[Made, ...]:
    """Published ones of before that count what one of the week's counts too."""
    counted = {name for one in published for name in figures.numbers(one.figures)}
    before = [
        one
        for one in made
        if one.status is Status.PUBLISHED
        and one.status_at
        and one.status_at <= begins
        and counted & figures.numbers(one.figures).keys()
    ]
    newest = sorted(before, key=lambda one: (one.status_at or begins, one.id), reverse=True)
    return tuple(_made(one, found) for one in newest[:MOST_EARLIER])
