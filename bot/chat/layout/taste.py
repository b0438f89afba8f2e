"""What this person keeps, and what they film, in words."""

from collections.abc import Mapping, Sequence

from bot.chat.wording import Wording
from bot.domain.drafts import Opening
from bot.domain.outcomes import LONG_S, Learned, Length, Tallies, Trait
from bot.domain.taste import EXPLORE_OF, Tally, Taste, favourites


def learned(say: Wording, taste: Taste, names: Mapping[str, str]) -> str:
    """Whose eyes, which move and what kind of ideas are kept most, and that others keep coming; ""
    until enough was decided. `names` are what they are called, by their ids."""
    eyes = say.gettext("through the eyes of {name} ({kept} of {decided})")
    other = say.gettext("{name} ({kept} of {decided})")
    most = [
        _best(eyes, favourites(taste.lenses), names),
        _best(other, favourites(taste.moves), names),
        _best(other, favourites(taste.modes, among=2), names),
    ]
    if not any(most):
        return ""
    told = say.gettext("You keep most: {these}. One look in {n} stays open to others.")
    return told.format(these=" · ".join(filter(None, most)), n=EXPLORE_OF)


def _best(words: str, liked: Sequence[tuple[str, Tally]], names: Mapping[str, str]) -> str:
    """The one kept most of those that are still called something."""
    for name, tally in liked:
        if name in names:
            return words.format(name=names[name], kept=tally.kept, decided=tally.decided)
    return ""


def filmed(say: Wording, learned: Learned, labels: Mapping[str, str]) -> str:
    """What is filmed and what stays unopened, of the drafts that were offered, and what that
    moves; "" until enough became of them. `labels` are what forms are called; of the person's own
    the id is the name."""
    films = _told(say, learned, learned.filmed, labels)
    leaves = _told(say, learned, learned.unopened, labels)
    told = []
    if films:
        told.append(say.gettext("You film: {these}.").format(these=films))
    if leaves:
        told.append(say.gettext("You leave unopened: {these}.").format(these=leaves))
    if told:
        moved = say.gettext(
            "So the evening puts forward what you film; one in {n} goes by the material alone."
        )
        told.append(moved.format(n=EXPLORE_OF))
    return "\n".join(told)


def _told(say: Wording, learned: Learned, tallies: Tallies, labels: Mapping[str, str]) -> str:
    counted = say.gettext("{name} ({times} of {all})")
    return " · ".join(
        counted.format(
            name=_trait(say, trait, value, learned, labels),
            times=tally.kept,
            all=tally.decided,
        )
        for trait, value, tally in learned.best(tallies)
    )


def _trait(
    say: Wording, trait: Trait, value: str, learned: Learned, labels: Mapping[str, str]
) -> str:
    if trait is Trait.OPENING:
        return {
            Opening.NUMBER: say.gettext("what opens with a number"),
            Opening.CONTRAST: say.gettext("what opens with a contrast"),
            Opening.QUESTION: say.gettext("what opens with a question"),
            Opening.SCENE: say.gettext("what opens with a scene"),
        }[Opening(value)]
    if trait is Trait.LENGTH:
        long = say.gettext("what takes over {seconds} s")
        short = say.gettext("what takes up to {seconds} s")
        return (long if value == Length.LONG else short).format(seconds=LONG_S)
    if trait is Trait.FORM:
        return labels.get(value, value)
    return say.gettext("what speaks of “{word}”").format(word=learned.words[value])
