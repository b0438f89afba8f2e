"""The quality of text handling: what `make bench-text` prints is true, and holds."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.text import drafts, own_words, report, sets
from bench.text.__main__ import main
from bench.text.pairs import Labelled, as_used, plain, read, score

DRAFTS = list(own_words.read(drafts.HOME_MADE))
TWO_IDEAS = {
    "generations": ["A locksmith on memory", "a locksmith, on memory!", "Tea for one", "Lagos"],
    "partition": [0, 0, 1, 1],
}
ONE_IDEA = {"generations": ["Nairobi", "Nairobi"], "partition": [3, 3]}


def write(folder: Path, *entries: object) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in entries), encoding="utf-8")
    return path


def test_duplicates_prints_what_share_of_pairs_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["duplicates", str(write(tmp_path, TWO_IDEAS, ONE_IDEA))]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "pairs": 7,
        "precision": 1.0,
        "recall": pytest.approx(2 / 3),
        "multi_precision": 1.0,
        "multi_recall": 0.5,
    }


def test_what_cannot_be_divided_is_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["duplicates", str(write(tmp_path))]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "pairs": 0,
        "precision": None,
        "recall": None,
        "multi_precision": None,
        "multi_recall": None,
    }


@pytest.mark.parametrize(
    "entry", [[], {"generations": ["a"]}, {"generations": ["a"], "partition": [1, 2]}]
)
def test_a_line_that_is_no_such_thing_is_named(
    entry: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["duplicates", str(write(tmp_path, ONE_IDEA, entry))]) == 1
    assert "line 2" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]):
    assert main(["duplicates", "nowhere.jsonl"]) == 1
    assert "nowhere.jsonl" in capsys.readouterr().err


def test_calibrating_tries_every_bound_on_prompts_it_was_not_chosen_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["calibrate", str(write(tmp_path, *[TWO_IDEAS, ONE_IDEA] * 5))]) == 0
    printed = capsys.readouterr().out
    assert "1.000 ±0.000" in printed
    assert "\n0.33  " in printed


def test_the_filter_finds_more_than_plain_grams_in_every_language():
    titles = read(report.HOME_MADE)
    for lang in ("zh-Hant", "zh-Hans", "yue", "en"):
        chosen = [one for one in titles if one.lang == lang]
        ours, theirs = score(chosen, as_used), score(chosen, plain)
        assert ours["recall"] > theirs["recall"] + 0.2
        assert ours["recall"] > 0.8
        assert ours["precision"] > 0.85


def test_home_made_titles_hold_at_least_120_pairs():
    assert sum(len(one.same) for one in read(report.HOME_MADE)) > 120


@pytest.mark.parametrize("pair", sets.home_made(), ids=lambda pair: f"{pair.lang} {pair.seed}")
def test_every_measure_tells_a_diverse_list_from_a_homogenised_one(pair: sets.Pair):
    assert len(pair.diverse) == len(pair.homogenised) == 8
    assert sets.measure(pair.diverse).differs_more_than(sets.measure(pair.homogenised))


def test_the_same_text_twice_is_as_homogenised_as_can_be():
    same = sets.measure(["夜班護士的鬧鐘"] * 2)
    assert same.cosine == pytest.approx(1)
    assert same.self_bleu == pytest.approx(1)
    assert same.distinct_2 == pytest.approx(0.5)


def test_the_report_needs_no_file_but_its_own():
    printed = "\n".join(report.lines(None))
    assert "told apart by all three measures: 10 of 10" in printed
    assert "near-duplicates, home-made (all)" in printed


def test_a_set_says_whether_it_holds_more_than_one_idea():
    assert Labelled(("a", "b"), (0, 1)).multi
    assert not Labelled(("a", "b"), (0, 0)).multi


SCRIPT = {
    "id": "a",
    "lang": "en",
    "fragments": {"1": "I quit my job in May, and the rent is 900."},
    "beats": [{"text": "I quit my job in June", "fragments": [1]}],
}


def test_own_words_prints_a_verdict_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["own-words", str(write(tmp_path, SCRIPT))]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "refused"
    assert found["reasons"] == ["a word was swapped for another"]
    assert (found["id"], found["new_numbers"], found["negation_flips"]) == ("a", [], 0)
    assert 0.6 < found["weakest_beat"] == found["coverage"] < 1


def test_cliches_prints_a_score_and_its_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    worn = "In today's fast-paced world, let's embrace the journey and unlock your potential."
    own = {"id": "b", "text": worn, "own": [worn]}
    assert main(["cliches", str(write(tmp_path, {"id": "a", "text": worn}, own))]) == 0
    ridden, exempt = map(json.loads, capsys.readouterr().out.splitlines())
    assert ridden["score"] > 2
    assert ridden["marks"]
    assert (exempt["score"], exempt["marks"]) == (0, [])


@pytest.mark.parametrize("command", ["own-words", "cliches"])
def test_a_line_that_cannot_be_judged_is_named(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main([command, str(write(tmp_path, SCRIPT | {"text": "x"}, {"id": "b"}))]) == 1
    assert "line 2" in capsys.readouterr().err


def test_hardly_a_fixture_of_own_words_is_misjudged():
    built_on = list(own_words.read(own_words.BUILT_ON))
    later = [*own_words.read(own_words.LATER), *own_words.read(own_words.FRESH)]
    assert sum(one.right() for one in built_on) >= 0.995 * len(built_on)
    assert sum(one.right() for one in later) >= 0.98 * len(later)


@pytest.mark.parametrize(
    "draft", list(own_words.read(drafts.HOME_MADE)), ids=lambda draft: draft.id
)
def test_a_whole_draft_is_judged_as_the_table_of_measures_says(draft: own_words.Fixture):
    assert draft.right()


def test_every_kind_of_edit_has_ten_fixtures_in_every_language():
    every = [*own_words.read(own_words.BUILT_ON), *own_words.read(own_words.LATER)]
    counts = Counter((one.kind, one.lang) for one in every)
    assert len(counts) == 22 * len(own_words.LANGUAGES)
    assert min(counts.values()) >= 10
