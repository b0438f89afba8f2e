"""The look back at a week, in words and as a chart of the same numbers."""

from datetime import timedelta

from babel.dates import format_date, format_interval
from babel.numbers import format_decimal, format_percent
from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout import days
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain import script
from bot.domain.charts import Chart, Column, Legend, Row, Section
from bot.domain.drafts import Status
from bot.domain.records import Language, Person
from bot.domain.weeks import Day, Made, Week, WeekBody

MINUTE_S = 60


def week(say: Wording, week: Week) -> Letter:
    """All its numbers in words."""
    body = week.body
    composer = Composer().add(heading(say, body), "bold")
    composer.line(_totals(say, body))
    if body.voice_s >= MINUTE_S:
        minutes = round(body.voice_s / MINUTE_S)
        spoken = say.ngettext("{n} minute of voice", "{n} minutes of voice", minutes)
        composer.add(" · ").add(spoken.format(n=minutes))
    _days(say, composer, body)
    _themes(say, composer, body)
    _gold(say, composer, body)
    _drafts(say, composer, body)
    _waiting(say, composer, body)
    return composer.letter()


def heading(say: Wording, body: WeekBody) -> str:
    """The first line, and what a look back is called."""
    return f"🗓 {say.gettext('Your week')} · {_span(say, body)}"


def show_button(say: Wording, week: Week) -> InlineKeyboardButton:
    """Shows a look back once more."""
    return button(say.gettext("Show it"), Action.SHOW_WEEK, week.id)


def ground_button(say: Wording, week: Week, person: Person) -> InlineKeyboardButton:
    """Turns the picture light or dark, whichever it is not."""
    label = say.gettext("☀️ Light") if person.dark else say.gettext("🌙 Dark")
    return button(label, Action.GROUND, week.id, int(not person.dark))


def chart(say: Wording, body: WeekBody, *, dark: bool) -> Chart:
    """The same as a picture."""
    legend = Legend(
        before=say.gettext("the week before") if body.before else "",
        kept=say.gettext("kept") if body.kept else "",
        filmed=say.gettext("filmed") if body.filmed else "",
    )
    sections = [one for one in (_themes_drawn(say, body), _figures_drawn(say, body)) if one.rows]
    return Chart(
        language=_face(say, sections),
        dark=dark,
        title=say.gettext("Your week"),
        under=_span(say, body),
        totals=tuple((_number(say, n), words) for n, words in _counts(say, body)),
        days=say.gettext("Said each day"),
        columns=tuple(
            Column(_weekday(say, one), one.said, one.before, one.kept, one.filmed)
            for one in body.days
        ),
        legend=legend,
        sections=tuple(sections),
    )


def _face(say: Wording, sections: list[Section]) -> Language:
    """Whose shapes Chinese characters have: the interface's, and in an English one their own."""
    if say.language is not Language.EN:
        return say.language
    return script.language_of(
        "\n".join(row.label for one in sections for row in one.rows), say.language
    )


def _span(say: Wording, body: WeekBody) -> str:
    first, last = body.days[0].day, body.days[-1].day
    return str(format_interval(first, last, "MMMd", locale=say.locale))


def _weekday(say: Wording, day: Day) -> str:
    return format_date(day.day, "ccc", locale=say.locale)


def _number(say: Wording, n: float) -> str:
    return format_decimal(n, locale=say.locale)


def _counts(say: Wording, body: WeekBody) -> list[tuple[int, str]]:
    """What is counted, as far as there is any; what was said in any case."""
    counts = (
        (body.kept, say.gettext("kept")),
        (body.filmed, say.gettext("filmed")),
        (body.published, say.gettext("published")),
    )
    return [(body.said, say.gettext("said")), *(one for one in counts if one[0])]


def _totals(say: Wording, body: WeekBody) -> str:
    counts = [say.gettext("{n} said").format(n=_number(say, body.said))] + [
        say.gettext("{n} {done}").format(n=_number(say, n), done=done)
        for n, done in _counts(say, body)[1:]
    ]
    told = say.gettext(", ").join(counts)
    if body.before:
        before = say.gettext("the week before: {n} said")
        told += " · " + before.format(n=_number(say, body.before))
    return told


def _days(say: Wording, composer: Composer, body: WeekBody) -> None:
    head = say.gettext("Said each day")
    if body.before:
        head = say.gettext("Said each day (the week before)")
    composer.line().line(head, "bold")
    composer.line(" · ".join(_day(say, one, before=bool(body.before)) for one in body.days))


def _day(say: Wording, day: Day, *, before: bool) -> str:
    told = f"{_weekday(say, day)} {day.said}" + (f" ({day.before})" if before else "")
    told += f" ⭐{day.kept}" if day.kept else ""
    return told + (f" 🎬{day.filmed}" if day.filmed else "")


def _themes(say: Wording, composer: Composer, body: WeekBody) -> None:
    if not body.themes:
        return
    composer.line().line(say.gettext("Came up again"), "bold")
    for one in body.themes:
        told = say.gettext("“{words}”: on {days} days, in {n} fragments")
        composer.line(told.format(words=one.words, days=one.days, n=one.count))
        if one.line:
            composer.line(f"    #{one.n} ").add(one.line, "italic")


def _gold(say: Wording, composer: Composer, body: WeekBody) -> None:
    if not body.gold:
        return
    composer.line().line(say.gettext("⭐ Gold"), "bold")
    for one in body.gold:
        by = (
            "" if one.n else (say.gettext("question") if one.by == "offline" else say.gettext("AI"))
        )
        composer.line(f"#{one.n} " if one.n else f"({by}) ").add(one.text)


def _drafts(say: Wording, composer: Composer, body: WeekBody) -> None:
    if not (body.drafts or body.opened):
        return
    counts = [
        say.gettext("{n} {done}").format(n=n, done=done)
        for n, done in (
            (body.written, say.gettext("drafted")),
            (body.opened, say.gettext("opened")),
            (body.filmed, say.gettext("filmed")),
            (body.published, say.gettext("published")),
        )
        if n
    ]
    composer.line().line(say.gettext("Drafts"), "bold").add(" · " + say.gettext(", ").join(counts))
    for one in body.drafts:
        composer.line(_made(say, one, _became(say, one.status)))
    for one in body.earlier:
        composer.line(_made(say, one, say.gettext("before")))


def _made(say: Wording, made: Made, what: str) -> str:
    told = say.gettext("{what}: {title}").format(what=what, title=made.title)
    return f"{told} · {made.figures}" if made.figures else told


def _became(say: Wording, status: Status) -> str:
    match status:
        case Status.PUBLISHED:
            return say.gettext("published")
        case Status.FILMED:
            return say.gettext("filmed")
        case _:
            return say.gettext("drafted")


def _waiting(say: Wording, composer: Composer, body: WeekBody) -> None:
    if not body.waiting:
        return
    composer.line().line(say.gettext("Put off"), "bold")
    for one in body.waiting:
        last = body.days[-1].day
        day = days.weekday(say, one.until)
        if abs(one.until - last) >= timedelta(days=len(body.days)):
            day = days.long(say, one.until, last)
        composer.line(say.gettext("{title}, until {day}").format(title=one.title, day=day))


def _themes_drawn(say: Wording, body: WeekBody) -> Section:
    told = say.gettext("{days} days · {n} fragments")
    rows = [
        Row(one.words, one.count, told.format(days=one.days, n=one.count)) for one in body.themes
    ]
    return Section(say.gettext("Came up again"), tuple(rows))


def _figures_drawn(say: Wording, body: WeekBody) -> Section:
    """Published ones side by side, by the first thing that one of the week's counts."""
    published = [one for one in body.drafts if one.status is Status.PUBLISHED]
    counted = next((name for one in published for name in one.numbers), "")
    rows = [
        Row(made.title, n, _figure(say, n), new=made in published)
        for made in [*published, *body.earlier]
        if (n := made.numbers.get(counted)) is not None
    ]
    return Section(_counts_what(say, counted), tuple(rows))


def _figure(say: Wording, n: float) -> str:
    return format_percent(n, locale=say.locale) if 0 < n < 1 else _number(say, n)


def _counts_what(say: Wording, counted: str) -> str:
    words = {
        "views": say.gettext("Published: views"),
        "likes": say.gettext("Published: likes"),
        "comments": say.gettext("Published: comments"),
        "shares": say.gettext("Published: shares"),
        "saves": say.gettext("Published: saves"),
        "followers": say.gettext("Published: followers"),
        "opens": say.gettext("Published: opened"),
    }
    return words.get(counted, "")
