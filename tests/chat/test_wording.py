"""Every word in three languages."""

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.chat.wording import LOCALES, language_from_code, wording
from bot.domain.records import Language

CHINESE = ("zh_Hant", "zh_Hans")
HAN = "\u3001-\u303f\u4e00-\u9fff\uff00-\uffef"  # with its punctuation
BESIDE_CHINESE = re.compile(rf"(?<=[{HAN}])[,?!():;]|(?<!\d)[,?!():;](?=[{HAN}])")


def in_the_code() -> set[str]:
    """Every message the code may say, in English."""
    found = extract_from_dir(
        str(LOCALES.parent / "chat"), keywords={"gettext": None, "ngettext": (1, 2)}
    )
    return {one[2] if isinstance(one[2], str) else one[2][0] for one in found}


def catalogue(name: str) -> Catalog:
    with (LOCALES / name / "LC_MESSAGES" / "bot.po").open("rb") as file:
        return read_po(file)


def said(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("name", CHINESE)
def test_every_message_is_translated_and_none_is_left_over(name: str) -> None:
    translated = {
        said(one.id) for one in catalogue(name) if one.id and all(one.string) and not one.fuzzy
    }
    assert translated == in_the_code()


@pytest.mark.parametrize("name", CHINESE)
def test_a_translation_has_the_fields_of_its_original(name: str) -> None:
    for one in catalogue(name):
        if one.id:
            assert fields(said(one.string)) == fields(said(one.id)), one.id


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_is_written_with_chinese_punctuation(name: str) -> None:
    for one in catalogue(name):
        for text in [one.string] if isinstance(one.string, str) else one.string:
            # What stands in a field is told by the code; a command or a number is no Chinese.
            assert not BESIDE_CHINESE.search(re.sub(r"{\w+}", "0", text)), text


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh-hant", Language.ZH_HANT),
        ("zh-TW", Language.ZH_HANT),
        ("zh-hk", Language.ZH_HANT),
        ("zh-hans", Language.ZH_HANS),
        ("zh", Language.ZH_HANS),
        ("en-GB", Language.EN),
        ("fr", Language.ZH_HANT),
        (None, Language.ZH_HANT),
    ],
)
def test_the_language_follows_telegrams_code(code: str | None, language: Language) -> None:
    assert language_from_code(code, default=Language.ZH_HANT) is language


def test_english_counts_in_two_forms_and_chinese_in_one() -> None:
    forms = ("{n} fragment", "{n} fragments")
    assert wording(Language.EN).ngettext(*forms, 2) == "{n} fragments"
    assert wording(Language.ZH_HANT).ngettext(*forms, 2) == "{n} 條碎片"


@pytest.mark.parametrize("name", CHINESE)
def test_one_thing_has_one_name(name: str) -> None:
    told = {said(one.id): said(one.string) for one in catalogue(name) if one.id}
    assert told["📄 File"] == told["📄 As file"]
    assert not [text for text in told.values() if "形式" in text]  # /digest 格式, a button 格式
    assert not [text for text in told.values() if "/digest resume" in text]
