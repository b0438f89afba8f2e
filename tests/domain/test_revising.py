"""A draft changed without a model: every line stays as it is, or goes, moves, comes in."""

import pytest

from bot.domain.changes import (
    Back,
    Change,
    Drop,
    Impossible,
    Move,
    OtherHook,
    PutIn,
    Reverse,
    Shorter,
    Swap,
    Why,
)
from bot.domain.drafts import Line, LineKind, Opening, Role, Script
from bot.domain.measures import measured, seconds_of
from bot.domain.revising import SHORTER, apply

SAID = {
    1: "我付了一年的錢，去了六次",
    2: "健身房教練說我的核心像布丁",
    3: "第六次是去捷運站拿水壺，順便看了一眼跑步機",
    4: "今天在門口遇到教練在吃雞排",
    5: "他叫我不要跟別人說",
    6: "我說那你也不要記我的出席",
    9: "嗯。雞排攤老闆說教練每天都來，每次都說是第一次。對。",
}
HOOK = Line(Role.HOOK, SAID[1], (1,), opening=Opening.NUMBER)
OTHERS = (
    Line(Role.HOOK, "我的核心像布丁", (2,), opening=Opening.SCENE),
    Line(Role.HOOK, SAID[6], (6,), opening=Opening.CONTRAST),
)
ROLES = (Role.SETUP, Role.EVIDENCE, Role.EVIDENCE, Role.TURN, Role.PAYOFF)
BEATS = tuple(Line(role, SAID[n], (n,)) for n, role in enumerate(ROLES, 2))
SCRIPT = measured(
    Script(
        "布丁", HOOK, BEATS, Line(Role.CLOSE, HOOK.text, (1,)), 0, 0.0, other_hooks=OTHERS
    ),
    SAID,
)  # fmt: skip


def told(*changes: Change, script: Script = SCRIPT) -> Script:
    found = apply(script, changes, SAID)
    assert isinstance(found, Script)
    return found


def order(script: Script) -> list[int]:
    return [one.sources[0] for one in script.beats]


def refused(*changes: Change) -> Impossible:
    found = apply(SCRIPT, changes, SAID)
    assert isinstance(found, Impossible)
    return found


def test_numbers_are_those_the_person_sees_whichever_change_comes_first():
    assert order(told(Drop((1,)), Drop((2,)))) == [4, 5, 6]
    assert order(told(Drop((2,)), Move(5, 1))) == [6, 2, 4, 5]
    assert order(told(Drop((-1,)))) == [2, 3, 4, 5]


def test_beats_are_moved_swapped_and_reversed():
    assert order(told(Move(-1, 1))) == [6, 2, 3, 4, 5]
    assert order(told(Move(1, -1))) == [3, 4, 5, 6, 2]
    assert order(told(Move(4, 1, 1))) == [2, 5, 3, 4, 6]
    assert order(told(Move(4, 2, -1))) == [2, 5, 3, 4, 6]
    assert order(told(Swap(2, 3))) == [2, 4, 3, 5, 6]
    assert order(told(Reverse())) == [6, 5, 4, 3, 2]


def test_the_lines_themselves_stay_as_they_were():
    assert set(told(Move(3, 1), Swap(4, 5)).beats) == set(BEATS)


def test_a_fragment_gives_its_best_sentence_word_for_word():
    script = told(PutIn(9))
    (line,) = [one for one in script.beats if one.sources == (9,)]
    assert line.text == line.quote == "雞排攤老闆說教練每天都來，每次都說是第一次。"
    assert line.kind is LineKind.YOURS
    assert order(script) == [2, 3, 4, 5, 9, 6], "before the beat all of it leads to"
    assert script.yours == pytest.approx(1)


def test_a_fragment_is_put_in_a_place_or_instead_of_a_beat():
    assert order(told(PutIn(9, instead=2))) == [2, 9, 4, 5, 6]
    assert order(told(PutIn(9, at=1))) == [9, 2, 3, 4, 5, 6]
    assert order(told(PutIn(9, at=-1))) == [2, 3, 4, 5, 6, 9]
    assert order(told(PutIn(9, at=2, beside=1))) == [2, 3, 9, 4, 5, 6]
    assert told(PutIn(9, instead=5)).beats[-1].role is Role.PAYOFF


def test_another_hook_takes_the_first_ones_place_which_stays_to_choose_from():
    script = told(OtherHook())
    assert script.hook == OTHERS[0]
    assert script.other_hooks == (OTHERS[1], HOOK)
    assert script.close.text == OTHERS[0].text, "it came back to the opening line, and still does"
    assert told(OtherHook(3)).hook == OTHERS[1]
    assert told(OtherHook(opening=Opening.SCENE)).hook == OTHERS[0]
    again = told(OtherHook(), OtherHook(), OtherHook())
    assert (again.hook, again.other_hooks) == (HOOK, OTHERS)


def test_a_beat_that_becomes_the_hook_is_not_told_twice():
    script = told(OtherHook(3))
    assert order(script) == [2, 3, 4, 5, 1]
    assert [one.text for one in script.beats].count(SAID[6]) == 0


def test_shorter_leaves_out_what_is_needed_least_and_never_what_is_to_be_kept():
    script = told(Shorter())
    assert script.seconds <= SHORTER * SCRIPT.seconds + 1
    assert len(script.beats) >= 3
    assert script.beats[-1] == BEATS[-1]
    kept = told(Shorter(words=("捷運",)))
    assert 3 in order(kept)
    assert 3 not in order(told(Shorter()))
    assert {2, 4} <= set(order(told(Shorter(places=(1, 3)))))
    assert 3 in order(told(Shorter(words=("水壶",)))), "in whichever script"


def test_what_the_next_line_goes_on_from_stays_before_it():
    left = order(told(Shorter()))
    assert 5 not in left or 4 in left


def test_seconds_may_be_asked_for():
    script = told(Shorter(seconds=SCRIPT.seconds - 1))
    assert len(script.beats) == 4
    assert script.seconds <= SCRIPT.seconds - 1


def test_seconds_and_the_share_of_own_words_are_measured_anew():
    script = told(Drop((2,)))
    assert script.seconds == seconds_of(script.lines) < SCRIPT.seconds
    slow = apply(SCRIPT, [Drop((2,))], SAID, pace=2.0)
    assert isinstance(slow, Script)
    assert slow.seconds == pytest.approx(2 * script.seconds, abs=1)


def test_shorter_comes_last_for_it_looks_at_what_is_there_then():
    assert 3 in order(told(Shorter(places=(2,)), Drop((3,))))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ((Drop((7,)),), Impossible(Why.NO_BEAT, 7, 5)),
        ((Swap(1, 6),), Impossible(Why.NO_BEAT, 6, 5)),
        ((Drop((0,)),), Impossible(Why.NO_BEAT, 0, 5)),
        ((Drop((1, 2, 3)),), Impossible(Why.TOO_FEW, 2, 5)),
        ((Drop((2,)), Swap(2, 3)), Impossible(Why.NO_BEAT, 2, 4)),
        ((PutIn(77),), Impossible(Why.NO_FRAGMENT, 77)),
        ((PutIn(4),), Impossible(Why.IN_IT, 4)),
        ((OtherHook(4),), Impossible(Why.NO_HOOK, 4, 3)),
        ((OtherHook(opening=Opening.QUESTION),), Impossible(Why.NO_HOOK, 0, 3, "question")),
        ((Shorter(words=("火箭",)),), Impossible(Why.NO_WORDS, words="火箭")),
        ((Shorter(places=(1, 2, 3, 4, 5)),), Impossible(Why.NO_SHORTER, 0, SCRIPT.seconds)),
        ((Shorter(seconds=300),), Impossible(Why.NO_SHORTER, 300, SCRIPT.seconds)),
        ((Swap(2, 2),), Impossible(Why.NOTHING)),
    ],
)
def test_what_is_not_possible_is_said_and_nothing_is_done(
    changes: tuple[Change, ...], why: Impossible
):
    assert refused(*changes) == why


def test_going_back_alone_leaves_that_version_as_it_is():
    assert told(Back(2)) == SCRIPT
