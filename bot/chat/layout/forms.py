"""The forms a draft can have, in words."""

from collections.abc import Iterable, Mapping

from bot.chat.buttons import Action, button
from bot.chat.layout.letter import Composer, Letter
from bot.chat.wording import Wording
from bot.domain.forms import Form
from bot.domain.words import excerpt

# Of how a form is to be so much tells which one it is.
SHORT = 120


def forms(say: Wording, built_in: Iterable[Form], own: Mapping[int, Form]) -> Letter:
    """Every form; the person's own can be removed."""
    composer = Composer().add(say.gettext("Forms of drafts"), "bold")
    for form in built_in:
        composer.line(f"/draft {form.label.get(say.language, form.id)}  ").add(
            _length(say, form), "italic"
        )
    if own:
        composer.line().line(say.gettext("Your own"), "bold")
    for form in own.values():
        composer.line(f"/draft {form.id}  ").add(_length(say, form), "italic")
        composer.line(excerpt(form.how, SHORT))
    example = say.gettext("/draft form live opening: 60 s, begin with a question")
    composer.line().line(say.gettext("A form of your own:")).line(example, "code")
    rows = [[button(f"🗑 {form.id}", Action.FORGET_FORM, id)] for id, form in own.items()]
    return composer.letter().under(*rows) if rows else composer.letter()


def kept(say: Wording, form: Form) -> Letter:
    """That a form of the person's own is there, and how it is used."""
    told = say.gettext("Kept: a form of about {seconds} s. Use it with")
    composer = Composer().add(told.format(seconds=round(form.seconds)))
    return composer.line(f"/draft {form.id}", "code").letter()


def taken(say: Wording, form: Form) -> Letter:
    """That the name belongs to a form that comes with the bot."""
    told = say.gettext("“{name}” is a form already. Give yours another name; nothing was changed.")
    return Letter(told.format(name=form.id))


def _length(say: Wording, form: Form) -> str:
    return say.gettext("about {seconds} s").format(seconds=round(form.seconds))
