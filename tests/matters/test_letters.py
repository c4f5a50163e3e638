"""Letters of reply and suggestions' papers: what they say, and that they print it."""

import io
import re
import time
import zipfile
import zlib
from urllib.parse import quote

import docx
import pytest
from django.http import Http404
from docx.oxml.ns import qn
from lxml import etree

from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from qiao.matters.letters import content
from qiao.matters.letters.content import DRAFT, reply_letter, suggestion_paper
from qiao.matters.letters.docx import letter_docx
from qiao.matters.letters.pdf import letter_pdf, paper_pdf
from qiao.matters.views import letters as views
from qiao.orgs.models import Level, OrganKind

from . import letter_factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

MARKUP = '#panic("x") $x^2$ *粗* _斜_ @ref [a] `c` <d> // e \\ = 一 - 二 {{ f }} {% g %} &amp; #include "form.typ"'
NAMES = [f"代表{n}" for n in range(60)]


def streams(printed):
    """The streams of a PDF, unpacked."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", printed, re.S):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


def pages(printed):
    objects = b"".join(streams(printed)) + printed
    return len(re.findall(rb"/Type\s*/Page\b", objects))


def texts(written):
    return [p.text for p in docx.Document(io.BytesIO(written)).paragraphs]


def swift(run, given):
    """What ``run`` makes, which must take less than a second."""
    run(given)
    began = time.perf_counter()
    made = run(given)
    assert time.perf_counter() - began < 1
    return made


# --- what a letter says -------------------------------------------------------------------------------------------------------


def test_a_letter_has_every_part_that_the_form_asks_for():
    letter = reply_letter(make.reply())
    assert letter.mark == letter.unit == "临桥市公安局"
    assert letter.document_no == "临公函〔2026〕38号"
    assert letter.result == "A（已经解决或基本解决）"
    assert letter.publicity == "公开"
    assert letter.signer == "周国栋"
    assert letter.title == "关于十四届人大三次会议第12号建议的答复"
    assert letter.addressees == "张桥生代表："
    assert letter.opening == "您在临桥市第十四届人民代表大会第三次会议上提出的《关于延长校门前行人绿灯的建议》（第12号）收悉。现答复如下："
    assert letter.paragraphs == ("已经延长。", "已经值守。")
    assert letter.closing.startswith("感谢您")
    assert "意见" in letter.closing
    assert letter.date == "2026年11月24日"
    assert letter.contact == "（联系人：王芳；联系电话：0999-1234567）"
    assert letter.name == "第12号建议答复函"
    assert letter.draft == ""


def test_between_sessions_the_title_says_so_once():
    letter = reply_letter(make.reply(make.suggestion(sitting=False)))
    assert letter.title == "关于十四届人大闭会期间第12号建议的答复"
    assert "临桥市第十四届人民代表大会闭会期间提出的" in letter.opening
    assert letter.name == "闭会第12号建议答复函"


def test_a_number_is_written_as_the_congress_writes_it():
    letter = reply_letter(make.reply(make.suggestion(number_label="第012号")))
    assert letter.title == "关于十四届人大三次会议第012号建议的答复"


def test_the_national_congress_is_named_in_its_own_way():
    nation = make.congress("全国人民代表大会", Level.NATION)
    letter = reply_letter(make.reply(make.suggestion(nation)))
    assert letter.title == "关于十四届全国人大三次会议第12号建议的答复"
    assert "第十四届全国人民代表大会第三次会议上提出的" in letter.opening


def test_the_second_round_answers_again():
    letter = reply_letter(make.reply(round=2))
    assert letter.title.endswith("第12号建议的再次答复")
    assert "现再次答复如下" in letter.opening
    assert letter.name == "第12号建议再次答复函"


@pytest.mark.parametrize(
    ("signers", "said"),
    [([], "张桥生代表："), (["李四"], "张桥生、李四代表："), (["李四", "王五"], "张桥生、李四等代表："), (NAMES, "张桥生、代表0等代表：")],
)
def test_joint_signers_are_addressed_with_the_lead_deputy(signers, said):
    assert reply_letter(make.reply(make.suggestion(signers=signers))).addressees == said


def test_the_foot_names_everyone_whom_the_address_does_not():
    of = make.suggestion(signers=["李四"])
    answer = make.reply(of)
    assert reply_letter(answer).recipients == ""
    make.sign(of, "王五")
    many = reply_letter(answer)
    assert many.recipients == "张桥生、李四、王五代表。"
    assert many.closing.startswith("感谢各位代表")


def test_only_those_who_have_signed_are_written_to():
    of = make.suggestion(signers=["李四"])
    for state in ("invited", "declined", "void", "revoked"):
        make.sign(of, state, state)
    assert reply_letter(make.reply(of)).addressees == "张桥生、李四代表："
    assert [one.name for one in suggestion_paper(of).signers] == ["李四"]


@pytest.mark.parametrize(
    ("organs", "said"),
    [
        ([(OrganKind.STANDING_COMMITTEE, "常委会"), (OrganKind.DEPUTY_AFFAIRS, "代表工委")], "代表工委。"),
        ([(OrganKind.PRESIDIUM, "主席团"), (OrganKind.STANDING_COMMITTEE, "常委会")], "常委会。"),
        ([(OrganKind.PRESIDIUM, "主席团")], "主席团。"),
        ([(OrganKind.DEPUTY_AFFAIRS, "代表工委"), (OrganKind.GOVERNMENT, "市政府")], "代表工委，市政府办公室。"),
        ([], "临桥市人民代表大会。"),
    ],
)
def test_copies_go_to_the_deputies_organ_and_the_governments_office(organs, said):
    assert reply_letter(make.reply(make.suggestion(make.congress(organs=organs)))).copies == said


def test_a_province_has_a_general_office():
    province = make.congress("青岚省人民代表大会", Level.PROVINCE, [(OrganKind.GOVERNMENT, "青岚省人民政府")])
    assert reply_letter(make.reply(make.suggestion(province))).copies == "青岚省人民代表大会，青岚省人民政府办公厅。"


def test_a_court_sends_the_government_no_copy():
    body = make.congress(organs=[(OrganKind.GOVERNMENT, "市政府"), (OrganKind.COURT, "市法院")])
    court = make.unit(body, "市法院", organ=body.organs.get(kind=OrganKind.COURT))
    assert reply_letter(make.reply(make.suggestion(body), by=court)).copies == "临桥市人民代表大会。"


def test_the_class_means_what_the_scheme_of_the_assignment_says():
    scheme = [{"code": "A", "label": "解决采纳", "label_en": "Adopted"}]
    assert reply_letter(make.reply(scheme=scheme)).result == "A（解决采纳）"
    assert reply_letter(make.reply(make.suggestion(make.congress("另一个大会")), scheme=scheme, result="Z")).result == "Z"


def test_a_withheld_reply_says_so_but_not_why():
    letter = reply_letter(make.reply(may_publish=False, withheld_reason="涉及商业秘密"))
    assert letter.publicity == "不公开"
    assert "商业秘密" not in str(letter)


def test_the_units_telephone_stands_in_for_a_missing_one():
    of = make.suggestion()
    letter = reply_letter(make.reply(of, by=make.unit(of.congress, phone="0999-7654321"), contact_person="", contact_phone=""))
    assert letter.contact == "（联系电话：0999-7654321）"
    assert reply_letter(make.reply(of, by=make.unit(of.congress, "无电话局"), contact_person="", contact_phone="")).contact == ""


def test_an_unsigned_letter_is_marked_and_has_no_date():
    letter = reply_letter(make.draft_reply(text="", result=""))
    assert letter.draft == DRAFT
    assert letter.date == content.NO_DATE
    assert letter.signer == letter.result == ""
    assert letter.paragraphs == ()
    assert letter.name == "第12号建议答复函（草稿）"


def test_a_letter_is_chinese_whatever_the_readers_language(settings):
    settings.LANGUAGE_CODE = "en"
    assert reply_letter(make.reply(make.suggestion(signers=["李四"]))).result == "A（已经解决或基本解决）"
    assert suggestion_paper(make.suggestion(make.congress("另一个大会"), kind="criticism")).kind == "批评"


def test_indents_and_empty_lines_people_type_are_dropped_and_everything_else_is_kept():
    typed = f"　　一、甲  乙\r\n\r\n\t{MARKUP}\n \u2028丙\x00\x1b丁\u202e戊\ufeff"
    assert content.paragraphs(typed)[:2] == ("一、甲  乙", MARKUP)
    assert content.paragraphs(typed)[2].startswith("丙丁戊")
    assert content.line(" 甲\n乙\x07 丙 ") == "甲 乙 丙"


# --- what a suggestion's paper says -------------------------------------------------------------------------------------------


def test_a_paper_has_every_fact_of_the_suggestion():
    paper = suggestion_paper(make.suggestion(signers=["李四"]))
    assert paper.occasion == "临桥市第十四届人民代表大会第三次会议"
    assert paper.number == "第12号"
    assert paper.title == "关于延长校门前行人绿灯的建议"
    assert dict(paper.facts) == {
        "类别": "建议", "内容分类": "交通出行", "领衔代表": "张桥生", "代表团": "石栏区代表团", "代表证号": paper.card_no,
        "是否公开": "同意公开", "提交时间": "2026年2月7日 10:30",
    }  # fmt: skip
    assert (paper.matter, paper.proposal) == (("路宽。", "灯短。"), ("一是延长。", "二是值守。"))
    assert paper.signers[0].name == "李四"
    assert paper.signers[0].place.startswith("石栏区代表团，代表证号")
    assert paper.signers[0].date == "2026年2月7日"
    assert paper.name == "第12号建议"


def test_a_draft_of_a_suggestion_has_a_marked_paper():
    of = make.suggestion(
        sitting=False, state="draft", number=None, number_label="", submitted_at=None, topic=None, may_publish=False, title=""
    )
    paper = suggestion_paper(of)
    assert (paper.draft, paper.number, paper.name) == (DRAFT, "未编号", "未编号建议（草稿）")
    assert paper.occasion.endswith("闭会期间")
    assert dict(paper.facts)["是否公开"] == "不同意公开"
    assert dict(paper.facts)["提交时间"] == "未提交"
    assert pages(paper_pdf(paper)) == 1


# --- printed ------------------------------------------------------------------------------------------------------------------


def test_a_short_letter_is_one_page_with_a_title_and_a_language():
    letter = reply_letter(make.reply())
    printed = swift(letter_pdf, letter)
    assert printed.startswith(b"%PDF")
    assert pages(printed) == 1
    objects = b"".join(streams(printed)) + printed
    assert re.search(rb"/Lang\s*\(zh", objects)
    assert letter.title.encode("utf-16-be") in objects or letter.title.encode() in objects


def test_ten_thousand_characters_go_over_many_pages():
    letter = reply_letter(make.reply(text=("我们把办理情况一一说清楚。" * 77 + "\n") * 10))
    assert sum(map(len, letter.paragraphs)) > 9_900
    assert 16 <= pages(swift(letter_pdf, letter)) <= 20


def test_one_paragraph_without_any_place_to_break_still_fits():
    assert 2 <= pages(letter_pdf(reply_letter(make.reply(text="a" * 3000)))) <= 6


def test_markup_is_printed_and_never_executed():
    of = make.suggestion(make.congress(MARKUP[:80]), title=MARKUP[:100], lead=MARKUP[:60], matter=MARKUP, proposal=MARKUP)
    letter = reply_letter(
        make.reply(of, by=make.unit(of.congress, MARKUP[:80]), text=MARKUP, document_no=MARKUP[:60], contact_person=MARKUP[:60])
    )
    assert letter_pdf(letter).startswith(b"%PDF")
    assert paper_pdf(suggestion_paper(of)).startswith(b"%PDF")
    assert MARKUP in texts(letter_docx(letter))


def test_sixty_joint_signers_fit():
    of = make.suggestion(signers=NAMES)
    letter = reply_letter(make.reply(of))
    assert letter.recipients.count("、") == 60
    assert pages(swift(letter_pdf, letter)) == 2
    assert pages(swift(paper_pdf, suggestion_paper(of))) == 4
    assert any("代表59代表。" in text for text in texts(swift(letter_docx, letter)))


def test_a_draft_is_printed_with_its_mark():
    issued, draft = (reply_letter(r) for r in (make.reply(), make.draft_reply(make.suggestion(make.congress("另一个大会")))))
    marked = [header.text for header in headers(letter_docx(draft))]
    assert marked == [DRAFT, DRAFT]
    assert [header.text for header in headers(letter_docx(issued))] == ["", ""]
    assert len(letter_pdf(draft)) > len(letter_pdf(issued))


def test_missing_fonts_are_named_instead_of_printing_boxes(settings, tmp_path):
    letter = reply_letter(make.reply())
    for folder in (tmp_path, tmp_path / "none"):
        settings.FONTS = folder
        with pytest.raises(Unfit) as refused:
            letter_pdf(letter)
        assert refused.value.code == "letter.fonts"


# --- as a Word document -------------------------------------------------------------------------------------------------------


def headers(written):
    page = docx.Document(io.BytesIO(written)).sections[0]
    return [page.header.paragraphs[0], page.even_page_header.paragraphs[0]]


def test_the_word_document_says_what_the_letter_says():
    letter = reply_letter(make.reply(make.suggestion(signers=["李四", "王五"])))
    written = texts(swift(letter_docx, letter))
    parts = [
        letter.mark, letter.title, letter.addressees, letter.opening, *letter.paragraphs, letter.closing,
        letter.unit, letter.date, letter.contact,
    ]  # fmt: skip
    assert [text for text in written if text in parts] == parts
    assert written[0] == "公开属性：公开\t办理结果：A（已经解决或基本解决）"
    assert "临公函〔2026〕38号\t签发人：周国栋" in written
    assert written[-2:] == ["主送：张桥生、李四、王五代表。", f"抄送：{letter.copies}"]


def test_the_word_document_has_the_official_form():
    document = docx.Document(io.BytesIO(letter_docx(reply_letter(make.reply()))))
    page = document.sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height)] == [210, 297]
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [37, 35, 28, 26]
    text, mark = document.styles["Letter text"], document.styles["Letter mark"]
    assert (text.font.size.pt, text.paragraph_format.line_spacing.pt, text.paragraph_format.first_line_indent.pt) == (16, 28, 32)
    assert text.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert mark.element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    assert str(mark.font.color.rgb) == "D7141A"
    assert document.core_properties.title == "关于十四届人大三次会议第12号建议的答复"
    assert document.core_properties.author == "临桥市公安局"


def test_every_part_of_the_word_document_is_sound_xml():
    written = letter_docx(reply_letter(make.reply(text=f"{MARKUP}\x1b\x0b\x85")))
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))
        footers = [packed.read(name).decode() for name in packed.namelist() if "/footer" in name]
    assert len(footers) == 2
    assert all("PAGE" in footer for footer in footers)


# --- handed out ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(rf):
    def asked(view, pk, actor):
        request = rf.get("/")
        request.actor = actor
        return view(request, pk)

    return asked


def handler(of):
    return Actor(user=of.signed_by or "somebody", units=frozenset({of.assignment.unit_id}))


def overseer(of):
    congresses = frozenset({of.assignment.suggestion.congress_id})
    return Actor(user="somebody", congresses=congresses, grants=frozenset({"suggestion.oversee"}))


def test_a_pdf_is_shown_under_its_chinese_name(ask):
    of = make.reply()
    response = ask(views.reply_pdf, of.pk, handler(of))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{quote('第12号建议答复函.pdf')}"
    assert "no-store" in response["Cache-Control"]


def test_a_word_document_is_saved(ask):
    of = make.reply()
    response = ask(views.reply_docx, of.pk, handler(of))
    assert texts(response.content)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Disposition"].endswith(".docx")


def test_a_suggestions_paper_is_shown(ask):
    of = make.reply()
    response = ask(views.suggestion_pdf, of.assignment.suggestion_id, overseer(of))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("inline")


def test_a_draft_of_a_reply_stays_inside_its_unit(ask):
    of = make.draft_reply()
    assert ask(views.reply_pdf, of.pk, handler(of)).status_code == 200
    for view in (views.reply_pdf, views.reply_docx):
        with pytest.raises(Http404):
            ask(view, of.pk, overseer(of))


def test_strangers_get_no_papers(ask):
    of = make.reply()
    for actor in (Actor(), Actor(user="somebody", units=frozenset({0}))):
        for view, pk in [(views.reply_pdf, of.pk), (views.reply_docx, of.pk), (views.suggestion_pdf, of.assignment.suggestion_id)]:
            with pytest.raises(Http404):
                ask(view, pk, actor)


def test_papers_can_only_be_read(rf):
    assert views.reply_pdf(rf.post("/"), 1).status_code == 405


def test_a_letter_costs_few_queries(ask, django_assert_max_num_queries):
    of = make.reply(make.suggestion(signers=NAMES))
    with django_assert_max_num_queries(4):
        ask(views.reply_pdf, of.pk, handler(of))
    with django_assert_max_num_queries(4):
        ask(views.suggestion_pdf, of.assignment.suggestion_id, handler(of))
