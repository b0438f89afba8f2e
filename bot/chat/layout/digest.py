"""The evening message: what can be filmed tonight first, then what it touches, then the day."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_skeleton, format_timedelta
from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout import days, film, habits, offers
from bot.chat.layout.evenings import told_since
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words, writer_in_words
from bot.chat.layout.offers import Eye
from bot.chat.layout.phone import COLUMNS, QUOTED, fitting, width
from bot.chat.wording import Wording
from bot.domain import evening
from bot.domain.digests import Digest, DigestBody, How, Note, Older, Returned
from bot.domain.records import Kind, Origin, Person
from bot.journey.offers import Shown

# The tick comes once a minute and composing takes a minute or two; past this it is late.
LATE_AFTER = timedelta(minutes=5)
# More than anybody reads of an evening, and as much as fits into one message, so that it can be
# brought back where a draft was opened in its place; the rest is found with /find.
MOST_TOLD = 40
OLDER_LINES = 2


def digest(
    say: Wording, tonight: Shown, eye: Eye, *, sent_at: datetime, since: date | None = None
) -> Letter:
    """One digest that goes out, or went out, at `sent_at`; it tells what came `since` a day, if not
    its own."""
    digest, body = tonight.digest, tonight.body
    composer = Composer().add(heading(say, digest, eye.person), "bold")
    late = sent_at - digest.due_at
    if digest.evening and late > LATE_AFTER:
        composer.line(_late(say, late), "italic")
    if since:
        composer.line(told_since(say, since, digest.evening or since), "italic")
    composer.line(_summary(say, tonight, eye))
    if body.planned:
        composer.line(film.today(say, body.planned))
    offers.listed(say, composer, tonight.offers, eye, short=bool(body.older or body.planned))
    if body.question:
        composer.line().line(body.question, "bold")
        composer.line(say.gettext("Reply to answer, by voice or text."), "italic")
    if body.older:
        composer.line("" if len(tonight.offers) > 1 else "\n").add(_older(say, body.older, eye))
    _day(say, composer, body)
    _signature(say, composer, tonight)
    otherwise = habits.ask(say, composer, eye.person) if body.asks else []
    return composer.letter().under(*_keyboard(say, tonight, eye), *otherwise)


def with_way_back(say: Wording, letter: Letter, digest_id: int) -> Letter:
    """What was opened in the place of a digest, with a button that brings that back."""
    rows = [list(row) for row in letter.keyboard.inline_keyboard] if letter.keyboard else []
    back = button(say.gettext("‹ The evening"), Action.EVENING, digest_id)
    return letter.under(*rows, [back])


def show_button(say: Wording, digest: Digest) -> InlineKeyboardButton:
    """Shows a digest once more."""
    return button(say.gettext("Show it"), Action.SHOW_DIGEST, digest.id)


def heading(say: Wording, digest: Digest, person: Person) -> str:
    """The first line of a digest, and what it is called."""
    day = digest.evening or evening.local_date(digest.due_at, person)
    return "🌙 " + days.long(say, day)


def _late(say: Wording, late: timedelta) -> str:
    by = format_timedelta(late, threshold=2, locale=say.locale)
    return say.gettext("{by} late. Nothing is lost.").format(by=by)


def _summary(say: Wording, tonight: Shown, eye: Eye) -> str:
    """What the day was, and what comes of it."""
    body = tonight.body
    sent = len(body.fragments) + len(body.unheard)
    gold = len(body.gold) + len(body.gold_ideas)
    counts = [say.ngettext("{n} fragment", "{n} fragments", sent).format(n=sent)] if sent else []
    if gold:
        counts.append(say.gettext("{n} gold").format(n=gold))
    if not counts:
        counts.append(say.gettext("nothing new"))
    if any(one.is_open for one in tonight.offers):
        late = evening.small_hours(eye.now, eye.person)
        counts.append(say.gettext("to film:") if late else say.gettext("film tonight:"))
    elif body.offers and not tonight.offers:
        counts.append(say.gettext("what was offered here was erased"))
    elif body.question:
        counts.append(say.gettext("too little for a script. One question instead:"))
    return " · ".join(counts)


def _older(say: Wording, older: Older, eye: Eye) -> str:
    said_on = eye.day(older.said_at)
    shape = "MMMMd" if said_on.year == eye.day(eye.now).year else "yMMMMd"
    told = {
        How.SAID: say.gettext("You said this on {day}: “{words}”"),
        How.ASKED: say.gettext("You asked this on {day}: “{words}”"),
        How.ANSWERED: say.gettext("You half-answered this on {day}: “{words}”"),
    }[older.how].replace("{day}", format_skeleton(shape, said_on, locale=say.locale))
    told = ("⭐ " if older.gold else "") + told
    # A line that breaks before a long word is left a little empty.
    room = OLDER_LINES * COLUMNS - 4 - width(told.replace("{words}", ""))
    return told.replace("{words}", fitting(offers.inside(say, older.text), room))


def _keyboard(say: Wording, tonight: Shown, eye: Eye) -> list[list[InlineKeyboardButton]]:
    """What is offered; and in the last row whatever else there is to look at."""
    body = tonight.body
    *rows, last = offers.buttons(say, tonight.digest.id, tonight.offers, eye) or [[]]
    if body.older:
        last.append(button(f"🔍 #{body.older.n}", Action.CITED, body.older.n))
    if body.undecided:
        short, whole = say.gettext("Pan {n} ›"), say.gettext("Pan now: {n} undecided ›")
        label = short if len(last) > 1 else whole
        last.append(button(label.format(n=body.undecided), Action.PAN))
    return [*rows, last]


def _day(say: Wording, composer: Composer, body: DigestBody) -> None:
    """Gold first, then the day, folded; then what came back."""
    lines = list(_told(say, body))
    if len(lines) > MOST_TOLD:
        more = say.gettext("… and {n} more").format(n=len(lines) - MOST_TOLD)
        lines = [*lines[:MOST_TOLD], more]
    if lines:
        composer.quote("\n".join(lines))
    if body.unheard:
        files = " ".join(f"{icon(one.kind)}#{one.n}" for one in body.unheard)
        composer.line(say.gettext("Kept, not yet heard or read: {files}").format(files=files))


def _told(say: Wording, body: DigestBody) -> Iterator[str]:
    gold = {note.n for note in body.gold}
    for note in body.gold:
        yield _line(say, "⭐ ", note)
    for title in body.gold_ideas:
        yield fitting(f"⭐ {title}", QUOTED)
    for note in body.fragments:
        if note.n not in gold:
            yield _line(say, "", note)
    if body.returned:
        yield _came_back(say, body.returned)
    for one in body.returned:
        yield fitting(f"· {one.title}", QUOTED)


def _came_back(say: Wording, returned: Sequence[Returned]) -> str:
    """What was left undecided and is here again, by who wrote it; /pan shows it first."""
    n = len(returned)
    questions = sum(one.by == "offline" for one in returned)
    if questions == n:
        head = say.ngettext("↩︎ {n} question came back", "↩︎ {n} questions came back", n)
    elif questions:
        head = say.ngettext("↩︎ {n} card came back", "↩︎ {n} cards came back", n)
    else:
        head = say.ngettext("↩︎ {n} idea by AI came back", "↩︎ {n} ideas by AI came back", n)
    return head.format(n=n)


def _line(say: Wording, mark: str, note: Note) -> str:
    mark += f"#{note.n} " + ("↪ " if note.origin is Origin.FORWARDED else "")
    mark += say.gettext("(seen by AI)") + " " if note.by else ""
    return mark + fitting(note.text, QUOTED - width(mark))


def icon(kind: Kind) -> str:
    """A picture for how a fragment was sent."""
    icons = {
        Kind.VOICE: "🎤",
        Kind.AUDIO: "🎧",
        Kind.PHOTO: "🖼",
        Kind.DOCUMENT: "📄",
        Kind.LINK: "🔗",
    }
    return icons.get(kind, "🎬" if kind in {Kind.VIDEO, Kind.VIDEO_NOTE} else "✎")


def _signature(say: Wording, composer: Composer, tonight: Shown) -> None:
    """Who wrote what is offered, and what went wrong."""
    by = [one.offer.by for one in tonight.offers if one.script]
    models = [one for one in by if one != "offline"]
    writer = writer_in_words(say, models[0]) if models else ""
    if any(one.changed for one in tonight.offers):
        signed = say.gettext("By {writer}. Not every line holds by now.")
        names = [f"AI ({writer})"] if models else []
        names += [writer_in_words(say, "offline")] if len(models) < len(by) else []
        writer = ", ".join(names)
    elif models and len(models) < len(by):
        signed = say.gettext("By AI ({writer}) and offline, each line checked.")
    elif models:
        signed = say.gettext("By AI ({writer}), each line checked.")
    else:
        signed = say.gettext("Offline: your own words, only cut.")
    if by:
        composer.line(signed.format(writer=writer), "italic")
    if tonight.offers and tonight.body.trouble:
        composer.line(trouble_in_words(say, tonight.body.trouble), "italic")
