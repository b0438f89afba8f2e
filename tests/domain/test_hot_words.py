"""Names and terms, gathered from what a person typed."""

from bot.domain.hot_words import hot_words


def test_names_are_found_in_every_language_and_plain_words_are_not():
    found = hot_words(
        [
            "昨天在銅鑼灣遇到王小明，聽《十年》",
            "剪 vlog 的時候 deadline 到了",
            "My neighbour Agnieszka says the BBC called. Nobody believes her.",
            "I wrote it in C++ on an iPhone",
        ]
    )
    assert set(found) >= {"銅鑼灣", "王小明", "十年", "vlog", "deadline"}
    assert set(found) >= {"Agnieszka", "BBC", "iPhone"}
    assert "C++" in found
    assert not {"My", "Nobody", "I", "neighbour", "昨天", "時候"} & set(found)


def test_what_is_named_most_often_comes_first_then_what_is_newest():
    found = hot_words(["Ask Tom about it", "Then Ann called", "but Ann said no", "We met Zoe"])
    assert found == ("Ann", "Tom", "Zoe")


def test_one_name_in_two_spellings_is_named_once_as_it_was_written_last():
    assert hot_words(["the new GoldPan", "an old Goldpan"]) == ("GoldPan",)


def test_there_is_a_bound():
    assert len(hot_words([f"We met Person{n}" for n in range(100)], most=7)) == 7
    assert hot_words([]) == ()
