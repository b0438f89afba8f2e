"""What is left of a script once every line that cannot be traced is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.drafts import Line, LineKind, Opening, Role, Script
from bot.domain.forms import Form
from bot.domain.records import Language
from bot.domain.words import speaking_seconds
from bot.errors import EngineError, Trouble
from bot.journey.assembling import Assembled, assemble
from bot.journey.holding import hold
from bot.journey.ports import DraftAsk, DraftSketch, Material
from bot.journey.revising import still
from tests.fakes import SHORT, ScriptedWriter

SAID = {
    1: "坐到公司那一站,念頭就散了",
    2: "點子都是在捷運上來的,嗶卡出站就沒了",
    3: "我在手扶梯上錄音,後面的人一直看我",
    4: "回到座位打開檔案,只剩一句喂喂喂",
    5: "通勤的人把一天最好的念頭留在車廂裡",  # forwarded, where a test says so
}
GHOST = "每一次通勤都是一場與自己的深度對話"
IDEA = "夜班護士怎麼記住一件事"


def line(text: str, *sources: int, role: Role = Role.TURN, **more: Any) -> Line:
    return Line(role, text, sources, **more)


def said(n: int, role: Role = Role.TURN) -> Line:
    return line(SAID[n], n, role=role)


HOOK = said(2, Role.HOOK)
CLOSE = line("只剩一句喂喂喂", 4, role=Role.CLOSE)
BEATS = (said(1), said(3), said(4))


def sketch(
    *beats: Line,
    title: str = "嗶卡出站就沒了",
    hooks: tuple[Line, ...] = (HOOK,),
    close: Line | None = CLOSE,
) -> DraftSketch:
    return DraftSketch(title, hooks, beats or BEATS, close, gaps=("那天幾點?",), prompt="draft@1")


def ask(
    *, borrowed: frozenset[int] = frozenset(), picked: Sequence[str] = (), form: Form = SHORT
) -> DraftAsk:
    material = tuple(
        Material(n, text, own=n not in borrowed, source="" if n not in borrowed else "里辦公處")
        for n, text in SAID.items()
    )
    return DraftAsk(42, Language.ZH_HANT, material, form, picked=tuple(picked))


def held(sketch: DraftSketch, **more: Any) -> Script:
    script = hold(sketch, ask(**more))
    assert script is not None
    return script


class TestHolding:
    def test_a_script_of_own_words_is_held_whole(self) -> None:
        script = held(sketch())
        assert script.lines == (HOOK, *BEATS, CLOSE)
        assert script.title == "嗶卡出站就沒了"
        assert script.gaps == ("那天幾點?",)
        assert script.yours == 1

    def test_its_length_is_that_of_all_its_lines_spoken(self) -> None:
        spoken = sum(speaking_seconds(one.text) for one in (HOOK, *BEATS, CLOSE))
        assert held(sketch()).seconds == round(spoken) > 10

    @pytest.mark.parametrize(
        "untraceable",
        [
            line(GHOST, 2),
            line(SAID[1], 3),  # somebody's words, but not those it cites
            line(SAID[1]),
            line(SAID[1], 9),
            line("坐到公司那一站,念頭就沒有散", 1),
            line("我錄了 950 次音", 3),
            line(IDEA, kind=LineKind.PICKED),
            line("", 1),
            line(" ", 1),
        ],
    )
    def test_a_beat_that_cannot_be_traced_is_gone(self, untraceable: Line) -> None:
        assert held(sketch(BEATS[0], untraceable, *BEATS[1:])).beats == BEATS
        assert hold(sketch(untraceable, *BEATS[1:]), ask()) is None

    def test_a_picked_idea_and_short_glue_stay_and_are_not_counted_as_yours(self) -> None:
        idea, glue = line(IDEA, kind=LineKind.PICKED), line("然後呢", kind=LineKind.GLUE)
        script = held(sketch(*BEATS, idea, glue), picked=[IDEA])
        assert script.beats == (*BEATS, idea, glue)
        mine = sum(len(one.text.replace(",", "")) for one in (HOOK, *BEATS, CLOSE))
        assert script.yours == pytest.approx(mine / (mine + len(IDEA) + len(glue.text)))

    @pytest.mark.parametrize(
        "amber",
        [
            line("接下來我想說的是另外一個小故事", kind=LineKind.GLUE),
            line("坐到公司那一站,腦子就空掉了吧", 1),
        ],
    )
    def test_a_line_with_a_little_too_much_that_is_new_is_left_out(self, amber: Line) -> None:
        assert held(sketch(*BEATS, amber)).beats == BEATS

    def test_long_glue_is_gone(self) -> None:
        glue = line("這件事要從很久很久以前的某一個下著大雨的晚上開始說起", kind=LineKind.GLUE)
        assert held(sketch(*BEATS, glue)).beats == BEATS

    def test_fewer_than_three_beats_are_no_script(self) -> None:
        assert hold(sketch(*BEATS[:2]), ask()) is None
        assert hold(sketch(*BEATS[:2], line(GHOST, 1)), ask()) is None

    def test_the_first_hook_that_holds_opens_it(self) -> None:
        ghost = line(GHOST, 2, role=Role.HOOK)
        assert held(sketch(hooks=(ghost, HOOK, said(1, Role.HOOK)))).hook == HOOK
        assert hold(sketch(hooks=(ghost,)), ask()) is None
        assert hold(sketch(hooks=()), ask()) is None

    @pytest.mark.parametrize("close", [None, line(GHOST, 4, role=Role.CLOSE)])
    def test_without_a_close_that_holds_it_comes_back_to_its_hook(self, close: Line | None) -> None:
        script = held(sketch(close=close))
        assert script.close == line(HOOK.text, *HOOK.sources, role=Role.CLOSE)
        assert script.yours == 1

    @pytest.mark.parametrize("title", [GHOST, "", " ", "早餐店的蛋餅切成六塊"])
    def test_a_title_that_is_not_from_its_own_lines_gives_way_to_the_hook(self, title: str) -> None:
        assert held(sketch(title=title)).title == HOOK.text

    @pytest.mark.parametrize("sources", [(5,), (1, 5)])
    def test_a_line_that_cites_other_peoples_words_is_gone(self, sources: tuple[int, ...]) -> None:
        theirs = line(SAID[5], *sources)
        borrowed = frozenset({5})
        everything = sketch(*BEATS, theirs)
        assert held(everything).beats == (*BEATS, theirs)
        assert held(everything, borrowed=borrowed).beats == BEATS
        hooked = sketch(hooks=(line(SAID[5], *sources, role=Role.HOOK), HOOK))
        assert held(hooked, borrowed=borrowed).hook == HOOK
        closed = sketch(close=line(SAID[5], *sources, role=Role.CLOSE))
        assert held(closed, borrowed=borrowed).close.text == HOOK.text


class TestGivingBack:
    """A line that fell gives way to the words it was cut from."""

    def test_the_words_a_line_quotes_take_its_place(self) -> None:
        swapped = line("我在電梯上錄音,後面的人一直看我", 3, quote="我在手扶梯上錄音")
        script = held(sketch(BEATS[0], swapped, BEATS[2]))
        assert script.beats[1].text == "我在手扶梯上錄音"
        assert (script.beats[1].sources, script.beats[1].kind) == ((3,), LineKind.YOURS)

    def test_a_quote_nobody_said_takes_nobodys_place(self) -> None:
        made_up = line(GHOST, 3, quote="每一次通勤都是一場")
        assert hold(sketch(BEATS[0], made_up, BEATS[2]), ask()) is None

    def test_other_peoples_words_are_never_given_back_as_own(self) -> None:
        theirs = line(GHOST, 5, quote=SAID[5])
        assert held(sketch(*BEATS, theirs), borrowed=frozenset({5})).beats == BEATS

    def test_a_copy_in_the_other_script_is_shown_as_it_was_said(self) -> None:
        simplified = line("我在手扶梯上录音,后面的人一直看我", 3)
        assert held(sketch(BEATS[0], simplified, BEATS[2])).beats[1].text == SAID[3]

    def test_a_trimmed_copy_in_the_other_script_too(self) -> None:
        simplified = line("嗯,后面的人一直看我", 3)
        script = held(sketch(BEATS[0], simplified, BEATS[2]))
        assert script.beats[1].text == "嗯,後面的人一直看我"

    def test_what_was_cut_is_counted(self) -> None:
        assert held(sketch(*BEATS, line(GHOST, 1), line(GHOST, 2))).cut == 2
        assert held(sketch()).cut == 0


class TestQuotations:
    def test_other_peoples_words_stand_as_a_quotation_with_who_said_it(self) -> None:
        theirs = line(SAID[5], 5, kind=LineKind.QUOTED)
        script = held(sketch(*BEATS, theirs), borrowed=frozenset({5}))
        assert script.beats[3].said_by == "里辦公處"
        assert script.yours < 1

    @pytest.mark.parametrize("text", ["通勤的人把最壞的念頭留在車廂裡", SAID[1]])
    def test_a_quotation_that_nobody_said_is_gone(self, text: str) -> None:
        theirs = line(text, 5, kind=LineKind.QUOTED)
        assert held(sketch(*BEATS, theirs), borrowed=frozenset({5})).beats == BEATS

    @pytest.mark.parametrize(
        ("theirs", "cut"),
        [
            ("他不是騙子,疫苗沒有害死人", "是騙子"),
            ("他不是騙子,疫苗沒有害死人", "害死人"),
            ("I would never vote for him", "vote for him"),
            ("I am unhappy with the vaccine", "happy with the vaccine"),
        ],
    )
    def test_a_quotation_cut_to_say_the_opposite_is_gone(self, theirs: str, cut: str) -> None:
        quoted = line(cut, 9, kind=LineKind.QUOTED)
        asked = ask()
        material = (*asked.material, Material(9, theirs, own=False, source="Dr. Chan"))
        script = hold(sketch(*BEATS, quoted), replace(asked, material=material))
        assert script is not None
        assert script.beats == BEATS

    def test_quotations_alone_are_no_script(self) -> None:
        theirs = [line(SAID[n], n, kind=LineKind.QUOTED) for n in (1, 2, 3, 4)]
        everything = frozenset({1, 2, 3, 4, 5})
        assert hold(sketch(*theirs, hooks=(HOOK,)), ask(borrowed=everything)) is None


class TestLimits:
    def test_a_banned_word_stands_in_no_line(self) -> None:
        script = hold(sketch(*BEATS, said(2)), replace(ask(), banned=("手扶梯",)))
        assert script is not None
        assert [one.sources for one in script.beats] == [(1,), (4,), (2,)]

    def test_four_times_too_long_is_cut_to_what_the_form_takes(self) -> None:
        long = "我在手扶梯上錄音,後面的人一直看我," * 8
        texts = {n: f"第{n}天" + long for n in range(1, 8)}
        asked = replace(ask(), material=tuple(Material(n, text) for n, text in texts.items()))
        beats = tuple(line(text, n) for n, text in texts.items())
        script = hold(sketch(*beats, hooks=(line(texts[1], 1, role=Role.HOOK),), close=None), asked)
        assert script is not None
        assert [one.sources for one in script.beats] == [(1,), (2,), (7,)]

    def test_more_beats_than_the_form_takes_are_cut_before_the_last(self) -> None:
        texts = {n: f"第{n}站,我又錄了一次音" for n in range(1, 10)}
        asked = replace(ask(), material=tuple(Material(n, text) for n, text in texts.items()))
        beats = tuple(line(text, n) for n, text in texts.items())
        script = hold(sketch(*beats, hooks=(line(texts[1], 1, role=Role.HOOK),), close=None), asked)
        assert script is not None
        assert [one.sources[0] for one in script.beats] == [1, 2, 3, 4, 5, 9]

    def test_hooks_are_three_at_most_and_no_two_of_a_kind(self) -> None:
        hooks = tuple(
            replace(said(n, Role.HOOK), opening=kind)
            for n, kind in [
                (2, Opening.SCENE),
                (1, Opening.SCENE),
                (3, Opening.CONTRAST),
                (4, Opening.QUESTION),
                (5, Opening.NUMBER),
            ]
        )
        script = held(sketch(hooks=hooks))
        assert [one.opening for one in (script.hook, *script.other_hooks)] == [
            Opening.SCENE,
            Opening.CONTRAST,
            Opening.QUESTION,
        ]

    def test_a_line_without_which_there_is_no_script_is_shown_with_a_mark(self) -> None:
        amber = line("我在手扶梯上錄音,後面的人一直看", 3)
        assert held(sketch(*BEATS, amber)).beats == BEATS
        script = held(sketch(BEATS[0], amber, BEATS[2]))
        assert [one.marked for one in script.beats] == [False, True, False]

    def test_someone_who_speaks_slowly_takes_longer(self) -> None:
        slow = hold(sketch(), replace(ask(), pace=2.0))
        assert slow is not None
        assert slow.seconds == pytest.approx(2 * held(sketch()).seconds, abs=1)


class TestBesideTheLines:
    """A ban may come later than a draft, and a fragment may go."""

    @staticmethod
    def script() -> Script:
        shown = replace(BEATS[1], shot="手扶梯", shot_prompt="two escalators", on_screen="錄音")
        return replace(
            held(sketch(BEATS[0], shown, BEATS[2])),
            gaps=("手扶梯幾點開?", "那天幾點?"),
            tags=("捷運", "喂喂喂", "打開檔案"),
            other_hooks=(replace(said(1, Role.HOOK), on_screen="念頭"),),
        )

    def test_nothing_goes_that_nobody_banned(self) -> None:
        assert still(self.script(), ask()) == self.script()

    @pytest.mark.parametrize(
        ("word", "shown"),
        [
            ("escalator", ("手扶梯", "", "錄音")),
            ("電扶梯", ("手扶梯", "two escalators", "錄音")),
        ],
    )
    def test_a_ban_takes_away_what_is_beside_a_line(
        self, word: str, shown: tuple[str, ...]
    ) -> None:
        left = still(self.script(), replace(ask(), banned=(word,)))
        assert left is not None
        beat = left.beats[1]
        assert (beat.shot, beat.shot_prompt, beat.on_screen) == shown

    def test_a_ban_takes_away_gaps_tags_and_words_on_screen(self) -> None:
        left = still(self.script(), replace(ask(), banned=("几点", "捷運", "檔案")))
        assert left is not None
        assert (left.gaps, left.tags) == ((), ("喂喂喂",))
        assert (left.hook.text, left.hook.on_screen) == (SAID[1], "念頭")  # the first one fell

    def test_a_tag_goes_with_the_fragment_it_was_from(self) -> None:
        rest = tuple(one for one in ask().material if one.n != 4)
        left = still(self.script(), replace(ask(), material=rest))
        assert left is not None
        assert left.tags == ("捷運",)

    def test_a_new_script_is_tidied_in_the_same_way(self) -> None:
        shown = replace(BEATS[0], shot="two escalators")
        made = replace(sketch(shown, *BEATS[1:]), tags=("捷運", "討厭老闆", "喂喂喂"))
        script = hold(made, replace(ask(), banned=("escalator", "那天")))
        assert script is not None
        assert (script.beats[0].shot, script.tags, script.gaps) == ("", ("捷運", "喂喂喂"), ())


class TestAssembling:
    ASK = ask(borrowed=frozenset({5}), picked=(IDEA,))

    async def assembled(self, *writers: ScriptedWriter) -> tuple[Assembled | None, str | None]:
        return await assemble(writers, self.ASK)

    async def test_the_first_writer_whose_lines_hold_is_the_last_one_asked(self) -> None:
        second = ScriptedWriter(name="second", drafts=[sketch()])
        found, trouble = await self.assembled(
            ScriptedWriter(name="first", drafts=[sketch()]), second
        )
        assert found is not None
        assert (found.by, found.prompt, found.trouble, trouble) == ("first", "draft@1", None, None)
        assert found.script == held(sketch())
        assert second.drafts_asked == []

    async def test_after_a_failure_the_second_writer_writes_and_the_trouble_is_told(self) -> None:
        found, trouble = await self.assembled(
            ScriptedWriter(fails=EngineError(Trouble.BUSY)),
            ScriptedWriter(name="second", drafts=[sketch()]),
        )
        assert found is not None
        assert (found.by, found.trouble, trouble) == ("second", Trouble.BUSY, Trouble.BUSY)

    async def test_ghost_writing_gives_way_to_the_second_writer(self) -> None:
        ghost = sketch(*(line(GHOST, n) for n in (1, 2, 3)))
        found, trouble = await self.assembled(
            ScriptedWriter(name="ghost", drafts=[ghost]),
            ScriptedWriter(name="second", drafts=[sketch()]),
        )
        assert found is not None
        assert (found.by, trouble) == ("second", Trouble.UNGROUNDED)

    async def test_a_writer_with_nothing_to_say_is_no_trouble(self) -> None:
        found, trouble = await self.assembled(
            ScriptedWriter(name="first"), ScriptedWriter(name="second", drafts=[sketch()])
        )
        assert found is not None
        assert (found.by, trouble) == ("second", None)

    async def test_when_no_writer_has_a_script_there_is_none(self) -> None:
        assert await self.assembled(ScriptedWriter(), ScriptedWriter()) == (None, None)

    async def test_the_first_trouble_is_the_one_that_is_told(self) -> None:
        ghost = sketch(*(line(GHOST, n) for n in (1, 2, 3)))
        told = await self.assembled(
            ScriptedWriter(fails=EngineError(Trouble.BUDGET)),
            ScriptedWriter(fails=EngineError(Trouble.BUSY)),
            ScriptedWriter(drafts=[ghost]),
        )
        assert told == (None, Trouble.BUDGET)

    async def test_other_peoples_words_never_pass_and_picked_ideas_do(self) -> None:
        theirs, idea = line(SAID[5], 5), line(IDEA, kind=LineKind.PICKED)
        found, _ = await self.assembled(ScriptedWriter(drafts=[sketch(*BEATS, theirs, idea)]))
        assert found is not None
        assert found.script.beats == (*BEATS, idea)


class TestRepairing:
    """Lines that do not hold go back to who wrote them, once."""

    ASK = ask()

    async def test_failing_lines_go_back_and_fragment_text_comes_in_their_place(self) -> None:
        ghost = line(GHOST, 3)
        writer = ScriptedWriter(drafts=[sketch(BEATS[0], ghost, BEATS[2])], repairs=[{2: BEATS[1]}])
        found, _ = await assemble([writer], self.ASK)
        assert found is not None
        assert found.script.beats == BEATS
        [faults] = writer.repairs_asked
        assert [(fault.place, fault.line) for fault in faults] == [(2, ghost)]
        assert faults[0].reasons

    async def test_a_sketch_that_holds_goes_back_to_nobody(self) -> None:
        writer = ScriptedWriter(drafts=[sketch()])
        await assemble([writer], self.ASK)
        assert writer.repairs_asked == []

    async def test_a_repair_is_checked_like_everything_and_asked_for_once(self) -> None:
        ghost = line(GHOST, 3)
        writer = ScriptedWriter(
            drafts=[sketch(*BEATS, ghost)], repairs=[{4: line("更深的對話", 3)}]
        )
        found, _ = await assemble([writer], self.ASK)
        assert found is not None
        assert found.script.beats == BEATS
        assert len(writer.repairs_asked) == 1

    async def test_a_repair_that_fails_leaves_what_holds(self) -> None:
        class Breaking(ScriptedWriter):
            async def repair(self, *_: Any) -> Mapping[int, Line]:
                raise EngineError(Trouble.BUDGET)

        writer = Breaking(drafts=[sketch(*BEATS, line(GHOST, 3))])
        found, trouble = await assemble([writer], self.ASK)
        assert found is not None
        assert (found.script.beats, trouble) == (BEATS, None)

    async def test_a_wish_for_something_that_is_not_theirs_is_declined(self) -> None:
        declining = ScriptedWriter(drafts=[replace(sketch(), declined=True)])
        assert await assemble([declining, ScriptedWriter(drafts=[sketch()])], self.ASK) == (
            None,
            Trouble.DECLINED,
        )
