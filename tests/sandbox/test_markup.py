"""HTML as Telegram reads it."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.markup import commands_in, is_blank, render_html
from bot.sandbox.refused import Refused


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


def test_offsets_and_lengths_are_utf16_units():
    text, entities = render_html("😀<b>字😀</b>")
    assert text == "😀字😀"
    assert entities == [entity("bold", 2, 3)]


@given(st.text())
def test_any_text_once_escaped_is_shown_verbatim(text):
    assert render_html(html.escape(text, quote=False)) == (text, [])


def test_nested_tags_are_listed_from_the_outside_in():
    _, entities = render_html("<blockquote expandable><b>a</b>b</blockquote>")
    assert entities == [entity("expandable_blockquote", 0, 2), entity("bold", 0, 1)]


def test_a_link_shows_its_words_and_a_code_block_names_its_language():
    text, entities = render_html(
        '<a href="https://e.org/?a=1&amp;b=2">here</a><pre><code class="language-py">x</code></pre>'
    )
    assert text == "herex"
    assert entities == [
        entity("text_link", 0, 4, url="https://e.org/?a=1&b=2"),
        entity("pre", 4, 1, language="py"),
    ]


def test_only_the_references_telegram_knows_are_decoded():
    assert render_html("&lt;&gt;&amp;&quot;&#65;&#x42; &nbsp; &copy AT&T")[0] == (
        '<>&"AB &nbsp; &copy AT&T'
    )


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("字 < 3 <b>x</b>", 'Unsupported start tag "" at byte offset 4'),
        ("i <3 u", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a<br/>b", 'Unsupported start tag "br" at byte offset 1'),
        ("<b>cut<", "Unclosed start tag at byte offset 6"),
    ],
)
def test_anything_else_that_looks_like_a_tag_is_refused(markup, why):
    with pytest.raises(Refused) as refused:
        render_html(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize("text", ["", " \t\n", "\u3000", "\u200b\u200d\ufeff", "\u202e", "\u2800"])
def test_text_without_anything_to_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "字", "😀", "\u202eשלום", "‏.", "➡️"])
def test_text_with_anything_to_see_is_not_blank(text):
    assert not is_blank(text)


def test_commands_are_found_where_a_client_underlines_them():
    assert commands_in("😀 /expand@goldpan_bot x") == [entity("bot_command", 3, 19)]
    assert commands_in("/expand靈感 a/b https://e.org/x") == []
