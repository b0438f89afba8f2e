"""The evening message: what can be filmed tonight first, then gold, then the day."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_timedelta
from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.evenings import told_since
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words, writer_in_words
from bot.chat.wording import Wording
from bot.domain import evening
from bot.domain.digests import Digest, DigestBody, Note, Offer
from bot.domain.records import Kind, Origin, Person
from bot.domain.words import excerpt

MARKS = "①②③"
# The tick comes once a minute and composing takes a minute or two; past this it is late.
LATE_AFTER = timedelta(minutes=5)
# Fragments of more characters than this in all would fill several messages: each is then told by
# its beginning. Anything up to the longest single message is shown as it is.
LONG_DAY, SHORT = 4096, 60
# More than anybody reads of an evening; the rest is found with /find.
MOST_TOLD = 60


def digest(
    say: Wording,
    digest: Digest,
    body: DigestBody,
    person: Person,
    *,
    sent_at: datetime,
    since: date | None = None,
) -> Letter:
    """One digest, from its stored body; it tells what came `since` a day, if not its own."""
    composer = Composer().add(heading(say, digest, person), "bold")
    late = sent_at - digest.due_at
    if digest.evening and late > LATE_AFTER:
        composer.line(_late(say, late), "italic")
    if since:
        composer.line(told_since(say, since, digest.evening or since), "italic")
    composer.line(_summary(say, body))
    for mark, offer in zip(MARKS, body.offers, strict=False):
        _offer(say, composer, f"{mark} " if len(body.offers) > 1 else "", offer)
    if body.question:
        composer.line().line(body.question, "bold")
        composer.line(say.gettext("Reply to answer, by voice or text."), "italic")
    _gold(say, composer, body)
    _returned(say, composer, body)
    _day(say, composer, body)
    _signature(say, composer, body)
    read = [
        button(f"{mark} {say.gettext('Read')}", Action.SHOW_DRAFT, offer.version_id)
        for mark, offer in zip(MARKS, body.offers, strict=False)
    ]
    pan_now = button(say.gettext("Pan now ›"), Action.PAN)
    return composer.letter().under(read, [pan_now] if body.returned else [])


def show_button(say: Wording, digest: Digest) -> InlineKeyboardButton:
    """Shows a digest once more."""
    return button(say.gettext("Show it"), Action.SHOW_DIGEST, digest.id)


def heading(say: Wording, digest: Digest, person: Person) -> str:
    """The first line of a digest, and what it is called."""
    day = digest.evening or evening.local_date(digest.due_at, person)
    return "🌙 " + format_date(day, "full", locale=say.locale)


def _late(say: Wording, late: timedelta) -> str:
    by = format_timedelta(late, threshold=2, locale=say.locale)
    return say.gettext("{by} late: the bot was away. Nothing you sent is missing.").format(by=by)


def _summary(say: Wording, body: DigestBody) -> str:
    sent = len(body.fragments) + len(body.unheard)
    gold = len(body.gold) + len(body.gold_ideas)
    counts = [say.ngettext("{n} fragment today", "{n} fragments today", sent).format(n=sent)]
    if gold:
        counts.append(say.ngettext("{n} grain of gold", "{n} grains of gold", gold).format(n=gold))
    if body.offers:
        counts.append(say.gettext("this can be filmed tonight:"))
    elif body.question:
        counts.append(say.gettext("too little for a script. One question instead:"))
    return " · ".join(counts)


def _offer(say: Wording, composer: Composer, mark: str, offer: Offer) -> None:
    composer.line().line(f"{mark}{offer.title}", "bold")
    facts = say.gettext("about {seconds} s · {share} % your own words")
    composer.line(facts.format(seconds=offer.seconds, share=int(offer.yours * 100)), "italic")
    composer.line(offer.hook)


def _gold(say: Wording, composer: Composer, body: DigestBody) -> None:
    """What was kept today. The day's own fragments are told by their beginning: they stand whole
    below."""
    today = {note.n for note in body.fragments}
    gold = [_told(say, note, SHORT if note.n in today else None) for note in body.gold]
    if gold or body.gold_ideas:
        composer.line().line(say.gettext("⭐ Gold"), "bold")
        composer.quote("\n".join([*gold, *body.gold_ideas]))


def _returned(say: Wording, composer: Composer, body: DigestBody) -> None:
    """What was left undecided and comes back; /pan shows it first."""
    n = len(body.returned)
    if not n:
        return
    questions = sum(one.by == "offline" for one in body.returned)
    if questions == n:
        head = say.ngettext("↩︎ {n} question came back", "↩︎ {n} questions came back", n)
    elif questions:
        head = say.ngettext("↩︎ {n} card came back", "↩︎ {n} cards came back", n)
    else:
        head = say.ngettext("↩︎ {n} idea by AI came back", "↩︎ {n} ideas by AI came back", n)
    composer.line().line(head.format(n=n), "bold")
    if body.undecided > n:
        composer.add(" · ").add(say.gettext("{n} undecided").format(n=body.undecided))
    for one in body.returned:
        composer.line(f"· {one.title}")


def _day(say: Wording, composer: Composer, body: DigestBody) -> None:
    if body.fragments:
        gold = {note.n for note in body.gold}
        long = sum(len(note.text) for note in body.fragments) > LONG_DAY
        left_out = len(body.fragments) - MOST_TOLD
        lines = [
            ("⭐ " if note.n in gold else "") + _told(say, note, SHORT if long else None)
            for note in body.fragments[-MOST_TOLD:]
        ]
        if left_out > 0:
            lines.append(say.gettext("… and {n} more").format(n=left_out))
        composer.line().line(say.gettext("The day"), "bold")
        composer.quote("\n".join(lines))
    if body.unheard:
        files = " ".join(f"{icon(one.kind)}#{one.n}" for one in body.unheard)
        composer.line(say.gettext("Kept, not yet heard or read: {files}").format(files=files))


def _told(say: Wording, note: Note, max_chars: int | None = None) -> str:
    whose = "↪ " if note.origin is Origin.FORWARDED else ""
    whose += say.gettext("(seen by AI)") + " " if note.by else ""
    return f"#{note.n} {whose}{excerpt(note.text, max_chars) if max_chars else note.text}"


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


def _signature(say: Wording, composer: Composer, body: DigestBody) -> None:
    if not body.offers:
        return
    if body.by == "offline":
        signed = say.gettext(
            "Put together offline: your own words, cut here and there, never changed."
        )
    else:
        signed = say.gettext("Put together by AI ({writer}) from your lines, each one checked.")
    composer.line().line(signed.format(writer=writer_in_words(say, body.by)), "italic")
    if body.trouble:
        composer.line(trouble_in_words(say, body.trouble), "italic")
