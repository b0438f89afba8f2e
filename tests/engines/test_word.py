"""A draft as a Word file, read back by the library that wrote it and by nobody's but the ZIP's."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from bot.domain.papers import Heading, Listing, Paper, Passage, Table
from bot.domain.records import Language
from bot.engines.documents import Documents
from bot.engines.word import word_file

FAMILY = "👨‍👩‍👧"
PAPER = Paper(
    title="散掉的念頭",
    titled=True,
    day=date(2026, 11, 21),
    facts=(("title", "散掉的念頭"),),
    about="短片 · 約 45 秒",
    words=(
        Passage("念頭就散了", marks="#3 #9"),
        Passage("別人的一句", marks="#4", said_by="@hsu"),
        Passage(f"first {FAMILY}\nline\n\nsecond", label="1/2"),
    ),
    notes=(
        Heading("分鏡表"),
        Table(("", "台詞", "畫面"), (("1", "念頭就散了", "坐下"), ("2", "x", "y"))),
        Heading("還缺的"),
        Listing((Passage("那天幾點？"),)),
    ),
    origin="由你的碎片 #3 組成",
    language=Language.ZH_HANT,
)


def opened(paper: Paper = PAPER) -> Document:
    return docx.Document(io.BytesIO(word_file(paper)))


def styled(document: Document) -> list[tuple[str, str]]:
    return [(one.style.name or "", one.text) for one in document.paragraphs if one.style]


def test_it_is_read_back_as_it_was_written() -> None:
    document = opened()
    assert [one for one in styled(document) if one[1]] == [
        ("Title", "散掉的念頭"),
        ("Normal", "短片 · 約 45 秒"),
        ("Normal", "念頭就散了 #3 #9"),
        ("Quote", "別人的一句 #4"),
        ("Quote", "— @hsu"),
        ("Normal", f"1/2 first {FAMILY}\nline"),
        ("Normal", "second"),
        ("Heading 1", "分鏡表"),
        ("Heading 1", "還缺的"),
        ("List Bullet", "那天幾點？"),
        ("Normal", "由你的碎片 #3 組成"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "台詞", "畫面"],
        ["1", "念頭就散了", "坐下"],
        ["2", "x", "y"],
    ]
    assert document.paragraphs[2].runs[-1].font.superscript


@pytest.mark.parametrize(
    ("language", "face", "tongue"),
    [
        (Language.ZH_HANT, "Microsoft JhengHei", "zh-TW"),
        (Language.ZH_HANS, "Microsoft YaHei", "zh-CN"),
    ],
)
def test_chinese_is_set_in_a_chinese_face_and_said_to_be_chinese(
    language: Language, face: str, tongue: str
) -> None:
    styles = opened(replace(PAPER, language=language)).styles.element
    fonts = list(styles.iter(qn("w:rFonts")))
    assert {one.get(qn("w:eastAsia")) for one in fonts} == {face}
    assert not [name for one in fonts for name in one.attrib if "heme" in name]
    assert {one.get(qn("w:eastAsia")) for one in styles.iter(qn("w:lang"))} == {tongue}


def test_it_names_no_person_no_program_and_no_moment() -> None:
    first, second = word_file(PAPER), word_file(PAPER)
    assert first == second
    facts = opened().core_properties
    assert (facts.author, facts.last_modified_by, facts.title) == ("", "", "散掉的念頭")
    assert facts.created
    assert facts.created.date() == PAPER.day
    with zipfile.ZipFile(io.BytesIO(first)) as entries:
        assert entries.testzip() is None
        assert b"python-docx" not in entries.read("docProps/core.xml")
        assert {one.date_time for one in entries.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_written_from_the_right_runs_from_the_right() -> None:
    document = opened(replace(PAPER, words=(Passage("שלום עולם"), Passage("12 hello שלום"))))
    hebrew, english = document.paragraphs[2:4]
    assert hebrew.runs[0].font.rtl
    assert hebrew._p.pPr is not None
    assert hebrew._p.pPr.find(qn("w:bidi")) is not None
    assert not english.runs[0].font.rtl


@pytest.mark.parametrize("title", ["", "a\x00b\x1b[2J\ud800", "<w:p>&amp;]]>", "字" * 4000])
def test_no_title_breaks_it(title: str) -> None:
    document = opened(replace(PAPER, title=title, words=(Passage(title, title, title, title),)))
    assert document.paragraphs[0].text == title.replace("\x00", "").replace("\x1b", "").replace(
        "\ud800", ""
    )


def test_a_draft_without_shots_has_no_table() -> None:
    assert opened(replace(PAPER, notes=())).tables == []


async def test_our_own_reader_takes_it(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    file.write_bytes(word_file(PAPER))
    assert "念頭就散了 #3 #9" in await Documents().read(file)


def test_the_library_is_not_loaded_before_somebody_wants_a_file() -> None:
    code = "import sys, bot.app; print('docx' in sys.modules, 'lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
