"""The evening message: what can be filmed tonight first, then gold, then the day."""

from babel.dates import format_date, format_timedelta

from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.notices import trouble_in_words
from bot.chat.wording import Wording
from bot.domain.records import Digest, DigestBody, Kind, Line, Note, Origin, Person, Script

MARKS = "①②③"


def digest(say: Wording, digest: Digest, body: DigestBody, person: Person) -> Letter:
    """One digest, from its stored body."""
    composer = Composer().add(_heading(say, digest, person), "bold")
    if digest.evening and digest.late:
        composer.line(_late(say, digest), "italic")
    composer.line(_summary(say, body))
    for mark, script in zip(MARKS, body.scripts, strict=False):
        _script(say, composer, f"{mark} " if len(body.scripts) > 1 else "", script)
    if body.question:
        composer.line().line(body.question, "bold")
        composer.line(say.gettext("Reply to answer, by voice or text."), "italic")
    _gold(say, composer, body)
    _day(say, composer, body)
    _signature(say, composer, body)
    return composer.letter()


def _heading(say: Wording, digest: Digest, person: Person) -> str:
    day = digest.evening or digest.due_at.astimezone(person.zone).date()
    return "🌙 " + format_date(day, "full", locale=say.locale)


def _late(say: Wording, digest: Digest) -> str:
    by = format_timedelta(digest.claimed_at - digest.due_at, threshold=2, locale=say.locale)
    return say.gettext("{by} late: the bot was away. Nothing you sent is missing.").format(by=by)


def _summary(say: Wording, body: DigestBody) -> str:
    sent = len(body.fragments) + len(body.unheard)
    gold = len(body.gold) + len(body.gold_ideas)
    counts = [say.ngettext("{n} fragment today", "{n} fragments today", sent).format(n=sent)]
    if gold:
        counts.append(say.ngettext("{n} grain of gold", "{n} grains of gold", gold).format(n=gold))
    if body.scripts:
        counts.append(say.gettext("this can be filmed tonight:"))
    elif body.question:
        counts.append(say.gettext("too little for a script. One question instead:"))
    return " · ".join(counts)


def _script(say: Wording, composer: Composer, mark: str, script: Script) -> None:
    composer.line().line(f"{mark}{script.title}", "bold")
    facts = say.gettext("about {seconds} s · {share} % your own words")
    composer.line(facts.format(seconds=script.seconds, share=int(script.yours * 100)), "italic")
    _spoken(composer, say.gettext("Hook"), script.hook)
    for place, beat in enumerate(script.beats, start=1):
        _spoken(composer, str(place), beat)
    _spoken(composer, say.gettext("Close"), script.close)
    for gap in script.gaps:
        composer.line(f"❓ {gap}")


def _spoken(composer: Composer, label: str, line: Line) -> None:
    composer.line(f"{label}  ", "bold").add(line.text)
    composer.add("  " + " ".join(f"#{n}" for n in line.sources) if line.sources else "")


def _gold(say: Wording, composer: Composer, body: DigestBody) -> None:
    if body.gold or body.gold_ideas:
        composer.line().line(say.gettext("⭐ Gold"), "bold")
        kept = [*map(_short, body.gold), *body.gold_ideas]
        composer.quote("\n".join(kept))


def _day(say: Wording, composer: Composer, body: DigestBody) -> None:
    if body.fragments:
        composer.line().line(say.gettext("The day"), "bold")
        composer.quote("\n".join(map(_short, body.fragments)))
    if body.unheard:
        kept = " ".join(f"{icon(one.kind)}#{one.n}" for one in body.unheard)
        composer.line(say.gettext("Kept, not yet heard or read: {files}").format(files=kept))


def _short(note: Note) -> str:
    whose = "↪ " if note.origin is Origin.FORWARDED else ""
    return f"#{note.n} {whose}{note.text}"


def icon(kind: Kind) -> str:
    """A picture for how a fragment was sent."""
    icons = {Kind.VOICE: "🎤", Kind.AUDIO: "🎧", Kind.PHOTO: "🖼", Kind.DOCUMENT: "📄"}
    return icons.get(kind, "🎬" if kind in {Kind.VIDEO, Kind.VIDEO_NOTE} else "✎")


def _signature(say: Wording, composer: Composer, body: DigestBody) -> None:
    if not body.scripts:
        return
    if body.by == "offline":
        signed = say.gettext("Put together offline: every line is yours, word for word.")
    else:
        signed = say.gettext("Put together by AI ({writer}) from your lines, each one checked.")
    composer.line().line(signed.format(writer=body.by), "italic")
    if body.trouble:
        composer.line(trouble_in_words(say, body.trouble), "italic")
