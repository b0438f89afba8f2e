"""What a person's own edits teach."""

from bot.domain.voice_lessons import Edit, Lesson, lessons

DRAFTS = (
    ["其實我每天都在趕捷運", "念頭就散了"],
    ["其實早餐店最懂我", "阿姨超好笑"],
    ["我其實不想早起", "鬧鐘放在廚房"],
)
FINALS = (
    "我每天都在趕捷運。念頭就散了。",
    "早餐店最懂我。阿姨超好笑。",
    "我不想早起。鬧鐘放在廚房。",
)


def test_what_was_cut_from_three_drafts_is_asked_about() -> None:
    pairs = list(zip(DRAFTS, FINALS, strict=True))
    assert lessons(pairs) == [Lesson(Edit.CUT, "其實", 3)]
    assert lessons(pairs[:2]) == []


def test_what_was_put_into_three_drafts_is_asked_about() -> None:
    pairs = [
        (["I lost the notebook again."], "Honestly, I lost the notebook again."),
        (["Nobody plays the piano."], "Honestly nobody plays the piano."),
        (["The bus was late that day."], "Honestly, the bus was late that day."),
    ]
    assert lessons(pairs) == [Lesson(Edit.PUT_IN, "Honestly", 3)]


def test_a_word_that_stands_elsewhere_in_the_final_was_not_taken_out() -> None:
    pairs = [(draft, f"{final}其實。") for draft, final in zip(DRAFTS, FINALS, strict=True)]
    assert lessons(pairs) == []


def test_lines_that_were_dropped_or_rewritten_teach_no_word() -> None:
    pairs = [
        (["其實貓很懶", "我每天都在趕捷運"], "我每天都在趕捷運。"),
        (["其實狗很吵", "早餐店最懂我"], "早餐店最懂我。"),
        (["其實魚很臭", "鬧鐘放在廚房"], "全部重寫，一句都沒留下來。"),
    ]
    assert lessons(pairs) == []
