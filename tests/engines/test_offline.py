"""The offline writer: questions that quote the person, and drafts in nothing but their words."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.drafts import Line, LineKind, Role
from bot.domain.grounding import Ruling, check
from bot.domain.likeness import quotations
from bot.domain.records import Language
from bot.domain.sieve import sift
from bot.domain.taste import Tally, Taste
from bot.domain.words import is_blank, is_thin, sentences
from bot.engines.assemble import assemble
from bot.engines.offline import CARDS, OfflineWriter
from bot.engines.prompts import PromptLibrary
from bot.errors import PromptError
from bot.journey.ports import DraftAsk, DraftSketch, ExpandAsk, IdeaSketch, Material
from tests.fakes import SHORT

PROMPTS = Path(__file__).parents[2] / "prompts"
HANT, HANS, EN = Language.ZH_HANT, Language.ZH_HANS, Language.EN
SEED = "坐到公司那一站,念頭就散了"

STAIRWELL = (
    "地铁坐过站了,因为在备忘录里改一句话",
    "我手机里有四百多条备忘录,一条都没拍出来",
    "https://example.com/a",
    "记得买电池",
    "我总觉得要等一个完整的下午才能开始拍",
    "可是完整的下午从来没有来过",
    "今天午休十五分钟,我对着楼梯间的窗户拍了第一条",
    "要不要做成系列?",
    "原来开始不需要一个下午,只需要一个楼梯间",
)
TRICK = (
    "The barista apologised that the leaf on my coffee was a fish",
    "I have been practising the same magic trick for six weeks",
    "My daughter caught me palming the coin every single time",
    "She is five. She watches the wrong hand on purpose.",
    "People only look where you look. That is the whole trick.",
    "Open on the coin. No music.",
    "what if the coin is just",
    "Have you ever fooled a five-year-old?",
    "She still caught me, but this time she clapped first",
)
NOODLES = "拉麵店老闆每天四點起床熬湯。他說湯不會騙人。我問他為什麼不用機器。他說機器不會聞。"
CAT = "我家的貓不喝水。醫生說要放三個碗。放了以後牠只喝馬桶的。我覺得牠在教我放下。"


@pytest.fixture(scope="module")
def writer() -> OfflineWriter:
    return OfflineWriter(PromptLibrary(PROMPTS))


def material(*texts: str) -> tuple[Material, ...]:
    return tuple(Material(n, text) for n, text in enumerate(texts, 1))


async def cards(writer: OfflineWriter, ask: ExpandAsk) -> list[IdeaSketch]:
    return [sketch async for sketch in writer.expand(ask)]


def asking(seed: str, language: Language = HANT, **more: object) -> ExpandAsk:
    return ExpandAsk(1, seed, None, language, **more)  # type: ignore[arg-type]


def lines_of(sketch: DraftSketch) -> list[Line]:
    assert sketch.close is not None
    return [*sketch.hooks, *sketch.beats, sketch.close]


def draft(*texts: str, **more: object) -> DraftSketch | None:
    return assemble(DraftAsk(1, EN, material(*texts), SHORT, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "seed",
    [
        SEED,
        "靈感都在捷運上",
        "阿嬤的雜貨店要收了",
        "我喺地鐵度諗到嘅嘢,返到屋企就唔記得咗啲",
        "时间管理",
        "害怕失败",
        "他說「好累」就走了",
        "plan B",
        "My boss said “great idea” and never called.",
        'my boss said "no" to the "plan"',
        "I only film in stairwells. The light is bad. Nobody minds.",
        "مرحبا بالعالم",
        "拍片 vlog",
        "<b>bold</b> & {word} {0} %s",
        "念頭\n\n散了",
        "長" * 3000 + "故事 結尾",
    ],
)
async def test_any_seed_that_is_not_thin_gets_at_least_four_cards(
    writer: OfflineWriter, seed: str, language: Language
):
    dealt = await cards(writer, asking(seed, language))
    kept = sift(dealt).kept
    assert not is_thin(seed)
    assert len(dealt) == CARDS
    assert len(kept) >= 10
    assert len({card.mechanism for card in kept}) == len(kept)


@pytest.mark.parametrize("seed", ["嗯", "😀" * 2048, "🍌", "https://example.com/a", "a\u200bb"])
async def test_a_fragment_with_hardly_a_word_still_gets_four_cards(
    writer: OfflineWriter, seed: str
):
    assert len(sift(await cards(writer, asking(seed))).kept) >= 4


async def test_every_card_quotes_the_persons_own_words(writer: OfflineWriter):
    for card in await cards(writer, asking(SEED, HANT, material=material(CAT))):
        assert quotations(card.title)
        for words in quotations(card.title):
            assert words.removesuffix("…") in SEED + CAT


async def test_the_question_is_in_the_language_asked_for_and_the_quote_as_written(
    writer: OfflineWriter,
):
    titles = [card.title for card in await cards(writer, asking(SEED, HANS))]
    assert any("念頭就散了" in title for title in titles)
    assert any("护士" in title or "镜头" in title or "哪" in title for title in titles)


async def test_a_forced_link_with_a_distant_own_fragment_is_on_the_first_page(
    writer: OfflineWriter,
):
    near, far = Material(2, "公司那一站的念頭"), Material(3, "早餐店阿姨把蛋餅切成六塊")
    borrowed = Material(4, "別人寫的火箭發射現場")
    ask = ExpandAsk(1, SEED, 1, HANT, (Material(1, SEED), near, far, borrowed))
    linked = [card for card in (await cards(writer, ask))[:4] if len(card.sources) == 2]
    assert [card.sources for card in linked] == [(1, 3)]
    assert far.text in linked[0].title


async def test_another_round_deals_others_first_and_never_a_card_seen(writer: OfflineWriter):
    shown: list[str] = []
    for round_ in range(4):
        ask = asking(SEED, material=material(CAT, NOODLES), round=round_, shown=tuple(shown))
        kept = sift(await cards(writer, ask), shown).kept
        assert len(kept) >= 4
        assert not {card.title for card in kept} & set(shown)
        shown += [card.title for card in kept]


async def test_what_the_person_keeps_is_dealt_earlier_than_what_they_drop(writer: OfflineWriter):
    moves = ("reverse", "audience", "constrain", "analogy")
    tallies = {move: Tally(9 * (move == "analogy"), 10) for move in moves}

    async def places(taste: Taste) -> int:
        """Where the first card of that move stands, over many seeds, added up."""
        asks = [asking(f"第{n}條捷運上的靈感", taste=taste) for n in range(30)]
        rounds = [[card.move_id for card in await cards(writer, ask)] for ask in asks]
        return sum(one.index("analogy") for one in rounds)

    assert await places(Taste(moves=tallies)) < 0.6 * await places(Taste())


async def test_the_same_request_gets_the_same_cards(writer: OfflineWriter):
    again = OfflineWriter(PromptLibrary(PROMPTS))
    ask = asking(SEED, material=material(CAT))
    assert await cards(writer, ask) == await cards(again, ask)


async def test_a_blank_seed_gets_no_cards(writer: OfflineWriter):
    assert await cards(writer, asking(" \u200b")) == []


def test_a_question_quotes_what_it_is_about(writer: OfflineWriter):
    asked = {writer.question(SEED, HANT, turn=turn) for turn in range(5)}
    assert len(asked) == 5
    assert all(f"「{SEED}」" in question for question in asked)


@pytest.mark.parametrize("language", Language)
def test_with_nothing_to_quote_the_question_is_still_concrete(
    writer: OfflineWriter, language: Language
):
    asked = [writer.question(" ", language, turn=turn) for turn in (0, 1)]
    assert asked[0] != asked[1]
    assert not any(is_blank(question) or "{" in question for question in asked)


async def test_a_story_told_over_a_day_becomes_a_script_in_its_order(writer: OfflineWriter):
    sketch = await writer.draft(DraftAsk(1, HANS, material(*STAIRWELL), SHORT))
    assert sketch is not None
    hook, *beats, close = lines_of(sketch)
    assert hook.text == STAIRWELL[1]
    assert [beat.sources for beat in beats] == [(1,), (5,), (6,), (7,)]
    assert [beat.role for beat in beats] == [Role.SETUP, Role.EVIDENCE, Role.TURN, Role.PAYOFF]
    assert close.text == STAIRWELL[-1]


def test_directions_memos_links_and_broken_thoughts_are_not_filmed():
    sketch = draft(*TRICK)
    assert sketch is not None
    hook, *beats, close = lines_of(sketch)
    assert hook.text == "Have you ever fooled a five-year-old?"
    assert {n for spoken in (*beats, close) for n in spoken.sources} <= {2, 3, 4, 5, 9}
    assert close.text == TRICK[-1]


def test_with_four_sentences_the_close_comes_back_to_the_hook():
    sketch = draft(
        "第一次上台我忘詞了",
        "台下有人先笑出來,我也跟著笑",
        "那場是我講得最好的",
        "後來我故意留一個洞",
    )
    assert sketch is not None
    hook, *beats, close = lines_of(sketch)
    assert (close.text, close.role) == (hook.text, Role.CLOSE)
    assert len(beats) == 3


def test_with_fewer_than_four_sentences_there_is_no_script():
    assert (
        draft("第一次上台我忘詞了。台下有人先笑出來。", "記得買電池", "https://example.com", "嗯")
        is None
    )
    assert draft() is None


def test_another_persons_words_are_never_in_a_script():
    borrowed = [
        Material(n, f"別人轉來的第 {n} 段拉麵店故事很長很長", own=False) for n in range(5, 12)
    ]
    asked = DraftAsk(1, HANT, (*material(*sentences(NOODLES)), *borrowed), SHORT)
    sketch = assemble(asked)
    assert sketch is not None
    assert {n for spoken in lines_of(sketch) for n in spoken.sources} <= {1, 2, 3, 4}
    assert assemble(DraftAsk(1, HANT, tuple(borrowed), SHORT)) is None


def test_a_second_script_needs_a_thread_of_its_own():
    first = draft(NOODLES, CAT)
    assert first is not None
    used = tuple(spoken.text for spoken in lines_of(first))
    second = draft(NOODLES, CAT, used=used)
    assert second is not None
    assert not {spoken.text for spoken in lines_of(second)} & set(used)
    used += tuple(spoken.text for spoken in lines_of(second))
    assert draft(NOODLES, CAT, used=used) is None
    assert (
        draft("雨停了狗在門口", "我媽買了新鍋子", "公車司機唱歌", "樓下換了招牌", used=("別的",))
        is None
    )


def test_what_was_picked_decides_between_two_threads():
    about_cat = draft(NOODLES, CAT, picked=("「貓」要是你的室友,哪個習慣最惹你生氣?",))
    about_soup = draft(NOODLES, CAT, picked=("熬湯的人怎麼睡覺",))
    assert about_cat is not None
    assert about_soup is not None
    assert {spoken.sources for spoken in lines_of(about_cat)} == {(2,)}
    assert {spoken.sources for spoken in lines_of(about_soup)} == {(1,)}


SAID = [
    *STAIRWELL, *TRICK, NOODLES, CAT,
    "去年我辭職的時候,主管問我想好了沒,我說沒有,他說那你很勇敢,我心裡想的是,我只是很累,"
    "累到沒有力氣想下一步,後來我花了三個月睡覺,睡到忘記星期幾。過期的東西不一定壞掉。我也是。",
    "問他可不可以拍。「可以啊,電話不要拍到,我修不完。」",
    'I asked who plays it. "You do, love. Twice a year."',
    "我今天早上起來想說要不要去跑步然後看到窗外下雨就又躺回去了結果躺著想到我爸"
    "以前不管下雨都去跑他說下雨天路上沒有人可以跟自己說話現在才知道那是他自己的時間",
    "便當 110 變 120。老闆娘說飯沒漲,漲的是袋子", "我喺地鐵諗到一條片,返到屋企就唔記得咗",
    "😀" * 40, "مرحبا بالعالم. كيف حالك؟", "a\u200bb zero\u200dwidth",
    "<b>1,000 次</b>", "不", "不是不想,是不敢",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(SAID) | st.text(max_size=60), max_size=16), st.booleans())
def test_whatever_the_day_every_line_is_the_persons_own(texts: list[str], second: bool):
    sketch = draft(*texts, used=(STAIRWELL[1],) if second else ())
    if sketch is None:
        return
    spoken = lines_of(sketch)
    report = check(spoken, dict(enumerate(texts, 1)))
    assert (report.verdict, report.yours) == (Ruling.OWN, pytest.approx(1))
    assert all(one.kind is LineKind.YOURS and len(one.sources) == 1 for one in spoken)
    assert all(one.text in texts[one.sources[0] - 1] for one in spoken)
    assert 3 <= len(sketch.beats) <= 6
    body = [one.text for one in (*sketch.hooks, *sketch.beats)]
    assert len(set(body)) == len(body)
    assert not is_blank(sketch.title)


def broken(tmp_path: Path, field: str, value: object) -> PromptLibrary:
    folder = shutil.copytree(PROMPTS, tmp_path / "prompts")
    path = folder / "questions.en.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[field] = value
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return PromptLibrary(folder)


CARD = {"ask": "{quote}?", "move": "m", "lens": "l", "how": "h"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("about", ["{quote} {mood}"], "about.0: Value error, unknown placeholder {mood}"),
        ("about", ["why?"], "missing placeholder {quote}"),
        ("nothing", ["{quote}?"], "unknown placeholder {quote}"),
        ("links", [CARD], "links.0.ask: Value error, missing placeholder {other}"),
        ("cards", [CARD] * 12, "two cards have the same how: h"),
        (
            "cards",
            [CARD | {"how": str(n)} for n in range(12)],
            "more than 2 cards have the lens: l",
        ),
        (
            "cards",
            [CARD | {"ask": "{0}"}] * 12,
            "cards.0.ask: Value error, unknown placeholder {0}",
        ),
        ("cards", [CARD | {"ask": "{quote"}] * 12, "cards.0.ask"),
        ("card", [], "card: Extra inputs are not permitted"),
    ],
)
def test_a_broken_question_is_named_by_file_and_field(
    tmp_path: Path, field: str, value: object, said: str
):
    with pytest.raises(PromptError) as raised:
        OfflineWriter(broken(tmp_path, field, value))
    assert "questions.en.yaml" in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "plan",
    [
        "我想拍一支從菜價倒著講的片",
        "下禮拜想拍：把七個版本疊在一起播",
        "I want to shoot this next week with the leeks on the table",
        "idea for the ending: she posts one to me",
    ],
)
async def test_a_plan_is_not_spoken(writer: OfflineWriter, plan: str) -> None:
    found = await writer.draft(DraftAsk(1, HANS, material(*STAIRWELL, plan), SHORT))
    assert found is not None
    spoken = [line.text for line in (*found.hooks, *found.beats, found.close) if line]
    assert not any(text in plan or plan in text for text in spoken)
