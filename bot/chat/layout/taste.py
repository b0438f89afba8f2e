"""What this person keeps, in words."""

from collections.abc import Mapping

from bot.chat.wording import Wording
from bot.domain.taste import EXPLORE_OF, Tally, Taste, favourites


def learned(say: Wording, taste: Taste, names: Mapping[str, str]) -> str:
    """Whose eyes, which move and what kind of ideas are kept most, and that others keep coming; ""
    until enough was decided. `names` are what they are called, by their ids."""
    eyes = say.gettext("through the eyes of {name} ({kept} of {decided})")
    other = say.gettext("{name} ({kept} of {decided})")
    most = [
        _best(eyes, taste.lenses, names),
        _best(other, taste.moves, names),
        _best(other, taste.modes, names),
    ]
    if not any(most):
        return ""
    told = say.gettext("You keep most: {these}. One look in {n} stays open to others.")
    return told.format(these=" · ".join(filter(None, most)), n=EXPLORE_OF)


def _best(words: str, tallies: Mapping[str, Tally], names: Mapping[str, str]) -> str:
    """The one kept most of those that are still called something."""
    for name, tally in favourites(tallies):
        if name in names:
            return words.format(name=names[name], kept=tally.kept, decided=tally.decided)
    return ""
