"""Whatever is expanded, and whatever a model answers, ends in cards or in an honest line."""

import json

import pytest
from llmock.pytest_plugin import LLMock

from tests.fakes import ScriptedListener
from tests.story.conftest import Day, Play
from tests.story.test_claude_day import FOUR_EACH, ideas

SEED = "/expand 靈感都在捷運上，一出站就沒了"
SAID = "20:30 坐到公司那一站，念頭就散了"


def cards(day: Day) -> str:
    """The only cards there are."""
    (found,) = [text for text in day.said() if "\n1. " in text]
    return found


class TestSeeds:
    async def test_the_longest_text_a_message_holds(self, play: Play) -> None:
        day = await play(f"10:00 /expand {'雨停了我才發現傘忘在捷運上。' * 400}"[:4102])
        assert "1. " in cards(day)

    @pytest.mark.parametrize("thin", ["🎹", "...", "。", "https://example.com/hooks", "雨"])
    async def test_one_with_too_little_in_it_is_asked_about_once_and_then_dug(
        self, play: Play, thin: str
    ) -> None:
        day = await play(f"10:00 /expand {thin}", "10:01 @reply 2 鄰居把鋼琴當花架，琴蓋從來沒開過")
        question, found = day.said()
        assert "Reply to this with a line" in question
        assert "\n1. " in found

    async def test_an_emoji_that_stands_in_a_fragment_is_dug_at_once(self, play: Play) -> None:
        day = await play("10:00 她把 🎹 當花架", "10:01 /expand 🎹")
        assert "#1" in cards(day)

    async def test_somebody_elses_words(self, play: Play) -> None:
        day = await play(
            "10:00 @forward 鄰居把鋼琴當花架，琴蓋從來沒開過", "10:01 @reply 1 /expand"
        )
        assert "#1" in cards(day)

    async def test_a_picture_is_asked_about_and_the_answer_grows_from_it(self, play: Play) -> None:
        day = await play(
            "10:00 @photo examples/desk.jpg",
            "10:01 @reply 1 /expand visuals",
            "10:02 @reply 3 桌上那把鑰匙沒有人知道是哪一扇門的",
        )
        assert "Reply to this with a line" in day.said()[0]
        assert "#1" in cards(day)

    async def test_a_number_means_the_card_on_the_page_shown_now(self, play: Play) -> None:
        day = await play(
            "10:00 /expand 鄰居把鋼琴當花架，琴蓋從來沒開過",
            "10:01 @tap Next page",
            "10:02 @reply 2 /expand 1",
        )
        first, again = day.said()
        second_page = next(text for text in day.said("edit") if "2/" in text.splitlines()[0])
        meant = second_page.split("\n1. ")[1].splitlines()[0]
        assert meant not in first
        assert again != first

    async def test_a_recording_nobody_hears_is_kept_and_its_words_may_be_written(
        self, play: Play
    ) -> None:
        day = await play(
            "10:00 @voice examples/walk.ogg",
            "10:01 /expand",
            "10:02 @reply 3 鄰居把鋼琴當花架，琴蓋從來沒開過",
        )
        assert day.said()[0].startswith("Nobody listens here yet, so #1 has no words.")
        assert "#1" in cards(day)

    async def test_a_recording_that_was_heard_is_dug_like_any_fragment(self, play: Play) -> None:
        listener = ScriptedListener("鄰居把鋼琴當花架，琴蓋從來沒開過")
        day = await play("10:00 @voice examples/walk.ogg", "10:01 /expand hooks", listener=listener)
        assert "#1" in cards(day)

    async def test_an_edit_after_that_changes_no_cards(self, play: Play) -> None:
        day = await play(
            "10:00 鄰居把鋼琴當花架，琴蓋從來沒開過",
            "10:01 /expand",
            "10:02 @edit 1 鄰居搬走了",
            "10:03 @tap 🎲",
        )
        first, second = (text for text in day.said() if "\n1. " in text)
        assert first != second
        assert "#1" in second


class TestAnswers:
    async def dug(self, play: Play, llmock: LLMock, *replies: str) -> str:
        for text in replies:
            llmock.reply(text)
        address = llmock.base_url("anthropic")
        day = await play(SAID, f"20:40 {SEED}", ANTHROPIC_BASE_URL=address)
        return cards(day)

    @pytest.mark.parametrize(
        "answer",
        [
            "Sure! Here are some ideas: first of all, think about the metro.",
            ideas("夜班護士寫在手套背面", "收銀台不准人停下來想")[:60],
            "I'm sorry, but I can't help with that.",
            "{}",
            json.dumps({"assumptions": [], "ideas": []}),
            ideas("", " ", "\u200b"),
        ],
    )
    async def test_no_ideas_at_all_end_in_questions_and_say_why(
        self, play: Play, llmock: LLMock, answer: str
    ) -> None:
        found = await self.dug(play, llmock, *[answer] * 10)
        assert "questions" in found.splitlines()[0]
        assert "offline writer" in found

    async def test_the_longest_seed_goes_up_whole(self, play: Play, llmock: LLMock) -> None:
        for text in FOUR_EACH:
            llmock.reply(text)
        seed = ("雨停了我才發現傘忘在捷運上。" * 400)[:4088]
        address = llmock.base_url("anthropic")
        day = await play(f"20:40 /expand {seed}", ANTHROPIC_BASE_URL=address)
        assert "AI" in cards(day)
        assert seed in json.dumps(llmock.requests[0].body, ensure_ascii=False)

    async def test_a_hundred_ideas_are_three_pages(self, play: Play, llmock: LLMock) -> None:
        many = ideas(*(chr(ord("一") + 97 * i) * 5 for i in range(100)))
        found = await self.dug(play, llmock, *[many] * 4)
        assert "page 1/" in found
        pages = int(found.split("page 1/")[1].split()[0])
        assert pages <= 3

    async def test_markup_is_shown_as_the_letters_it_is_made_of(
        self, play: Play, llmock: LLMock
    ) -> None:
        bold = ideas("<b>夜班護士</b>寫在手套背面", "收銀台<script>不准人停下來想")
        found = await self.dug(play, llmock, bold, *FOUR_EACH[1:])
        assert "手套背面" in found

    async def test_few_ideas_are_refilled_and_counted_all(self, play: Play, llmock: LLMock) -> None:
        fresh = ideas("公車司機把站名唸成詩", "洗衣店老闆記得每個口袋")
        replies = (*FOUR_EACH[:3], ideas("夜班護士寫在手套背面！"), fresh)
        found = await self.dug(play, llmock, *replies)
        assert "offline" not in found
        assert len(llmock.requests) == 5
        assert found.splitlines()[0].startswith("12 dug")
