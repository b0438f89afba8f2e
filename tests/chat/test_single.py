"""One card alone: where it comes from, why it may work, and that it fits one message."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.layout import single
from bot.chat.layout.cutting import MOST_UNITS, units
from bot.chat.wording import wording
from bot.domain.records import Expansion, Fragment, Idea, Kind, Language, Origin, Person, Verdict
from bot.journey.backlog import Card

EN = wording(Language.EN)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
WALK = int(NOW.timestamp())
MING = Person(1, Language.EN, "Asia/Taipei", None, NOW)
IDEA = Idea(
    id=7,
    person_id=1,
    expansion_id=3,
    position=0,
    title="The night shift writes on its sleeve",
    lens="a nurse",
    move="reverse",
    mechanism="the body remembers",
    sources=(2, 1),
    by="claude",
    assumption="that ideas must be written down",
)
CARD = Card(IDEA, Expansion(3, 1, "ideas come on the metro", 1, 0), left=12, back_after=7)


def said(n: int, text: str, origin: Origin = Origin.OWN) -> Fragment:
    return Fragment(n, 1, n, Kind.TEXT, origin, text, n, NOW)


def test_a_card_says_how_many_are_left_where_it_comes_from_and_who_wrote_it() -> None:
    assert single.on_walk(EN, CARD, WALK).text == (
        "12 left · ↩︎ back after 7 days\n\nThe night shift writes on its sleeve\n"
        "(a nurse · reverse) #2 #1\nFrom “ideas come on the metro”\n\n"
        "An idea by AI, from your words. Keep it if it is yours."
    )


def test_unfolded_it_gives_its_reasons_and_quotes_whose_words_it_stands_on() -> None:
    sources = [said(2, "they keep pens in their hair", Origin.FORWARDED), said(1, "metro")]
    assert single.on_walk(EN, CARD, WALK, sources).text.splitlines()[2:-2] == [
        "The night shift writes on its sleeve",
        "",
        "Why it may work  the body remembers",
        "What it does not take for granted  that ideas must be written down",
        "Through whose eyes  a nurse",
        "Which move  reverse",
        "#2 (someone else's words) they keep pens in their hair",
        "#1 metro",
    ]


def test_what_is_mixed_names_both() -> None:
    mixed = replace(CARD, expansion=replace(CARD.expansion, mix="the lid"))
    assert (
        "Mixed from “ideas come on the metro” and “the lid”" in single.on_walk(EN, mixed, WALK).text
    )


def test_marks_in_a_persons_words_stay_as_they_are() -> None:
    odd = replace(CARD, idea=replace(IDEA, title="<b>*a* & _b_</b>"))
    assert "<b>*a* & _b_</b>" in single.on_walk(EN, odd, WALK, []).text


def test_every_card_fits_one_message_and_telegrams_keyboard() -> None:
    long = said(1, "🧭 " * 2048)
    item = replace(IDEA, title="🧭" * 300, verdict=Verdict.KEPT)
    card = replace(CARD, idea=item)
    letters = [
        single.on_walk(EN, card, WALK, [long] * 5),
        single.gold_idea(EN, card, 3, [long] * 5),
        single.gold_fragment(EN, long, 3, MING),
        single.partners(EN, long, [item, long] * 4, WALK),
    ]
    for letter in letters:
        assert units(letter.text) <= MOST_UNITS
        assert letter.keyboard
        rows = letter.keyboard.inline_keyboard
        assert max(map(len, rows)) <= 4
        assert all(len(str(one.callback_data)) <= 64 for row in rows for one in row)
