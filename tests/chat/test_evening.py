"""The evening message as it is read on a phone: what stands in it, and that it fits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.chat.layout import digest as layout
from bot.chat.layout.cutting import MOST_UNITS, units
from bot.chat.layout.letter import Letter
from bot.chat.layout.offers import Eye
from bot.chat.layout.phone import COLUMNS, fitting, width
from bot.chat.wording import wording
from bot.domain.digests import Came, Digest, DigestBody, How, Note, Offer, Older, Returned
from bot.domain.drafts import Draft, Line, LineKind, Role, Script, Status
from bot.domain.records import Language, Origin, Person
from bot.journey.offers import Offered, Shown
from tests.fakes import FORMS

NINE = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)  # 21:00 in Taipei
# Ours: so many lines, its three folded ones included, leave room for three rows of buttons on a
# phone of 375 by 667 points.
SCREEN = 14
SAID = {
    Language.EN: "nobody waters the treble, and the plants are always on the bass end of a piano",
    Language.ZH_HANT: "桌腳旁邊一整桶拆下來的傘骨，像筷子那樣插著，他說這叫器官捐贈",
    Language.ZH_HANS: "桌脚旁边一整桶拆下来的伞骨，像筷子那样插着，他说这叫器官捐赠",
}


def line(text: str, **more: Any) -> Line:
    return Line(Role.HOOK, text, (1,), **more)


def offered(n: int, title: str, *, hook: Line | None = None, **facts: Any) -> Offered:
    """A draft as the evening offers it; `facts` are those of its draft."""
    came = facts.pop("came", Came.NEW)
    by = facts.pop("by", "offline")
    first = hook or line("the lid was stuck")
    script = Script(
        title, first, (line("nobody waters the treble"),), first, seconds=41, yours=0.83
    )
    offer = Offer(n, 10 + n, title, first.text, 41, 0.83, by=by, came=came)
    return Offered(offer, replace(Draft(n, 1, "short", NINE), **facts), script)


def worded(
    ming: Person,
    *offers: Offered,
    language: Language = Language.EN,
    late: timedelta = timedelta(),
    looked_at: datetime = NINE,
    **said: Any,
) -> Letter:
    """The message of an evening on which one thing was said."""
    body = DigestBody((Note(1, "下雨了"),), offers=tuple(one.offer for one in offers))
    body = replace(body, **said)
    digest = Digest(1, ming.id, NINE.date(), due_at=NINE, claimed_at=NINE, body=body)
    tonight = Shown(digest, body, offers, NINE)
    eye = Eye(ming, looked_at, FORMS)
    return layout.digest(wording(language), tonight, eye, sent_at=NINE + late)


def labels(letter: Letter) -> list[list[str]]:
    assert letter.keyboard
    return [[key.text for key in row] for row in letter.keyboard.inline_keyboard]


def lines_on_a_phone(letter: Letter) -> int:
    """How many it takes before the first tap; of what is folded three are seen."""
    (fold,) = [one for one in letter.spans if one.kind == "expandable_blockquote"]
    shown = letter.text[: fold.start].rstrip("\n") + "\n" + letter.text[fold.end :].lstrip("\n")
    return 3 + sum(max(1, -(-width(one) // (COLUMNS + 3))) for one in shown.splitlines())


@pytest.mark.parametrize("language", Language)
def test_an_evening_with_everything_fits_a_phone_before_the_first_tap(
    ming: Person, language: Language
) -> None:
    said = SAID[language]
    offers = [offered(n, said, hook=line(said[:n] + said), came=Came.POSTPONED) for n in (1, 2, 3)]
    letter = worded(
        ming,
        *offers,
        language=language,
        fragments=tuple(Note(n, said) for n in range(1, 60)),
        gold=(Note(3, said),),
        gold_ideas=(said,) * 5,
        older=Older(2, said, datetime(2025, 11, 3, 4, tzinfo=UTC), How.ANSWERED, touched=4),
        returned=(Returned(said, "claude"),) * 3,
        undecided=129,
    )
    assert lines_on_a_phone(letter) <= SCREEN
    assert units(letter.text) < MOST_UNITS  # so that it can be brought back in place
    assert len(labels(letter)) == 3
    # Beside its picture a key holds so much in a row of two, of three and of four.
    room = {1: 40, 2: 20, 3: 14, 4: 10}
    for row in labels(letter):
        assert all(width(label) <= room[len(row)] for label in row), row


def test_the_best_draft_is_told_and_the_others_have_a_line_each(ming: Person) -> None:
    letter = worded(ming, offered(1, "The lid"), offered(2, "The bass end"), offered(3, "An A"))
    told = letter.text.splitlines()
    assert told[:2] == ["🌙 Friday, November 20", "1 fragment · film tonight:"]
    assert told[3:8] == [
        "① The lid",
        "41 s · 83 % yours",
        "“the lid was stuck”",
        "② The bass end · 41 s",
        "③ An A · 41 s",
    ]
    assert labels(letter) == [
        ["📖 Read", "✏️ Change", "🎥 Shots"],
        ["💤 Tomorrow", "📄 As file"],
        ["② Read", "③ Read"],
    ]


def test_what_is_filmed_after_it_was_put_off_comes_back_no_more(ming: Person) -> None:
    facts: dict[str, Any] = {"postponed_to": NINE.date(), "status": Status.FILMED}
    letter = worded(ming, offered(1, "The lid", **facts), offered(2, "The bass end", **facts))
    told = letter.text.splitlines()
    assert "comes back" not in letter.text
    assert "🎬 filmed" in told[4]
    assert told[6] == "② The bass end · 🎬 filmed"
    assert labels(letter)[1] == ["📄 As file"]


def test_what_no_longer_holds_is_said_and_nothing_is_called_checked_or_the_persons_own(
    ming: Person,
) -> None:
    one, other = (offered(n, "The lid", by=by) for n, by in ((1, "claude"), (2, "offline")))
    letter = worded(ming, replace(one, changed=(2, 5)), replace(other, changed=(3,)))
    assert "41 s · changed since: #2, #5" in letter.text
    assert "② The lid · changed since: #3" in letter.text
    assert "By AI (Claude), offline. Not every line holds by now." in letter.text
    assert "% yours" not in letter.text
    assert "checked" not in letter.text
    alone = worded(ming, replace(other, changed=(3,))).text
    assert "By offline. Not every line holds by now." in alone
    assert "your own words" not in alone


def test_past_midnight_nothing_is_to_be_filmed_tonight(ming: Person) -> None:
    looked_at = datetime(2026, 11, 20, 17, 11, tzinfo=UTC)  # 01:11 in Taipei
    letter = worded(ming, offered(1, "The lid"), looked_at=looked_at)
    assert letter.text.splitlines()[1] == "1 fragment · to film:"
    assert "💤 Later" in labels(letter)[1]


def test_one_alone_tells_how_it_goes_on(ming: Person) -> None:
    letter = worded(ming, offered(1, "The lid"))
    assert letter.text.splitlines()[3:7] == [
        "The lid",
        "41 s · 83 % yours",
        "“the lid was stuck”",
        "“nobody waters the treble”",
    ]


@pytest.mark.parametrize(
    ("title", "goes_on"),
    [
        ("Nobody waters the treble", ["“the bass end dries out, though”"]),
        ("The bass end", ["“nobody waters the treble”"]),
        ("nobody waters the treble / the bass end dries out, though", []),
    ],
)
def test_what_goes_on_repeats_neither_title_nor_opening(
    ming: Person, title: str, goes_on: list[str]
) -> None:
    one = offered(1, title)
    assert one.script
    beats = [line("The lid was stuck!"), line("nobody waters the treble")]
    beats.append(line("the bass end dries out, though"))
    letter = worded(ming, replace(one, script=replace(one.script, beats=tuple(beats))))
    told = letter.text.splitlines()
    assert told[5 : told.index("#1 下雨了")] == ["“the lid was stuck”", *goes_on]


@pytest.mark.parametrize(
    ("hook", "says"),
    [
        (line("an idea", kind=LineKind.PICKED), "an idea (an idea you picked)"),
        (line("too new", marked=True), "too new (partly not your words)"),
        (line("FREE", kind=LineKind.QUOTED, said_by="Ann"), "Ann: “FREE”"),
        (line("so", kind=LineKind.GLUE), "so"),
    ],
)
def test_only_the_persons_own_words_are_quoted_as_theirs(
    ming: Person, hook: Line, says: str
) -> None:
    assert says in worded(ming, offered(1, "The lid", hook=hook)).text.splitlines()


@pytest.mark.parametrize(
    ("language", "hook", "says"),
    [
        (Language.EN, "he said “no” twice", "“he said ‘no’ twice”"),
        (Language.ZH_HANS, "他说“回家带孙子”", "“他说‘回家带孙子’”"),
        (Language.ZH_HANS, "他说「回家」", "“他说「回家」”"),
        (Language.ZH_HANT, "他說「回家帶孫子」", "「他說『回家帶孫子』」"),
        (Language.ZH_HANT, "他說“回家”", "「他說“回家”」"),
    ],
)
def test_a_quotation_within_one_has_the_inner_marks(
    ming: Person, language: Language, hook: str, says: str
) -> None:
    at = datetime(2025, 11, 3, 4, tzinfo=UTC)
    older = Older(12, hook, at, How.SAID, touched=1)
    letter = worded(ming, offered(1, "X", hook=line(hook)), older=older, language=language)
    assert says in letter.text.splitlines()
    assert letter.text.count(says) == 2


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"came": Came.POSTPONED, "postponements": 1}, "was put off"),
        ({"came": Came.POSTPONED, "postponements": 2}, "put off 2 times"),
        ({"came": Came.AGAIN, "created_at": NINE - timedelta(hours=5)}, "this afternoon's"),
        ({"came": Came.AGAIN, "created_at": NINE - timedelta(hours=12)}, "this morning's"),
        ({"came": Came.AGAIN, "created_at": NINE - timedelta(days=2)}, "from Nov 18"),
        ({"status": Status.FILMED}, "🎬 filmed"),
    ],
)
def test_a_draft_that_is_not_new_says_why_it_is_here(
    ming: Person, facts: dict[str, Any], says: str
) -> None:
    letter = worded(ming, offered(1, "The lid", **facts))
    assert f"41 s · 83 % yours · {says}" in letter.text.splitlines()


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (date(2026, 11, 21), "comes back tomorrow"),
        (date(2026, 11, 23), "comes back on Mon, Nov 23"),
    ],
)
def test_one_that_is_put_off_says_when_it_comes_back(ming: Person, until: date, says: str) -> None:
    letter = worded(ming, offered(1, "The lid", postponed_to=until))
    assert letter.text.splitlines()[1:5] == ["1 fragment", "", "The lid", says]
    assert labels(letter)[1] == ["↩︎ Tonight after all", "📄 As file"]


def test_one_that_is_put_off_while_the_digest_is_off_says_what_brings_it_back(ming: Person) -> None:
    off = replace(ming, digest_at=None)
    letter = worded(off, offered(1, "The lid", postponed_to=date(2026, 11, 21)))
    assert "comes back with the next digest: /digest 21:00" in letter.text


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (How.SAID, "You said this on November 3: “the lid”"),
        (How.ASKED, "You asked this on November 3: “the lid”"),
        (How.ANSWERED, "⭐ You half-answered this on November 3: “the lid”"),
    ],
)
def test_an_older_piece_that_today_touches_has_a_line_and_a_way_there(
    ming: Person, how: How, says: str
) -> None:
    at = datetime(2026, 11, 2, 20, tzinfo=UTC)  # the 3rd in Taipei
    older = Older(12, "the lid", at, how, touched=1, gold=how is How.ANSWERED)
    letter = worded(ming, offered(1, "The lid"), older=older)
    assert says in letter.text.splitlines()
    assert labels(letter)[-1] == ["🔍 #12"]


def test_gold_comes_first_in_the_fold_and_each_has_a_line(ming: Person) -> None:
    letter = worded(
        ming,
        fragments=(Note(1, "a line " * 30), Note(2, "an advert", origin=Origin.FORWARDED)),
        gold=(Note(2, "an advert", origin=Origin.FORWARDED),),
        gold_ideas=("a hen with a mobile",),
        returned=(Returned("what if it rains", "offline"),),
        undecided=4,
    )
    (fold,) = [one for one in letter.spans if one.kind == "expandable_blockquote"]
    assert letter.text[fold.start : fold.end].splitlines() == [
        "⭐ #2 ↪ an advert",
        "⭐ a hen with a mobile",
        "#1 a line a line a line a…",
        "↩︎ 1 question came back",
        "· what if it rains",
    ]
    assert labels(letter) == [["Pan now: 4 undecided ›"]]


@pytest.mark.parametrize(
    ("late", "says"), [(timedelta(minutes=5), False), (timedelta(minutes=25), True)]
)
def test_late_is_said(ming: Person, late: timedelta, says: bool) -> None:
    assert ("late. Nothing is lost." in worded(ming, late=late).text) is says


@pytest.mark.parametrize(
    ("writers", "says"),
    [
        (("offline",), "Offline: your own words, only cut."),
        (("claude",), "By AI (Claude), each line checked."),
        (("offline", "claude"), "By AI (Claude) and offline, each line checked."),
    ],
)
def test_who_wrote_it_is_said(ming: Person, writers: tuple[str, ...], says: str) -> None:
    offers = [offered(n, f"no. {n}", by=by) for n, by in enumerate(writers, start=1)]
    assert worded(ming, *offers).text.splitlines()[-1] == says


@pytest.mark.parametrize(
    ("writers", "says"),
    [
        (("claude", "claude", "offline"), "↩︎ 3 cards came back"),
        (("claude", "claude"), "↩︎ 2 ideas by AI came back"),
        (("offline",), "↩︎ 1 question came back"),
    ],
)
def test_what_came_back_is_called_by_who_wrote_it(
    ming: Person, writers: tuple[str, ...], says: str
) -> None:
    returned = tuple(Returned("a title", by) for by in writers)
    letter = worded(ming, returned=returned, undecided=len(writers))
    assert says in letter.text.splitlines()


def test_an_evening_whose_drafts_were_erased_says_so(ming: Person) -> None:
    letter = worded(ming, offers=(Offer(1, 1, "The lid", "the lid was stuck", 41, 0.83),))
    assert letter.text.splitlines()[1] == "1 fragment · what was offered here was erased"
    assert "The lid" not in letter.text


@pytest.mark.parametrize("text", [*SAID.values(), "👩‍👩‍👧‍👦" * 30, "", "x" * 90])
def test_a_line_is_never_wider_than_the_phone(text: str) -> None:
    assert width(fitting(text)) <= COLUMNS
    assert text.startswith(fitting(text).removesuffix("…"))
