"""The words in documents, whatever they are called and however they are written."""

import io
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from bot.engines.documents import MOST_BYTES, MOST_CHARS, MOST_FILE_BYTES, Documents, words_in
from bot.errors import EngineError, Trouble

TRADITIONAL = "坐到公司那一站，念頭就散了。靈感都在捷運上。"
SIMPLIFIED = "坐到公司那一站，念头就散了。灵感都在地铁上。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def trouble(content: bytes) -> Trouble:
    with pytest.raises(EngineError) as failed:
        words_in(content)
    return failed.value.trouble


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
def test_traditional_chinese_is_read_in_any_encoding(encoding: str) -> None:
    assert words_in(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_simplified_chinese_is_read_in_any_encoding(encoding: str) -> None:
    assert words_in(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


def test_western_text_of_an_old_editor_is_read() -> None:
    text = "The lid – it’s been down since the funeral. Café."
    assert words_in(text.encode("cp1252")) == text


def test_markdown_is_kept_as_it_is() -> None:
    text = "# Pianos\n\n- *nobody* plays them\n"
    assert words_in(text.encode()) == text.strip()


SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Nobody plays it.</i>

2
00:00:03,500 --> 00:00:05,000
{\\an8}坐到公司那一站，
念頭就散了

3
00:00:05,000 --> 00:00:06,000
念頭就散了
2026 is a year
"""
VTT = """WEBVTT - a title

NOTE nobody says this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start position:0%
<v Ming>Nobody <00:02.000><c>plays</c> it.

01:00:03.000 --> 01:00:04.000
坐到公司那一站
"""


def test_subtitles_are_read_without_numbers_times_and_markup() -> None:
    spoken = "Nobody plays it.\n坐到公司那一站，\n念頭就散了\n2026 is a year"
    assert words_in(SRT.encode()) == spoken
    assert words_in(SRT.replace("\n", "\r\n").encode("big5")) == spoken
    assert words_in(VTT.encode()) == "Nobody plays it.\n坐到公司那一站"


def word(body: str, *, packing: int = zipfile.ZIP_DEFLATED, head: str = "") -> bytes:
    """A Word file with this in its body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", f'<?xml version="1.0"?>{head}{document}')
    return file.getvalue()


def test_a_word_file_is_read_by_paragraphs_without_what_was_deleted() -> None:
    body = (
        "<w:p><w:r><w:t>Nobody </w:t></w:r><w:r><w:t>plays &amp; tunes</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>靈感</w:t><w:br/><w:t>捷運</w:t></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert words_in(word(body)) == "Nobody plays & tunes\n靈感\n捷運"


def test_a_word_file_that_unpacks_to_too_much_is_left_alone() -> None:
    assert trouble(word(f"<w:p>{' ' * 60_000_000}</w:p>")) is Trouble.TOO_LARGE
    assert trouble(word(f"<w:p><w:t>{'雨' * (MOST_CHARS + 1)}</w:t></w:p>")) is Trouble.TOO_LARGE


def test_a_word_file_packed_so_that_it_unpacks_at_once_is_left_alone() -> None:
    assert trouble(word("<w:p/>", packing=zipfile.ZIP_BZIP2)) is Trouble.UNREADABLE


def test_a_word_file_with_entities_is_left_alone() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert trouble(word("<w:p><w:t>&b;</w:t></w:p>", head=bomb)) is Trouble.UNREADABLE
    leak = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert trouble(word("<w:p><w:t>&a;</w:t></w:p>", head=leak)) is Trouble.UNREADABLE


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"%PDF-1.7\n" + b"text " * 100,
        b"PK\x03\x04 and no more",
        word("<w:p><w:t>cut").replace(b"PK\x05\x06", b"PK\x00\x00"),
        word("<w:p><w:t>cut"),
        b"PK\x03\x04" + b"PK\x01\x02" * 6_000,
        bytes(1000),
    ],
    ids=["png", "pdf", "no zip", "torn zip", "torn xml", "many entries", "zeros"],
)
def test_what_is_no_text_is_said_to_be_none(content: bytes) -> None:
    assert trouble(content) is Trouble.UNREADABLE


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", word("<w:p/>")])
def test_a_document_without_a_word_is_empty(content: bytes) -> None:
    assert trouble(content) is Trouble.EMPTY


def test_a_text_that_is_too_long_is_left_alone() -> None:
    assert trouble(b"a" * (MOST_CHARS + 1)) is Trouble.TOO_LARGE
    assert trouble(b"a" * (MOST_BYTES + 1)) is Trouble.TOO_LARGE


async def test_a_file_is_read_and_an_enormous_one_not_even_opened(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(TRADITIONAL, encoding="big5")
    assert await Documents().read(file) == TRADITIONAL
    with file.open("wb") as sparse:
        sparse.truncate(MOST_FILE_BYTES + 1)
    with pytest.raises(EngineError, match="too_large"):
        await Documents().read(file)


async def test_one_that_takes_too_long_is_ended_and_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(TRADITIONAL, encoding="utf-8")
    with pytest.raises(EngineError, match="unreadable: takes too long"):
        await Documents(within_s=0.001).read(file)


def test_blank_lines_without_end_take_no_time() -> None:
    began = time.monotonic()
    assert trouble(b"\n" * MOST_BYTES) is Trouble.EMPTY
    assert trouble(b" \n" * (MOST_BYTES // 2)) is Trouble.EMPTY
    assert time.monotonic() - began < 10  # 20,000 of them once took eight seconds


def test_a_damaged_word_file_is_read_or_cannot_be_read_whatever_the_damage() -> None:
    whole = word("".join(f"<w:p><w:r><w:t>line {n}</w:t></w:r></w:p>" for n in range(40)))
    chance = random.Random(1)
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 2, 5))):
            damaged[chance.randrange(4, len(whole))] = chance.randrange(256)
        with suppress(EngineError):
            words_in(bytes(damaged))
