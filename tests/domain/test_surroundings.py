"""Tags that stand in the person's words."""

import pytest

from bot.domain.surroundings import stands, unwanted


@pytest.mark.parametrize(
    ("tag", "stood"),
    [
        ("捷運", True),
        ("捷运", True),
        ("nightshift", True),
        ("night", True),
        ("art", False),
        ("shiftI", False),  # a clause ends between them
        ("早起捷運", False),  # two texts
        ("my_tag", True),
        ("", False),
        ("!", False),
    ],
)
def test_a_tag_stands_in_one_clause_in_whole_words(tag: str, stood: bool) -> None:
    texts = ("每天早起", "捷運很擠", "The night shift, I start late #my_tag")
    assert stands(tag, texts) is stood


@pytest.mark.parametrize(
    ("tag", "banned"),
    [
        ("nightshifts", True),
        ("night shift", True),
        ("頭痛", True),
        ("今天头痛", True),
        ("night", False),
        ("任務", False),
    ],
)
def test_a_ban_with_blanks_is_found_in_a_tag_without(tag: str, banned: bool) -> None:
    assert unwanted(tag, ("night shift", "頭痛")) is banned
