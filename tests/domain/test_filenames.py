"""Names of files that every system takes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.filenames import MOST_BYTES, file_name

DAY = date(2026, 11, 20)
FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("坐到公司那一站", "2026-11-20 坐到公司那一站.md"),
        ("", "2026-11-20.md"),
        ("CON", "2026-11-20 CON.md"),
        ("../../etc/passwd", "2026-11-20 etc passwd.md"),
        ('a<b>:c"d|e?f*g\\h\n\ti', "2026-11-20 a b c d e f g h i.md"),
        ("the end...  ", "2026-11-20 the end.md"),
        ("exe\u202etxt.cod", "2026-11-20 exetxt.cod.md"),
        ("cafe\u0301", "2026-11-20 café.md"),
        ("שלום", "2026-11-20 שלום.md"),
        (FAMILY * 9, f"2026-11-20 {FAMILY * 5}.md"),
        ("字" * 50, f"2026-11-20 {'字' * 33}.md"),
        ("a" * 50, f"2026-11-20 {'a' * 40}.md"),
    ],
)
def test_a_name_is_the_title_as_far_as_every_system_takes_it(title: str, name: str) -> None:
    assert file_name(title, DAY, "md") == name


def test_what_has_the_same_title_gets_another_name_whatever_its_case() -> None:
    taken: set[str] = set()
    names = []
    for title in ("The Lid", "the lid", "The lid"):
        names.append(file_name(title, DAY, "md", taken=taken))
        taken.add(names[-1].casefold())
    assert names == ["2026-11-20 The Lid.md", "2026-11-20 the lid (2).md",
                     "2026-11-20 The lid (3).md"]  # fmt: skip
    assert file_name("The lid", DAY, "md", more="v2") == "2026-11-20 The lid v2.md"


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_no_title_leaves_the_folder_or_outgrows_it(title: str) -> None:
    name = file_name(title, DAY, "md")
    assert not set('<>:"/\\|?*\0\n') & set(name)
    assert len(name.encode()) <= MOST_BYTES + len("2026-11-20 .md")
    assert name.startswith("2026-11-20")
    assert name.endswith(".md")
    assert not name.removesuffix(".md").endswith((" ", "."))


def test_a_long_title_is_cut_through_no_word_and_no_number() -> None:
    title = "the wardrobe was 74 and the corner was 71 wide"
    assert file_name(title, date(2026, 11, 20), "md") == (
        "2026-11-20 the wardrobe was 74 and the corner was.md"
    )
