"""HTML as Telegram reads it."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.found import found_in
from bot.sandbox.markup import MAX_ENTITIES, render
from bot.sandbox.refused import Refused
from bot.sandbox.tags import read_tags
from bot.sandbox.text import is_blank, utf16_units


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


def test_offsets_and_lengths_are_utf16_units():
    text, entities = read_tags("😀<b>字😀</b>")
    assert text == "😀字😀"
    assert entities == [entity("bold", 2, 3)]


@given(st.text())
def test_any_text_once_escaped_is_shown_verbatim(text):
    assert read_tags(html.escape(text, quote=False)) == (text, [])


def test_nested_tags_are_listed_from_the_outside_in():
    _, entities = read_tags("<blockquote expandable><b>a</b>b</blockquote>")
    assert entities == [entity("expandable_blockquote", 0, 2), entity("bold", 0, 1)]


def test_a_link_shows_its_words_and_a_code_block_names_its_language():
    text, entities = read_tags(
        '<a href="https://e.org/?a=1&amp;b=2">here</a><pre><code class="language-py">x</code></pre>'
    )
    assert text == "herex"
    assert entities == [
        entity("text_link", 0, 4, url="https://e.org/?a=1&b=2"),
        entity("pre", 4, 1, language="py"),
    ]


def test_an_end_tag_without_a_name_ends_what_is_open_and_empty_tags_leave_no_trace():
    assert read_tags("<b>x</><i></i>") == ("x", [entity("bold", 0, 1)])


def test_an_address_nobody_can_open_makes_no_link():
    text, entities = read_tags('<a href="nowhere">a</a><a>e.org</a><a href="tg://x">b</a>')
    assert text == "ae.orgb"
    assert [e["url"] for e in entities] == ["http://e.org/", "tg://x"]


def test_only_the_references_telegram_knows_are_decoded():
    assert read_tags("&lt;&gt;&amp;&quot;&#65;&#x42; &nbsp; &copy AT&T")[0] == (
        '<>&"AB &nbsp; &copy AT&T'
    )


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("字 < 3 <b>x</b>", 'Unsupported start tag "" at byte offset 4'),
        ("i <3 u", 'Unsupported start tag "3" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<b>cut<", "Unclosed start tag at byte offset 6"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b />x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_anything_else_that_looks_like_a_tag_is_refused(markup, why):
    with pytest.raises(Refused) as refused:
        read_tags(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize("text", ["", " \t\n", "\u3000", "\u200b\u200d\ufeff", "\u202e", "\u2800"])
def test_text_without_anything_to_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "字", "😀", "\u202eשלום", "‏.", "➡️"])
def test_text_with_anything_to_see_is_not_blank(text):
    assert not is_blank(text)


def found(text):
    """What Telegram would underline in `text`, as (type, words)."""
    units = text.encode("utf-16-le")
    return [
        (one["type"], units[2 * one["offset"] :][: 2 * one["length"]].decode("utf-16-le"))
        for one in found_in(text)
    ]


def test_commands_are_found_where_a_client_underlines_them():
    assert found("😀 /expand@goldpan_bot x") == [("bot_command", "/expand@goldpan_bot")]
    assert found("/expand靈感 a/b c//d </e>") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see https://en.wikipedia.org/wiki/A_(b).", "https://en.wikipedia.org/wiki/A_(b)"),
        ("(HTTP://e.org:8080/?q=字#x, or not)", "HTTP://e.org:8080/?q=字#x"),
        ("看 example.com/a;", "example.com/a"),
        ("請看example.com", "請看example.com"),  # as Telegram does: a domain may hold any letter
        ("「https://e.org/x」", "https://e.org/x」"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text, words):
    assert found(text) == [("url", words)]


def test_mentions_hashtags_and_mail_are_found_and_half_ones_are_not():
    assert found("@ming_b a@b #靈感_1 me.x@mail.e.org") == [
        ("mention", "@ming_b"),
        ("hashtag", "#靈感_1"),
        ("email", "me.x@mail.e.org"),
    ]
    assert found("@x x@ming #123 a#b #a#b 3.14 e.g. well...no 他說。好 http://localhost/x") == []


@given(st.text(alphabet="a1.@#/:-_( )字😀\nhtpscom", max_size=60))
def test_what_is_found_lies_inside_the_text_and_never_overlaps(text):
    end = 0
    for one in found_in(text):
        assert one["offset"] >= end
        end = one["offset"] + one["length"]
    assert end <= utf16_units(text)


def test_a_bots_text_is_cleaned_and_trimmed_and_its_entities_move_along():
    text, entities = render(" \n😀\r a\t\u202e<b>b\r</b> \n ", "HTML", [])
    assert text == "😀 a b"
    assert entities == [entity("bold", 5, 1)]
    given = [entity("bold", 0, 3), entity("italic", 4, 1)]
    assert render("  x\n ", "", given) == ("  x", [entity("bold", 0, 3)])


def test_entities_telegram_finds_by_itself_cannot_be_given_and_stay_out_of_code_and_links():
    given = [entity("url", 0, 1), entity("bold", 0, 5)]
    assert render("e.org", "", given)[1] == [entity("bold", 0, 5), entity("url", 0, 5)]
    assert [e["type"] for e in render("<code>e.org</code>", "HTML", [])[1]] == ["code"]
    assert [e["type"] for e in render('<a href="e.org">/x</a>', "HTML", [])[1]] == ["text_link"]
    assert [e["type"] for e in render("<pre><b>x</b></pre>", "HTML", [])[1]] == ["pre"]


def test_more_entities_than_a_hundred_are_dropped_in_silence():
    _, entities = render("<b>x</b> " * 101, "HTML", [])
    assert len(entities) == MAX_ENTITIES == 100
    assert entities[-1]["offset"] == 198


@pytest.mark.parametrize(
    ("offset", "length", "why"),
    [
        (3, 1, "entity begins after the end of the text at UTF-16 offset 3"),
        (0, 4, "entity beginning at UTF-16 offset 0 ends after the end of the text"),
        (1, 2, "entity begins in a middle of a UTF-16 symbol"),
        (0, 1, "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
    ],
)
def test_an_entity_that_does_not_fit_its_text_is_refused(offset, length, why):
    with pytest.raises(Refused, match=why):
        render("😀x", "", [entity("bold", offset, length)])


def test_only_html_is_spoken_here():
    for mode in ("Markdown", "MarkdownV2", "BBCode"):
        with pytest.raises(Refused, match="unsupported parse_mode"):
            render("*x*", mode, [])
