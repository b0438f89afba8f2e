"""Which update goes where. The order matters: the first route that takes an update has it."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.chat import (
    backlog,
    buttons,
    capture,
    commands,
    delivery,
    digest,
    draft,
    evenings,
    expand,
    film,
    forms,
    gold,
    habits,
    hear,
    offers,
    pan,
    reading,
    revise,
    single,
    start,
    takeaway,
    voice,
    voice_asks,
    week,
    why,
    worn,
)
from bot.chat.buttons import Action, MadeUp, Press
from bot.chat.desk import Context, Desk, Telegram, Visit
from bot.chat.layout.notices import gone
from bot.chat.wording import wording
from bot.domain.words import is_blank

Handler = Callable[[Visit], Awaitable[None]]

COMMANDS: dict[str, Callable[[Visit, str], Awaitable[None]]] = {
    "expand": expand.command,
    "pan": backlog.command,
    "gold": gold.command,
    "draft": film.command,  # which hands on all but /draft shoots
    "digest": evenings.command,
    "find": start.find,
    "read": reading.command,
    "status": start.status,
    "settings": start.settings,
    "voice": voice.command,
    "help": start.help,
    "start": start.start,
}
# The menu shows those used daily; the others are named by /help.
MENU = ("expand", "pan", "gold", "draft", "digest", "find")

BUTTONS: dict[Action, Callable[[Visit, Press], Awaitable[str | None]]] = {
    Action.KEEP: pan.keep,
    Action.MAYBE: pan.maybe,
    Action.DROP_REST: pan.drop_rest,
    Action.PAGE: pan.turn,
    Action.AGAIN: expand.again,
    Action.GOLD: gold.page,
    Action.SHOW_DIGEST: digest.show,
    Action.SHOW_CARDS: expand.show,
    Action.GROW_FRAGMENT: gold.grow_fragment,
    Action.GROW_IDEA: gold.grow_idea,
    Action.ZONE: start.zone,
    Action.MORE_ZONES: start.more_zones,
    Action.LANGUAGE: start.language,
    Action.CORRECT: hear.ask,
    Action.SHOW_HEARING: hear.show,
    Action.HEAR_AGAIN: hear.again,
    Action.SHOW_PAGE: reading.show,
    Action.TAKE_BACK: pan.take_back,
    Action.BRING_BACK: pan.bring_back,
    Action.SHOW_WHY: why.show,
    Action.PAN: backlog.begin,
    Action.DECIDE: backlog.decide,
    Action.UNDO: backlog.undo,
    Action.CARD: single.show,
    Action.MIX: single.partners,
    Action.MIX_WITH: single.mix_with,
    Action.GROW_AS: gold.grow_as,
    Action.STAR: gold.star,
    Action.VOICE: voice.show,
    Action.VOICE_RULE: voice.rule,
    Action.VOICE_SET: voice.set_rule,
    Action.VOICE_ASK: voice_asks.ask,
    Action.VOICE_COUNT: voice.count,
    Action.VOICE_MANNER: voice.manner,
    Action.VOICE_LIFT: voice.lift,
    Action.VOICE_LEARN: voice.learn,
    Action.SHOW_DRAFT: draft.show,
    Action.SOURCES: draft.sources,
    Action.CITED: draft.fragment,
    Action.SHOTS: draft.shots,
    Action.ANOTHER: draft.another,
    Action.STATUS: draft.status,
    Action.WORN: worn.show,
    Action.MY_WORDS: worn.ask,
    Action.KEEP_PHRASE: worn.keep,
    Action.REWRITE: worn.rewrite,
    Action.UNKEEP: worn.undo,
    Action.PHRASES: worn.phrases,
    Action.PHRASE_BACK: worn.take_back,
    Action.CHANGE: revise.change,
    Action.CHANGED: revise.changed,
    Action.VERSIONS: revise.versions,
    Action.GAP: revise.gap,
    Action.DRAFT_IT: draft.draft_it,
    Action.FORGET_FORM: forms.forget,
    Action.AS_FILE: takeaway.as_file,
    Action.WITH_ORIGIN: takeaway.with_origin,
    Action.TAKE: takeaway.take,
    Action.OFFER: offers.open_draft,
    Action.TOMORROW: offers.tomorrow,
    Action.EVENING: offers.evening,
    Action.LEAVE_HABITS: habits.leave,
    Action.WHEN: evenings.view,
    Action.WHEN_HOUR: evenings.hour,
    Action.WHEN_DAYS: evenings.days,
    Action.WHEN_PAUSE: evenings.pause,
    Action.WHEN_FORM: evenings.form,
    Action.WHEN_BACK: evenings.undo,
    Action.SHOW_WEEK: week.show,
    Action.GROUND: week.ground,
    Action.FILM: film.days,
    Action.FILM_DAY: film.hours,
    Action.FILM_AT: film.plan,
    Action.UNFILM: film.call_off,
}

FILES = (
    filters.VOICE
    | filters.AUDIO
    | filters.VIDEO_NOTE
    | filters.VIDEO
    | filters.PHOTO
    | filters.Document.ALL
)


def add_routes(application: Telegram, desk: Desk) -> None:
    """Connect every kind of update with its handler."""
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    routes: list[tuple[filters.BaseFilter, Handler]] = [
        (edited, capture.edited),
        (new & filters.TEXT, text),
        (new & FILES, capture.file),
        (new & ~filters.StatusUpdate.ALL, capture.other),
    ]
    for wanted, handler in routes:
        application.add_handler(MessageHandler(wanted, _visiting(desk, handler)))
    application.add_handler(CallbackQueryHandler(_visiting(desk, pressed)))
    application.add_handler(MessageReactionHandler(_visiting(desk, capture.reaction)))


async def text(visit: Visit) -> None:
    """A command if it reads as one, a fragment otherwise. Forwarded text is never a command."""
    words = visit.message.text or ""
    if is_blank(words):
        return
    command = None if visit.message.forward_origin else commands.read(words)
    if command is None:
        await capture.text(visit)
    elif command.name in COMMANDS:
        await COMMANDS[command.name](visit, command.words)
    else:
        await start.unknown(visit, command.name, list(COMMANDS))


async def pressed(visit: Visit) -> None:
    """A button: do it, then say so in a toast. One we never made says that it is gone."""
    query = visit.update.callback_query
    assert query is not None, "routes send only presses here"
    press = buttons.read(query.data)
    if query.message:
        await offers.touched(visit, query.message.message_id)
    try:
        words = await BUTTONS[press.action](visit, press) if press else gone(visit.say)
    except MadeUp:
        words = gone(visit.say)
    visit.afterwards.insert(0, partial(delivery.toast, visit.bot, query, words))


def _visiting(
    desk: Desk, handler: Handler
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Give a handler its visit: who it is and the words to answer in."""

    async def visiting(update: Update, context: Context) -> None:
        user = update.effective_user
        assert user is not None, "the inbox keeps only updates with a sender"
        person = await desk.person_of(user)
        visit = Visit(desk, context.bot, update, person, wording(person.language))
        await handler(visit)
        desk.afterwards[update.update_id] = visit.afterwards

    return visiting
