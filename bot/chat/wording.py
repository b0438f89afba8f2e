"""The words a person sees, in their language.

English is written in the code; the Chinese catalogues stand in `locales/` as .po files and are read
as they are, so that a translator needs no build step.
"""

import gettext as catalogue
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.records import Language

LOCALES = Path(__file__).parent.parent / "locales"


class Wording:
    """Translates messages for one language."""

    def __init__(self, language: Language, translations: catalogue.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def gettext(self, message: str) -> str:
        """`message` in this language; English when it is not translated."""
        return self._translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of a message that fits the number `n`."""
        return self._translations.ngettext(one, many, n)

    @property
    def locale(self) -> str:
        """The name Babel knows this language by."""
        return self.language.replace("-", "_")


@cache
def wording(language: Language) -> Wording:
    """The words of one language."""
    file = LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "bot.po"
    if not file.is_file():
        return Wording(language, catalogue.NullTranslations())
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return Wording(language, catalogue.GNUTranslations(compiled))


def language_from_code(code: str | None, default: Language) -> Language:
    """The interface language for Telegram's language code ("zh-hant", "zh-TW", "en-GB", None)."""
    tag = (code or "").lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")):
        return Language.ZH_HANT
    if tag.startswith("zh"):
        return Language.ZH_HANS
    return Language.EN if tag.startswith("en") else default
