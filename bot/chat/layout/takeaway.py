"""A draft on its way out: what stands around it, and the small menu of how it leaves."""

from telegram import InlineKeyboardButton

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.papers import Labels, Paper


def labels(say: Wording) -> Labels:
    """What stands around the person's words in what leaves."""
    return Labels(
        subject=say.gettext("Subject:"),
        caption=say.gettext("Caption"),
        shots=say.gettext("Shooting table"),
        line=say.gettext("Line"),
        on_screen=say.gettext("On screen"),
        shot=say.gettext("Shot"),
        prompts=say.gettext("Prompts for shots you would rather not film"),
        other_hooks=say.gettext("Other openings"),
        gaps=say.gettext("Still open"),
        version=say.gettext("version {n}"),
        seconds=say.gettext("about {seconds} s"),
        characters=say.gettext("{n} characters"),
        words=say.gettext("{n} words"),
        yours=say.gettext("{share} % yours"),
        glue=say.gettext("(glue)"),
        picked=say.gettext("(an idea you picked)"),
        check=say.gettext("(partly not your words)"),
        somebody=say.gettext("somebody else"),
        with_writer=say.gettext("assembled from your fragments {fragments} with {writer}"),
        offline=say.gettext("assembled from your fragments {fragments}, put together offline"),
        own=say.gettext("your own text"),
    )


def as_file(say: Wording, version_id: int) -> InlineKeyboardButton:
    """Stands under a draft and opens the menu."""
    return button(say.gettext("📄 File"), Action.AS_FILE, version_id)


def menu(say: Wording, paper: Paper, version_id: int, *, origin: bool) -> Letter:
    """How a version can leave, and whether it says where it comes from."""
    composer = Composer().add(f"📄 {paper.title}", "bold").line(paper.about)
    closing = paper.origin or say.gettext("Without the line of origin, this once.")
    composer.line(closing, "italic")
    names = (say.gettext("Text to copy"), say.gettext("Markdown"), say.gettext("Word"))
    formats = [
        button(name, Action.TAKE, version_id, place, int(origin))
        for place, name in enumerate(names)
    ]
    toggle = ("✓ " if origin else "") + say.gettext("Line of origin")
    return composer.letter().under(
        formats, [button(toggle, Action.WITH_ORIGIN, version_id, int(not origin))]
    )
