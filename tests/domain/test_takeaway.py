"""What leaves the chat: every part of a draft, whose words they are, and not a word more."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.chat.layout.takeaway import labels
from bot.chat.wording import wording
from bot.domain import takeaway
from bot.domain.drafts import Draft, Line, LineKind, Opening, Role, Script, Version
from bot.domain.markdown import markdown
from bot.domain.papers import Paper, clean
from bot.domain.records import Language
from tests.fakes import FORMS

NIGHT = datetime(2026, 11, 20, 17, tzinfo=UTC)  # it is the 21st in Taipei
PARSER = MarkdownIt("gfm-like", {"linkify": False})
HOOK = Line(Role.HOOK, "念頭就散了", (3,), opening=Opening.SCENE, shot="坐下", on_screen="散了")
BEATS = (
    Line(Role.SETUP, "坐到公司那一站", (3, 9)),
    Line(Role.TURN, "別人的一句", (4,), LineKind.QUOTED, said_by="@hsu"),
    Line(Role.EVIDENCE, "所以", (), LineKind.GLUE),
    Line(Role.PAYOFF, "後面的人一直看我", (9,), shot_prompt="a train at dusk", marked=True),
)
SCRIPT = Script(
    title="散掉的念頭",
    hook=HOOK,
    beats=BEATS,
    close=Line(Role.CLOSE, "只剩一句", (9,), LineKind.PICKED),
    seconds=45,
    yours=0.83,
    gaps=("那天幾點?",),
    other_hooks=(Line(Role.HOOK, "三站之後", (12,), opening=Opening.NUMBER),),
)
PLAIN = replace(SCRIPT, beats=BEATS[:1], gaps=(), other_hooks=(), hook=Line(Role.HOOK, "x", (3,)))


def version(script: Script | None = SCRIPT, number: int = 1, **facts: Any) -> Version:
    given: dict[str, Any] = {"by": "claude"} | facts
    return Version(number, 1, 42, number, NIGHT, script, **given)


def paper(
    *versions: Version, form: str = "short", say: Language = Language.EN, origin: bool = True
) -> Paper:
    """The newest of these versions as it leaves for a person in Taipei."""
    one = takeaway.taken(Draft(1, 42, form, NIGHT), versions[-1], versions)
    assert one is not None
    return takeaway.paper(
        one,
        FORMS.get(form),
        labels(wording(say)),
        language=say,
        zone=ZoneInfo("Asia/Taipei"),
        origin=origin,
    )


def parsed(text: str) -> list[Token]:
    """A Markdown file behind its front matter, as another project's parser reads it."""
    return PARSER.parse(text.split("\n---\n", 1)[1])


def read(text: str) -> str:
    """What a reader sees of it, a line each."""
    inlines = (token.children or [] for token in parsed(text) if token.type == "inline")
    shown = ("".join("\n" if one.type in ("softbreak", "hardbreak") else one.content
                     for one in each if one.type != "html_inline") for each in inlines)  # fmt: skip
    return "\n".join(shown)


def test_markdown_has_the_words_first_and_all_that_is_needed_to_film_below() -> None:
    assert markdown(paper(version())) == (
        """---
title: 散掉的念頭
form: short
date: 2026-11-21
version: 1
seconds: 45
origin: 'assembled from your fragments #3 #4 #9 with Claude'
---

# 散掉的念頭

*short · about 45 s · version 1 · 83 % yours*

念頭就散了 <sup>#3</sup>

坐到公司那一站 <sup>#3 #9</sup>

> 別人的一句 <sup>#4</sup>
>
> — @hsu

所以 <sup>(glue)</sup>

後面的人一直看我 <sup>#9 (partly not your words)</sup>

只剩一句 <sup>#9 (an idea you picked)</sup>

## Shooting table

|  | Line | On screen | Shot |
|---|---|---|---|
| 1 | 念頭就散了 | 散了 | 坐下 |

## Prompts for shots you would rather not film

- **5** a train at dusk

## Other openings

- 三站之後 <sup>#12</sup>

## Still open

- 那天幾點?

*assembled from your fragments #3 #4 #9 with Claude*
"""
    )


def test_what_a_draft_does_not_have_gets_no_heading() -> None:
    text = markdown(paper(version(PLAIN)))
    assert [one.tag for one in parsed(text) if one.type == "heading_open"] == ["h1"]
    assert "|" not in text


def test_the_line_of_origin_is_there_unless_it_was_switched_off() -> None:
    told, untold = paper(version()), paper(version(), origin=False)
    for write in (markdown, takeaway.plain):
        assert "assembled from your fragments #3 #4 #9 with Claude" in write(told)
        assert "assembled" not in write(untold)
    assert "origin" not in markdown(untold)


def test_the_line_of_origin_says_who_put_it_together() -> None:
    by_model = version()
    offline = version(by="offline")
    cut = version(number=2, by="offline", base=1)
    final = version(None, number=3, by="person", text="mine now")
    assert paper(offline).origin.endswith("#3 #4 #9, put together offline")
    assert paper(by_model, cut).origin.endswith("with Claude")  # what it wrote is still in there
    assert paper(by_model, final).origin == (
        "your own text · assembled from your fragments #3 #4 #9 with Claude"
    )
    assert paper(final).origin == "your own text"


def test_a_final_text_leaves_as_the_person_wrote_it() -> None:
    text = "# not a heading\n\n1. one\n2. two\n\n  *mine*"
    final = paper(version(), version(None, number=2, by="person", text=text))
    assert takeaway.plain(final).startswith(text)
    assert "\n" + "# not a heading\n1. one\n2. two\n*mine*" in read(markdown(final))


def test_text_to_copy_is_the_words_alone() -> None:
    assert takeaway.plain(paper(version(), origin=False)) == (
        "散掉的念頭\n\n念頭就散了\n\n坐到公司那一站\n\n別人的一句\n— @hsu\n\n所以\n\n"
        "後面的人一直看我\n\n只剩一句"
    )


def test_a_thread_is_numbered_a_newsletter_has_a_subject_and_a_post_its_caption() -> None:
    caption = Line(Role.HOOK, "今天的捷運", (3,))
    post = replace(PLAIN, caption=caption, tags=("捷運", "two words"))
    assert takeaway.plain(paper(version(PLAIN), form="thread", origin=False)) == (
        "1/3 x\n\n2/3 坐到公司那一站\n\n3/3 只剩一句"
    )
    assert takeaway.plain(paper(version(PLAIN), form="newsletter", origin=False)) == (
        "Subject: x\n\n坐到公司那一站\n\n只剩一句"
    )
    assert takeaway.plain(paper(version(post), form="post", origin=False)).endswith(
        "只剩一句\n\nCaption\n\n今天的捷運\n\n#捷運 #twowords"
    )


def test_length_is_said_in_seconds_when_spoken_else_in_what_the_writing_is_counted_in() -> None:
    english = replace(PLAIN, beats=(Line(Role.SETUP, "the lid was stuck", (1,)),),
                      close=Line(Role.CLOSE, "so I went home", (1,)))  # fmt: skip
    assert "about 45 s" in paper(version(), form="a form of one's own").about
    assert dict(paper(version(PLAIN), form="post").facts)["characters"] == 12
    assert dict(paper(version(english), form="post").facts)["words"] == 9


def test_a_person_reads_it_in_their_language() -> None:
    text = markdown(paper(version(), say=Language.ZH_HANT))
    assert "短片 · 約 45 秒 · 第 1 版 · 83% 是你的原話" in text
    assert "用你的碎片 #3 #4 #9 拼成，Claude 協助" in text


def test_earlier_versions_stand_below_the_newest_and_each_says_where_it_comes_from() -> None:
    first, second = version(PLAIN), version(number=2, base=1)
    text = markdown(paper(first, second), [paper(first)])
    newest, earlier = text.split("\n---\n\n## ")
    assert newest.endswith("*assembled from your fragments #3 #4 #9 with Claude*\n")
    assert earlier.startswith("short · about 45 s · version 1")
    assert earlier.endswith("*assembled from your fragments #3 #9 with Claude*\n")


def test_nothing_leaves_of_a_version_that_came_to_nothing() -> None:
    assert takeaway.taken(Draft(1, 42, "short", NIGHT), version(None), []) is None


SIGNS = st.text("# *_-+=>.1)\\`~[]()<!|&a;:$字שb😀 \t\n\u3000\x00\u2028")


@settings(deadline=None)  # the first text loads the dictionaries
@given(SIGNS)
def test_whatever_a_person_types_stays_text(typed: str) -> None:
    final = markdown(paper(version(None, by="person", text=f"a{typed}b\n{typed}")))
    tokens = parsed(final)
    allowed = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"}
    assert {one.type for one in tokens} <= allowed
    assert sum(one.type == "heading_open" for one in tokens) == 1
    typed_lines = clean(f"a{typed}b\n{typed}").split("\n")
    wanted = [" ".join(line.split()) for line in typed_lines if line.strip()]
    shown = [" ".join(line.split()) for line in read(final).split("\n")]
    assert [line for line in shown[2:-1] if line] == wanted, final


@settings(deadline=None)  # the first text loads the dictionaries
@given(SIGNS)
def test_no_title_breaks_the_front_matter_or_the_headings(title: str) -> None:
    script = replace(SCRIPT, title=title, gaps=(title,), hook=replace(HOOK, shot=title or "x"))
    text = markdown(paper(version(script)))
    front = yaml.safe_load(text.split("---\n", 2)[1])
    assert front["version"] == 1
    assert [one.tag for one in parsed(text) if one.type == "heading_open"].count("h1") == 1
    assert [one.type for one in parsed(text)].count("table_open") == 1
    assert [one.type for one in parsed(text)].count("td_open") == 4
