"""What a month's digests were worth, judged from what stands in the database when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.text.month_days import THIN, Day
from bench.text.month_life import ME, Came, Life
from bot.domain.digests import Came as Why
from bot.domain.digests import DigestBody, Offer, Older
from bot.domain.drafts import Line, Script, Version
from bot.domain.grounding import Ruling
from bot.domain.reuse import REPEATS, share
from bot.journey import gathering
from bot.journey.holding import Ground
from bot.journey.ports import DraftAsk
from bot.store import drafts, fragments, ideas


@dataclass(slots=True)
class Share:
    """How many of how many."""

    good: int = 0
    of: int = 0

    def count(self, good: bool) -> bool:
        """One more, which was as it should be or not."""
        self.good, self.of = self.good + good, self.of + 1
        return good

    def __str__(self) -> str:
        return f"{self.good}/{self.of}"


@dataclass(slots=True)
class Figures:
    """Of one month. `short` says what falls short, and on which day."""

    sent: Share = field(default_factory=Share)
    unwanted: int = 0
    drafts: int = 0
    full: Share = field(default_factory=Share)
    most: int = 0
    repeats: int = 0
    lines: int = 0
    refused: int = 0
    deceived: Share = field(default_factory=Share)
    thin: Share = field(default_factory=Share)
    silent: Share = field(default_factory=Share)
    back: Share = field(default_factory=Share)
    attempts: int = 0
    repairs: int = 0
    most_attempts: int = 0
    most_repairs: int = 0
    needless: int = 0
    found: Share = field(default_factory=Share)
    made_up: int = 0
    asks: int = 0
    short: list[str] = field(default_factory=list)

    @property
    def paid(self) -> str:
        """What was paid for in all."""
        return f"{self.attempts}, {self.repairs}"

    @property
    def most_paid(self) -> str:
        """What was paid for one digest at most."""
        return f"{self.most_attempts} + {self.most_repairs}"


async def judge(life: Life) -> Figures:
    """All of it."""
    sheets, ground = await _kept(life)
    judging = _Judging(life, sheets, ground, Figures())
    for came in life.came:
        judging.digest(came)
    judging.evenings()
    judging.figures.deceived.of = len(life.paid.planted)
    return judging.figures


async def _kept(life: Life) -> tuple[list[Version], Ground]:
    """Every version that holds a script, the oldest first; all that its lines may stand on."""
    async with life.db.read() as session:
        said = await fragments.all_of(session, ME)
        kept = await ideas.kept(session, ME)
        every = [
            version
            for one in await drafts.all_of(session, ME)
            for version in await drafts.versions(session, one.id)
            if version.script
        ]
    form, picked = life.forms["short"], tuple(one.title for one in kept)
    ask = DraftAsk(ME, life.month.language, gathering.within(said), form, picked=picked)
    return every, Ground.of(ask)


@dataclass
class _Judging:
    life: Life
    versions: list[Version]
    ground: Ground
    figures: Figures

    def digest(self, came: Came) -> None:
        """One digest: what it offers, what it cost, what it connects."""
        self._cost(came)
        if came.body is None:
            return
        figures = self.figures
        figures.most = max(figures.most, len(came.body.offers))
        figures.asks += came.body.asks
        for offer in came.body.offers:
            self._offered(came, offer)
        if not came.on_the_spot:
            self._connects(came, came.body.older)

    def evenings(self) -> None:
        """Whether each evening had what it should."""
        by_day = {one.day: one for one in self.life.came if not one.on_the_spot}
        for n, day in enumerate(self.life.month.days, 1):
            came, back = by_day.get(n), self.life.put_off.get(n - 1)
            body = came.body if came else None
            if (day.said or back) and not self.life.month.paused(n):
                self._count(self.figures.sent, n, bool(came and came.sent == 1), "not sent once")
            elif body:
                self.figures.unwanted += 1
                self._tell(n, "a digest nobody waited for")
            if not self.life.month.paused(n):
                self._evening(n, day, body, back)

    def _evening(self, n: int, day: Day, body: DigestBody | None, back: int | None) -> None:
        offers = body.offers if body else ()
        if back:
            first = [(one.draft_id, one.came) for one in offers[:1]]
            there = first == [(back, Why.POSTPONED)]
            self._count(self.figures.back, n, there, "what was put off is not back")
        others = [one for one in offers if one.came is not Why.POSTPONED]
        if day.kind in THIN:
            asked = bool(body and (body.question or back))
            self._count(self.figures.thin, n, asked and not others, "thin, and not right")
        elif day.kind == "silent":
            self._count(self.figures.silent, n, not others, "silent, and not right")
        elif day.carries:
            self._count(self.figures.full, n, bool(others), "full, and no draft")

    def _cost(self, came: Came) -> None:
        figures = self.figures
        figures.attempts += came.attempts
        figures.repairs += came.repairs
        figures.most_attempts = max(figures.most_attempts, came.attempts)
        figures.most_repairs = max(figures.most_repairs, came.repairs)
        if came.attempts > 1:
            self._tell(came.day, f"{came.attempts} paid attempts")
        if came.attempts and not self.life.month.days[came.day - 1].said:
            figures.needless += came.attempts
            self._tell(came.day, "paid with nothing new")

    def _offered(self, came: Came, offer: Offer) -> None:
        version = next(one for one in self.versions if one.id == offer.version_id)
        if offer.came is Why.AGAIN and version.created_at.date() < came.at.date():
            self._repeats(came, offer, "it stood in an earlier evening")
        if offer.came is not Why.NEW:
            return
        self.figures.drafts += 1
        before = [one for one in self.versions if one.draft_id < version.draft_id]
        again = max((share(_script(version), _script(one)) for one in before), default=0.0)
        if again > REPEATS:
            self._repeats(came, offer, f"{again:.2f} of it stood in an earlier one")
        for line in _lines(_script(version)):
            self._line(came, line)

    def _repeats(self, came: Came, offer: Offer, what: str) -> None:
        self.figures.repeats += 1
        self._tell(came.day, f"draft {offer.draft_id}: {what}")

    def _line(self, came: Came, line: Line) -> None:
        self.figures.lines += 1
        ruling, reasons = self.ground.judged(line)
        if ruling is Ruling.REFUSED:
            self.figures.refused += 1
            self._tell(came.day, f"{line.text}: {', '.join(reasons)}")
        if line.text in self.life.paid.planted:
            self.figures.deceived.good += 1
            self._tell(came.day, f"shown: {line.text}")

    def _connects(self, came: Came, older: Older | None) -> None:
        day = self.life.month.days[came.day - 1]
        found = self.life.numbers[older.n] if older else None
        if day.touches:
            what = f"takes up day {min(day.touches)}, and that is not shown"
            self._count(self.figures.found, came.day, found in day.touches, what)
        if older and found not in day.touches | day.may:
            self.figures.made_up += 1
            self._tell(came.day, f"made up, day {found}: {older.text}")

    def _count(self, share: Share, n: int, good: bool, what: str) -> None:
        if not share.count(good):
            self._tell(n, what)

    def _tell(self, n: int, what: str) -> None:
        self.figures.short.append(f"day {n}: {what}")


def _script(version: Version) -> Script:
    assert version.script, "only those with a script are judged"
    return version.script


def _lines(script: Script) -> Iterator[Line]:
    yield from script.lines
    yield from script.other_hooks
    if script.caption:
        yield script.caption
