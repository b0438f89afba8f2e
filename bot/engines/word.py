"""A draft as a Word file, by python-docx.

Imported only when somebody wants one: lxml takes longer to load than the rest of a start. The same
paper gives the same bytes, and nothing in them names a person, a machine or the moment it was made.
"""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.domain.papers import Block, Heading, Listing, Paper, Passage, Table, clean
from bot.domain.records import Language

# Of the table, and of its first column, which counts the lines.
WIDTH, NUMBERS = Mm(146), Mm(10)
GREY = RGBColor(0x70, 0x70, 0x70)
LATIN = "Calibri"
# Fonts that come with Word for Chinese; without one Word takes a Japanese face for them.
HAN = {
    Language.ZH_HANT: "Microsoft JhengHei",
    Language.ZH_HANS: "Microsoft YaHei",
    Language.EN: "Microsoft JhengHei",
}
# The language Word proofreads in: of Latin, of Chinese.
TONGUES = {
    Language.ZH_HANT: ("en-US", "zh-TW"),
    Language.ZH_HANS: ("en-US", "zh-CN"),
    Language.EN: ("en-US", "zh-TW"),
}
_FACES = ("ascii", "hAnsi", "eastAsia", "cs")
# The earliest moment a ZIP can say (APPNOTE, 4.4.6).
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def word_file(one: Paper) -> bytes:
    """A paper as .docx."""
    document = Document()
    _dress(document, one.language)
    _describe(document, one)
    _write(document.add_paragraph(style="Title"), one.title)
    _write(document.add_paragraph(), one.about, grey=True)
    for block in (*one.words, *one.notes):
        _add(document, block)
    if one.origin:
        _write(document.add_paragraph(), one.origin, grey=True)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _dress(document: WordDocument, language: Language) -> None:
    """Say each face by its name: a theme's would come first, and it knows none for Chinese."""
    faces = dict.fromkeys(_FACES, LATIN) | {"eastAsia": HAN[language]}
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for name, face in faces.items():
            fonts.set(qn(f"w:{name}"), face)
    latin, han = TONGUES[language]
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), latin)
        tongue.set(qn("w:eastAsia"), han)
    quote = document.styles["Quote"]
    assert isinstance(quote, ParagraphStyle), "the template has it"
    # Set in instead of slanted: no Chinese face has italics.
    quote.font.italic, quote.paragraph_format.left_indent = False, Cm(1)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)


def _describe(document: WordDocument, one: Paper) -> None:
    """Only what the paper itself says; the library would name itself, and the moment."""
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(one.title)[:255], "", clean(one.origin)[:255]
    facts.language = one.language.value
    facts.created = facts.modified = datetime.combine(one.day, time())


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Passage():
            _passage(document, block)
        case Heading():
            _write(document.add_heading(level=1), block.text)
        case Listing():
            for item in block.items:
                _passage(document, item, style="List Bullet")
        case Table():
            _table(document, block)


def _passage(document: WordDocument, one: Passage, style: str | None = None) -> None:
    """Its paragraphs, the label before the first, the marks behind the last."""
    style = "Quote" if one.said_by else style
    paragraphs = [part.strip("\n") for part in clean(one.text).split("\n\n") if part.strip("\n")]
    for place, text in enumerate(paragraphs or [""]):
        paragraph = document.add_paragraph(style=style)
        if one.label and not place:
            _write(paragraph, f"{one.label} ").bold = True
        _write(paragraph, text)
    if one.marks:
        marks = _write(paragraph, f" {one.marks}", grey=True)
        marks.font.superscript, marks.font.size = True, None
    if one.said_by:
        _write(document.add_paragraph(style=style), f"— {one.said_by}")


def _table(document: WordDocument, one: Table) -> None:
    table = document.add_table(rows=0, cols=len(one.head), style="Table Grid")
    table.autofit = False
    for place, column in enumerate(table.columns):
        column.width = _share(len(one.head)) if place else NUMBERS
    for place, texts in enumerate((one.head, *one.rows)):
        _fill(table.add_row().cells, texts, bold=not place)
    # On each further page the head is seen again.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fill(cells: Sequence[_Cell], texts: Sequence[str], *, bold: bool) -> None:
    for cell, text in zip(cells, texts, strict=True):
        _write(cell.paragraphs[0], text).bold = bold


def _share(columns: int) -> Length:
    """How wide a column of words is beside that of numbers."""
    return Length((WIDTH - NUMBERS) // (columns - 1))


def _write(paragraph: Paragraph, text: str, *, grey: bool = False) -> Run:
    """Add a person's words, from the right where they are written so."""
    run = paragraph.add_run(clean(text))
    if grey:
        run.font.color.rgb, run.font.size = GREY, Pt(9)
    if _from_the_right(text):
        run.font.rtl = True
        properties = paragraph._p.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            properties.insert_element_before(
                OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
    return run


def _from_the_right(text: str) -> bool:
    """Whether the first letter of `text` is Hebrew, Arabic or the like (UAX #9, rule P2)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((one in ("R", "AL") for one in strong if one in ("L", "R", "AL")), False)


def _timeless(content: bytes) -> bytes:
    """The same ZIP without the moment each entry was written at, and on which system."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            neutral = zipfile.ZipInfo(entry.filename, _NO_MOMENT)
            neutral.compress_type, neutral.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(neutral, old.read(entry))
    return written.getvalue()
