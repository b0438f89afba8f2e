"""A link and figures, as people type them."""

import pytest

from bot.domain.figures import Published, numbers, read, shortened


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://youtu.be/abc", Published("https://youtu.be/abc")),
        ("https://youtu.be/abc 812 views", Published("https://youtu.be/abc", "812 views")),
        ("812 views, 30 likes", Published(figures="812 views, 30 likes")),
        ("播放 1.2 萬", Published(figures="播放 1.2 萬")),
        ("觀看 5,300 次、留言 12", Published(figures="觀看 5,300 次、留言 12")),
    ],
)
def test_they_are_kept_as_typed(text: str, found: Published) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text", ["更短", "拿掉第 2 段", "812 views and make it shorter", "812", ""]
)
def test_a_wish_with_a_number_in_it_is_none(text: str) -> None:
    assert read(text) is None


def test_who_is_asked_for_figures_may_say_any_number() -> None:
    assert read("it got 812 so far", asked=True) == Published(figures="it got 812 so far")
    assert read("not yet", asked=True) is None


@pytest.mark.parametrize(
    ("figures", "counted"),
    [
        ("812 views, 30 likes", {"views": 812, "likes": 30}),
        ("播放 1.2 萬", {"views": 12_000}),
        ("1,200 次觀看", {"views": 1_200}),
        ("12.5k views", {"views": 12_500}),
        ("觀看 5,300 次、留言 12", {"views": 5_300, "comments": 12}),
        ("很多", {}),
    ],
)
def test_they_can_be_counted_with(figures: str, counted: dict[str, float]) -> None:
    assert numbers(figures) == counted


@pytest.mark.parametrize("text", ["1" * 4_000, "111 " * 1_000, "1 " * 100 + "1" * 3_800])
def test_what_is_no_line_of_figures_is_read_in_no_time(text: str) -> None:
    assert read(text, asked=True) is None


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ("812 views", "812 views"),
        ("讚1,234,567 留言 7", "讚…"),
        ("1,234,567 views", "…"),
        ("讚 1.2萬 留言 7", "讚…"),
        ("讚 12 留言 1 234 567", "讚 12 留言…"),
    ],
)
def test_what_is_cut_short_ends_in_no_half_number(figures: str, told: str) -> None:
    assert shortened(figures, 9) == told
