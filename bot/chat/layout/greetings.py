"""Hello, help, settings and status."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout import hearing
from bot.chat.layout.digest import icon
from bot.chat.layout.evenings import place
from bot.chat.layout.letter import Composer, Letter
from bot.chat.layout.voice import banned, words_button
from bot.chat.wording import Wording
from bot.domain.records import Fragment, Language, Person
from bot.domain.voice import Ban
from bot.journey.hear import Standing

# Where people who use each language most likely are; the first row of buttons.
LIKELY_ZONES = {
    Language.ZH_HANT: ("Asia/Taipei", "Asia/Hong_Kong", "America/Vancouver", "America/Los_Angeles"),
    Language.ZH_HANS: ("Asia/Shanghai", "Asia/Singapore", "Asia/Kuala_Lumpur", "Australia/Sydney"),
    Language.EN: ("Europe/London", "America/New_York", "America/Los_Angeles", "Australia/Sydney"),
}
# One well-known place for each offset that many people live in, west to east.
ALL_ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Chicago", "America/New_York", "America/Halifax", "America/Sao_Paulo",
    "Atlantic/Azores", "Europe/London", "Europe/Paris", "Europe/Helsinki",
    "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Taipei",
    "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
OFFERED_ZONES = frozenset(ALL_ZONES).union(*LIKELY_ZONES.values())
LANGUAGE_NAMES = {
    Language.ZH_HANT: "繁體中文",
    Language.ZH_HANS: "简体中文",
    Language.EN: "English",
}


def hello(say: Wording, person: Person, evening: str, now: datetime) -> Letter:
    """The first message: what this is, when the digest comes, and the one question it asks."""
    composer = Composer().add(say.gettext("Throw me what crosses your mind, all day."), "bold")
    composer.line(
        say.gettext(
            "Voice or text, no reply needed: a reaction means it is kept. /expand turns one idea "
            "into many, and in the evening I send a script made of your own lines."
        )
    )
    composer.line().line(evening)
    composer.line().line(say.gettext("What time is it where you are?"), "bold")
    return composer.letter().under(*zone_rows(say, LIKELY_ZONES[person.language], now, more=True))


def zones(say: Wording, now: datetime) -> Letter:
    """Every zone on offer, for whoever did not find theirs."""
    return Letter(say.gettext("What time is it where you are?")).under(
        *zone_rows(say, ALL_ZONES, now)
    )


def zone_rows(
    say: Wording, names: Sequence[str], now: datetime, *, more: bool = False
) -> list[list[InlineKeyboardButton]]:
    """Time zones as buttons, two in a row, each with the time its clocks show now."""
    buttons = [button(_clock(say, name, now), Action.ZONE, name) for name in names]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return [*rows, [button(say.gettext("Somewhere else …"), Action.MORE_ZONES)]] if more else rows


def help_text(say: Wording) -> Letter:
    """Three lines and an example."""
    composer = Composer().add(say.gettext("Send anything: it is kept, and numbered (#1, #2 …)."))
    composer.line(say.gettext("Reply ⭐ to keep it as gold, 👎 to say the words are not yours."))
    composer.line(
        say.gettext(
            "/expand digs ideas · /pan sifts them · /gold shows what you kept · "
            "/draft makes a script of your words · /digest 21:00, weekdays, pause, week, now "
            "or off · /find words or #tags · /read fetches a link · /status · "
            "/settings"
        )
    )
    composer.line(
        say.gettext("“/expand hooks: …” digs hooks; so do titles, stories, visuals and angles.")
    )
    composer.line(
        say.gettext("/voice shows how you sound, and what no draft may say: “/voice ban honestly”.")
    )
    example = say.gettext("/expand why nobody plays the piano they keep in tune")
    composer.line().line(say.gettext("For example:"), "italic").line(example, "code")
    return composer.letter()


def menu(say: Wording) -> dict[str, str]:
    """What Telegram's command menu says beside each command."""
    return {
        "expand": say.gettext("turn one idea into many"),
        "pan": say.gettext("what is still undecided"),
        "gold": say.gettext("what you kept"),
        "draft": say.gettext("a script in your own words"),
        "digest": say.gettext("when the evening digest comes"),
        "find": say.gettext("search what you sent"),
    }


def settings(
    say: Wording, evening: str, bans: Sequence[Ban], evenings: Sequence[list[InlineKeyboardButton]]
) -> Letter:
    """What can be changed, as buttons; those of the `evenings` first."""
    composer = Composer().add(evening)
    banned(say, composer, bans)
    languages = [button(name, Action.LANGUAGE, tag) for tag, name in LANGUAGE_NAMES.items()]
    zone = button(say.gettext("Time zone …"), Action.MORE_ZONES)
    return composer.letter().under(*evenings, languages, [zone, words_button(say)])


def status(
    say: Wording,
    evening: str,
    serves: str,
    unheard: Sequence[Fragment],
    standing: Standing,
    *,
    parked: int,
    unsent: int,
    learned: str = "",
) -> Letter:
    """What serves, what is due, what is stuck, and what was `learned` of this person."""
    composer = Composer().add(evening).line(serves)
    if parked:
        stuck = say.gettext("{n} could not be handled; the log says why, nothing is lost.")
        composer.line(stuck.format(n=parked))
    if unsent:
        stuck = say.gettext("{n} could not be sent; the log says why, nothing is lost.")
        composer.line(stuck.format(n=unsent))
    hearing.status(say, standing, composer)
    if unheard:
        count = say.ngettext("{n} kept, not read:", "{n} kept, not read:", len(unheard))
        composer.line(count.format(n=len(unheard)))
        composer.line(" ".join(f"{icon(one.kind)}#{one.n}" for one in unheard))
    if learned:
        composer.line(learned)
    return composer.letter().under([hearing.again_button(say)] if standing.can_be_tried else [])


def serving(say: Wording, writer: str, listener: str | None) -> str:
    """Who writes and who listens, by their names."""
    if listener is None:
        none = say.gettext(
            "Writer: {name}. Listener: none. Your voice notes are kept, and "
            "heard oldest first once somebody does. Whoever runs the bot finds how in the README, "
            "under “Who listens”."
        )
        return none.format(name=writer)
    both = say.gettext("Writer: {name}. Listener: {listener}.")
    names = {
        "sherpa": say.gettext("on this machine"),
        "openai": say.gettext("a transcription server"),
    }
    return both.format(name=writer, listener=names.get(listener, listener))


def _clock(say: Wording, name: str, now: datetime) -> str:
    return f"{place(say, name)} {now.astimezone(ZoneInfo(name)):%H:%M}"
