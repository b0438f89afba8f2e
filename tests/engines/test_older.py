"""What was said on an earlier day, in the offline writer's scripts: it joins, and never leads."""

from bot.domain.records import Language
from bot.engines.assemble import assemble
from bot.journey.ports import DraftAsk, DraftSketch, Material
from tests.fakes import SHORT

TODAY = (
    "修傘的阿伯今天把攤子搬到騎樓底下",
    "他說一把傘修三十塊,骨頭要另外算",
    "我把阿嬤那把傘拿給他,他看了很久",
    "他說這把傘的傘骨是他師傅做的",
    "原來一把傘也有認得出來的字跡",
)
NEAR = "修傘的阿伯說,傘骨斷了比傘布破了好修"
FAR = (
    "豆漿店的機器一開,整條街都醒了",
    "老闆娘說豆漿要煮三次才不會騙人",
    "我喝豆漿不加糖,老闆娘就多給我一根油條",
    "豆漿店收起來那天,機器賣給了回收的人",
)


def sketch(older: tuple[str, ...], today: tuple[str, ...] = TODAY) -> DraftSketch | None:
    """A script of these, the older ones kept as gold and numbered from 1."""
    earlier = [Material(n, text, gold=True, older=True) for n, text in enumerate(older, 1)]
    new = [Material(n, text) for n, text in enumerate(today, 101)]
    return assemble(DraftAsk(1, Language.ZH_HANT, (*earlier, *new), SHORT))


def sources(found: DraftSketch | None) -> set[int]:
    assert found
    return {n for line in found.lines for n in line.sources}


def test_an_older_line_joins_the_thread_it_belongs_to() -> None:
    assert 1 in sources(sketch((NEAR,)))


def test_one_about_something_else_stands_nowhere() -> None:
    assert sources(sketch((*FAR, NEAR))) & {1, 2, 3, 4} == set()
    assert min(sources(sketch(FAR))) > 100


def test_no_script_is_made_of_older_lines() -> None:
    assert sketch(FAR, ("今天很累", "睡了")) is None
    assert sketch((*TODAY, NEAR), ("今天很累", "睡了")) is None


def test_a_day_makes_the_same_script_beside_older_lines_about_something_else() -> None:
    with_them, without = sketch(FAR), sketch(())
    assert with_them
    assert without
    assert [one.text for one in with_them.lines] == [one.text for one in without.lines]


def test_what_leans_on_its_own_day_stays_there() -> None:
    assert 1 not in sources(sketch(("他說這把傘修不好了",)))


def test_two_older_lines_join_at_most() -> None:
    many = tuple(f"修傘的阿伯第{n}次說傘骨要用竹子做" for n in "一二三四五")
    assert len(sources(sketch(many)) & {1, 2, 3, 4, 5}) <= 2
