"""When a draft is to be filmed: the days, the hours, and what is planned."""

from collections.abc import Sequence
from datetime import date, datetime, time

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.days import long, short
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.drafts import Draft
from bot.domain.shoots import PAGES
from bot.domain.takeaway import Taken
from bot.domain.words import excerpt

# Days, or hours, side by side; numbers of a list.
A_ROW, NUMBERS = 2, 6
# Ours: words below a file take 1,024 characters (Bot API), and nobody plans more than this.
MOST_TOLD, TITLE = 12, 40
EVENING = time(18)


def button_under(say: Wording, draft: Draft, version_id: int) -> InlineKeyboardButton:
    """Asks when a draft is to be filmed, or when else."""
    label = say.gettext("🗓 Another day") if draft.film_at else say.gettext("🗓 Film on …")
    return button(label, Action.FILM, version_id, 0)


def row(say: Wording, draft: Draft, version_id: int) -> list[InlineKeyboardButton]:
    """What can be planned of a draft; nothing once it is filmed."""
    if draft.done:
        return []
    asks = button_under(say, draft, version_id)
    if draft.film_at is None:
        return [asks]
    minute = int(draft.film_at.timestamp()) // 60
    return [asks, button(say.gettext("✖ Not any more"), Action.UNFILM, version_id, minute)]


def days(
    say: Wording, heading: str, version_id: int, choice: Sequence[date], page: int, now: datetime
) -> Letter:
    """Which day; `now` by the person's clock."""
    buttons = [
        button(_day(say, one, now), Action.FILM_DAY, version_id, one.toordinal()) for one in choice
    ]
    turn = [(page - 1, say.gettext("‹ Sooner")), (page + 1, say.gettext("Later ›"))]
    turns = [button(label, Action.FILM, version_id, to) for to, label in turn if 0 <= to < PAGES]
    composer = Composer().add(heading, "bold").line(say.gettext("On which day do you film it?"))
    return composer.letter().under(*_rows(buttons, A_ROW), turns, [_back(say, version_id)])


def hours(
    say: Wording,
    heading: str,
    version_id: int,
    day: date,
    choice: Sequence[tuple[int, datetime]],
) -> Letter:
    """At what time of a day; each as local clocks show it, with the minute it stands for."""
    buttons = [
        button(f"{at:%H:%M}", Action.FILM_AT, version_id, day.toordinal(), minute)
        for minute, at in choice
    ]
    asks = say.gettext("{day}: at what time?").format(day=long(say, day))
    other = button(say.gettext("‹ Another day"), Action.FILM, version_id, 0)
    composer = Composer().add(heading, "bold").line(asks)
    return composer.letter().under(*_rows(buttons, A_ROW + 1), [other, _back(say, version_id)])


def when(say: Wording, at: datetime) -> str:
    """Among the facts of a draft; `at` by the person's clock."""
    return say.gettext("to be filmed on {moment}").format(moment=moment(say, at))


def planned(say: Wording, at: datetime) -> str:
    """That it is planned."""
    return say.gettext("To be filmed on {moment}.").format(moment=moment(say, at))


def over(say: Wording) -> str:
    """That a time is past."""
    return say.gettext("That is over. Nothing was changed; choose a later time.")


def done(say: Wording) -> str:
    """That there is nothing left to plan."""
    return say.gettext("It is filmed already. Nothing was changed.")


def with_file(say: Wording, at: datetime, others: int) -> Letter:
    """Goes with the calendar file of a draft that was just planned."""
    open_it = say.gettext("Open the file, and your calendar has it, with the script.")
    composer = Composer().add(f"🗓 {planned(say, at)}").line(open_it)
    if others:
        more = say.ngettext(
            "{n} more that is planned is in it too.",
            "{n} more that are planned are in it too.",
            others,
        )
        composer.line(more.format(n=others))
    return composer.letter()


def called_off(say: Wording) -> Letter:
    """Goes with the file that takes one out of a calendar again."""
    return Letter(
        say.gettext(
            "🗓 Not planned any more. If it is in your calendar, open the file to take it out; "
            "where that does nothing, delete it there."
        )
    )


def taken_back(say: Wording) -> str:
    """That nothing is planned any more."""
    return say.gettext("Not planned any more.")


def listed(say: Wording, found: Sequence[tuple[Taken, datetime]]) -> Letter:
    """What is still to be filmed, each with its moment by the person's clock."""
    if not found:
        return Letter(
            say.gettext("Nothing is planned. “🗓 Film on …” under a draft asks for day and hour.")
        )
    composer = Composer().add(say.gettext("🗓 To be filmed"), "bold")
    for n, (one, at) in enumerate(found[:MOST_TOLD], 1):
        composer.line(f"{n}. {moment(say, at)} · {excerpt(one.title, TITLE)}")
    if len(found) > MOST_TOLD:
        composer.line(say.gettext("… and {n} more").format(n=len(found) - MOST_TOLD))
    composer.line(say.gettext("The file puts all of it into your calendar."))
    numbers = [
        button(str(n), Action.SHOW_DRAFT, one.version.id)
        for n, (one, _) in enumerate(found[:MOST_TOLD], 1)
    ]
    return composer.letter().under(*_rows(numbers, NUMBERS))


def today(say: Wording, titles: Sequence[str]) -> str:
    """A line of a digest: what was to be filmed that day, and is not."""
    return say.gettext("🗓 Planned for today: {titles}").format(
        titles=" · ".join(excerpt(one, TITLE) for one in titles)
    )


def moment(say: Wording, at: datetime) -> str:
    """A day and an hour, by the person's clock."""
    return say.gettext("{day}, {hour}").format(day=long(say, at), hour=f"{at:%H:%M}")


def _day(say: Wording, day: date, now: datetime) -> str:
    """With its date in any case: past midnight "today" is another day to each."""
    near = {0: say.gettext("Today"), 1: say.gettext("Tomorrow")}
    if now.time() >= EVENING:
        near[0] = say.gettext("Tonight")
    if name := near.get((day - now.date()).days):
        return f"{name} · {short(say, day)}"
    return short(say, day)


def _rows(buttons: Sequence[InlineKeyboardButton], most: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[at : at + most]) for at in range(0, len(buttons), most)]


def _back(say: Wording, version_id: int) -> InlineKeyboardButton:
    return button(say.gettext("‹ The script"), Action.SHOW_DRAFT, version_id)
