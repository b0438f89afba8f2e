"""What was said earlier that today's words touch, and what only looks so."""

from bot.domain.connecting import Connection, connections
from bot.domain.related import Text

EVERYDAY = [
    "今天的咖啡太酸,剪片剪到兩點",
    "捷運上有人在講電話,講到整車都在聽",
    "老闆說下禮拜要開會,我不想去",
    "我媽打電話來問我有沒有吃飯",
    "下雨了,鞋子又濕了",
    "The coffee was cold and the bus was late",
    "My boss wants the video shorter by Friday",
    "I forgot my keys on the kitchen table",
]
FILLING = [Text(100 + n, f"{EVERYDAY[n % 8]} {n}", own=True) for n in range(300)]


def said(n: int, text: str, *, own: bool = True) -> Text:
    return Text(n, text, own=own)


def shown(today: list[str], *older: Text, **prized: list[int]) -> list[Connection]:
    new = [said(1000 + n, text) for n, text in enumerate(today)]
    return connections(new, [*older, *FILLING], **prized)


def test_two_rare_words_in_one_text_are_a_connection() -> None:
    (found,) = shown(
        ["今天很累", "修鞋的老師傅今天沒開,鐵門上貼了一張紙"],
        said(7, "修鞋師傅說鐵門是他自己漆的"),
    )
    assert (found.n, found.touched) == (7, 1001)
    assert {"修鞋", "铁门"} <= set(found.shared)


def test_scripts_make_no_difference() -> None:
    (found,) = shown(
        ["修鞋的老师傅今天没开,铁门上贴了一张纸"], said(7, "修鞋師傅說鐵門是他自己漆的")
    )
    assert found.n == 7


def test_endings_of_words_make_no_difference() -> None:
    (found,) = shown(["Two herons on the lock"], said(7, "That heron sleeps beside the locks"))
    assert found.n == 7


def test_one_rare_word_is_none() -> None:
    assert not shown(["修鞋的老師傅今天沒開"], said(7, "修鞋的錢我忘了給"))
    assert not shown(["A heron stood on the roof"], said(7, "He drew a heron in class"))


def test_two_english_words_that_are_not_rare_are_none() -> None:
    assert not shown(["A guard walked over the bridge"], said(7, "The bridge has no guard at all"))


def test_a_rare_word_and_the_word_beside_it_are_a_connection() -> None:
    older = said(7, "That foghorn man again")
    (found,) = shown(["Today the foghorn man let me press it"], older)
    assert found.shared == ("foghorn", "foghorn man")
    assert not shown(["Today the foghorn scared a man"], older)


def test_a_word_that_comes_again_counts_more() -> None:
    once, twice = said(7, "修鞋的人說鐵門是他漆的"), said(8, "修鞋的人漆鐵門,修鞋他不收錢")
    found = shown(["修鞋的人今天沒開,鐵門上貼了一張紙"], twice, once)
    assert [one.n for one in found] == [8, 7]
    assert found[0].weight > found[1].weight


def test_words_of_any_day_are_none() -> None:
    assert not shown(["早上的咖啡灑在手機上"], said(7, "手機掉進咖啡裡,早上整個毀了"))
    assert not shown(["Dad called about the dog"], said(7, "The dog barked when Dad called"))


def test_numbers_and_days_of_the_week_are_none() -> None:
    assert not shown(["On Tuesday forty people came"], said(7, "Forty pages by Tuesday"))


def test_what_is_said_all_the_time_is_none() -> None:
    routine = [said(n, f"修鞋師傅和他的鐵門,第 {n} 天") for n in range(1, 60)]
    assert not shown(["修鞋師傅今天又坐在鐵門前面"], *routine)


def test_the_fragment_before_may_say_the_second_word() -> None:
    found = shown(
        ["今天去找修鞋的老師傅", "鐵門上貼了一張紙"], said(7, "修鞋師傅說鐵門是他自己漆的")
    )
    assert [one.n for one in found] == [7]


def test_fragments_far_apart_do_not_add_up() -> None:
    between = ["今天很累"] * 6
    day = ["今天去找修鞋的人", *between, "鐵門上貼了一張紙"]
    assert not shown(day, said(7, "修鞋的人說鐵門是他自己漆的"))


def test_what_was_kept_comes_first_but_only_when_it_is_connected() -> None:
    day = ["修鞋的老師傅今天沒開,鐵門上貼了一張紙"]
    plain, kept = said(7, "修鞋的說鐵門是他漆的"), said(8, "鐵門關著,修鞋的人不在")
    assert shown(day, plain, kept)[0].n == 8  # the newer of two alike
    assert shown(day, plain, kept, gold=[7])[0].n == 7
    assert [one.n for one in shown(day, plain, said(8, "今天很累"), gold=[8])] == [7]


def test_an_answer_comes_before_what_was_just_said() -> None:
    day = ["修鞋的老師傅今天沒開,鐵門上貼了一張紙"]
    plain, answer = said(7, "修鞋的說鐵門是他漆的"), said(8, "修鞋的說鐵門是他漆的")
    assert shown(day, plain, answer, answers=[7])[0].n == 7


def test_words_of_others_touch_nothing_and_are_not_touched() -> None:
    day, older = "修鞋的老師傅今天沒開,鐵門上貼了一張紙", "修鞋師傅說鐵門是他自己漆的"
    assert not shown([day], said(7, older, own=False))
    assert not connections([said(1000, day, own=False)], [said(7, older), *FILLING])


def test_nothing_is_connected_with_nothing() -> None:
    assert not connections([], FILLING)
    assert not connections([said(1, "修鞋師傅")], [])
    assert not shown([""], said(7, ""))
