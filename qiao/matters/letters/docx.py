"""The letter of reply as a Word document, for units that finish, seal or send it with their own office software."""

import datetime as dt
import io
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from qiao.kernel import clock

from .content import Letter

BODY, HEAD = "仿宋", "宋体"
RED = RGBColor(0xD7, 0x14, 0x1A)
SIZE, SMALL, PITCH = 16, 14, 28
WIDTH = 442
"""Points between the margins."""
STYLES: dict[str, dict[str, Any]] = {
    "Letter line": {},
    "Letter mark": {"font": HEAD, "bold": True, "red": True, "size": 42, "align": "CENTER", "pitch": 50, "before": 14, "after": 14},
    "Letter title": {"font": HEAD, "bold": True, "size": 22, "align": "CENTER", "pitch": 36, "before": 20, "after": 16},
    "Letter text": {"indent": 2, "align": "JUSTIFY"},
    "Letter signature": {"align": "CENTER", "keep": True},
    "Letter foot": {"size": SMALL, "pitch": 22},
    "Letter draft": {"font": HEAD, "bold": True, "red": True, "size": SMALL, "align": "CENTER"},
    "Letter page number": {"font": HEAD, "size": SMALL},
}
"""Styles by the parts of the form, so that a unit can change a part everywhere at once. Sizes in points, indents in characters."""


def letter_docx(letter: Letter) -> bytes:
    """The letter as the bytes of a .docx file."""
    document = docx.Document()
    _prepare(document, letter)
    _head(document, letter)
    for text in (letter.opening, *letter.paragraphs):
        document.add_paragraph(text, "Letter text")
    _end(document, letter)
    _foot(document, letter)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


# --- the document as a whole --------------------------------------------------------------------------------------------------


def _prepare(document: Any, letter: Letter) -> None:
    describe(document, letter.title, letter.unit)
    for name, look in STYLES.items():
        style(document, name, **look)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(20), Mm(24)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in [(page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)]:
        _page_number(footer.paragraphs[0], side)
    for header in (page.header, page.even_page_header):
        header.paragraphs[0].style = "Letter draft"
        header.paragraphs[0].text = letter.draft


def describe(document: Any, title: str, unit: str) -> None:
    """What office software shows of the file: its title, whose it is, made now."""
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = title, unit, unit
    facts.comments, facts.language = "", "zh-CN"
    facts.created = facts.modified = clock.now().astimezone(dt.UTC).replace(tzinfo=None)


def style(
    document: Any, name: str, *, font: str = BODY, size: int = SIZE, bold: bool = False, red: bool = False, align: str = "LEFT",
    pitch: int = PITCH, before: int = 0, after: int = 0, indent: int = 0, keep: bool = False,
) -> None:  # fmt: skip
    """Add a paragraph style to the document: size and spaces in points, indent in characters."""
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.font.name, made.font.size, made.font.bold = font, Pt(size), bold
    if red:
        made.font.color.rgb = RED
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    for use in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(use), font)
    fonts.set(qn("w:hint"), "eastAsia")
    made.element.rPr.append(_element("w:lang", val="zh-CN", eastAsia="zh-CN"))
    lines = made.paragraph_format
    lines.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    lines.space_before, lines.space_after, lines.widow_control = Pt(before), Pt(after), False
    lines.first_line_indent, lines.keep_with_next = Pt(indent * size), keep


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """“— 1 —”, the number being Word's own field."""
    paragraph.style, paragraph.alignment = "Letter page number", side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(SMALL)
    paragraph.add_run("— ")
    for part in (_element("w:fldChar", fldCharType="begin"), _element("w:instrText"), _element("w:fldChar", fldCharType="end")):
        if part.tag == qn("w:instrText"):
            part.text = "PAGE"
        paragraph.add_run()._r.append(part)
    paragraph.add_run(" —")


# --- the parts of the letter --------------------------------------------------------------------------------------------------


def _head(document: Any, letter: Letter) -> None:
    top = document.add_paragraph(style="Letter line")
    if letter.publicity:  # not on an assisting unit's opinion, which is no answer to the deputy
        top.add_run(f"公开属性：{letter.publicity}\t办理结果：")
        top.add_run(letter.result or "未定").bold = True
    mark = document.add_paragraph(style="Letter mark")
    mark.add_run(letter.mark).font.size = Pt(max(22, min(42, WIDTH // max(1, len(letter.mark)))))
    signer = f"签发人：{letter.signer}" if letter.signer else ""
    numbers = document.add_paragraph(f"{letter.document_no}\t{signer}", "Letter line")
    for line in (top, numbers):
        line.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _rule(numbers, "bottom", 12, str(RED))
    document.add_paragraph(letter.title, "Letter title")
    document.add_paragraph(letter.addressees, "Letter line")


def _end(document: Any, letter: Letter) -> None:
    """The closing sentence and what stands under it, kept on one page; the unit is centred over the date (GB/T 9704)."""
    document.add_paragraph(letter.closing, "Letter text").paragraph_format.keep_with_next = True
    right = 4 * SIZE
    left = max(0, WIDTH - right - SIZE * max(map(len, (*letter.units, letter.date))))
    for at, text in enumerate((*letter.units, letter.date)):
        form = document.add_paragraph(text, "Letter signature").paragraph_format
        form.left_indent, form.right_indent, form.space_before = Pt(left), Pt(right), Pt(0 if at else PITCH)
    if letter.contact:
        note = document.add_paragraph(letter.contact, "Letter text").paragraph_format
        note.keep_with_next, note.space_before = True, Pt(PITCH // 2)


def _foot(document: Any, letter: Letter) -> None:
    """Recipients and copies between rules, hanging from their labels."""
    for at, (label, text) in enumerate(letter.foot):
        paragraph = document.add_paragraph(f"{label}{text}", "Letter foot")
        form, last = paragraph.paragraph_format, at == len(letter.foot) - 1
        form.left_indent, form.first_line_indent, form.right_indent = Pt(4 * SMALL), Pt(-3 * SMALL), Pt(SMALL)
        form.space_before, form.keep_with_next = Pt(0 if at else PITCH), not last
        _rule(paragraph, "top", 6 if at else 8, "000000")
        if last:
            _rule(paragraph, "bottom", 8, "000000")


# --- what python-docx has no word for -----------------------------------------------------------------------------------------


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _rule(paragraph: Paragraph, side: str, eighths: int, colour: str) -> None:
    """A line above or below a paragraph, in eighths of a point."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = _element("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )  # fmt: skip
    borders.append(_element(f"w:{side}", val="single", sz=str(eighths), space="4", color=colour))
