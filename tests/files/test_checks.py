"""What is accepted and what is not, whatever it is called."""

import io
import os
import zipfile

import pytest
from django.utils import translation
from PIL import Image

from qiao.files import checks, operations
from qiao.files.models import Kind, StoredFile
from qiao.kernel.errors import Unfit

from . import factories as given

PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TEMPLATE = (
    b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
    b' Target="https://far.example/x.dotm" TargetMode="External"/></Relationships>'
)
FAR = "https://far.example/x.dotm"
MACROS = b"application/vnd.ms-word.document.macro&#69;nabled.main+xml"
KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def fetching(relation, name="word/_rels/settings.xml.rels"):
    """A document with this table of relations."""
    return given.with_parts(given.document(), {name: relation})


def disguised():
    """Macros under a name written with numbers, and the plain kind in a remark."""
    contents = zipfile.ZipFile(io.BytesIO(given.document())).read("[Content_Types].xml")
    return given.with_parts(given.document(), {"[Content_Types].xml": contents.replace(KIND, MACROS) + b"<!-- " + KIND + b" -->"})


DECLARED = (
    b'<!DOCTYPE x [<!ENTITY far "https://far.example/x.dotm"><!ENTITY kind "attachedTemplate">]>'
    b'<Relationships><Relationship Type="officeDocument/2006/relationships/&kind;" Target="&far;"/></Relationships>'
)
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100 + b'">' + b"".join(
    b'<!ENTITY %c "%s">' % (n, b"&%c;" % (n - 1) * 20) for n in range(98, 110)
) + b"]><Types>&m;</Types>"  # fmt: skip
NEAR = TEMPLATE.replace(b"https://far.example/x.dotm", b"file:///C:/Users/wang/Normal.dotm")

HOSTILE = {
    "a program called PDF": (PROGRAM, "建议.pdf", "program"),
    "a program called picture": (b"\x7fELF" + b"\x00" * 99, "照片.jpg", "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "说明.docx", "program"),
    "a drawing with a script": (SVG, "图.svg", "drawing"),
    "a drawing called picture": (SVG, "图.png", "drawing"),
    "a web page": (PAGE, "页.pdf", "web page"),
    "a web page that also holds a PDF": (PAGE + given.pdf(), "页.pdf", "web page"),
    "a PDF that holds a web page behind its end": (given.pdf() + PAGE * 100, "页.pdf", "damaged"),
    "a PDF cut off": (given.pdf()[:-20], "半.pdf", "damaged"),
    "a PDF with a script": (given.pdf(b"3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"), "跑.pdf", "script"),
    "a PDF with a script in disguise": (given.pdf(b"3 0 obj<</S/J#61va#53cript/JS(x)>>endobj"), "跑.pdf", "script"),
    "a PDF with a packed script": (given.pdf(given.packed(b"3 0 <</S/JavaScript/JS(x)>>")), "跑.pdf", "script"),
    "a PDF that starts a program": (given.pdf(b"3 0 obj<</S/Launch/F(cmd.exe)>>endobj"), "跑.pdf", "program"),
    "a PDF with a file inside": (given.pdf(b"3 0 obj<</Type/EmbeddedFile>>endobj"), "包.pdf", "another file"),
    "a PDF with a password": (given.pdf(b"<</Encrypt 9 0 R>>"), "锁.pdf", "protected"),
    "a PDF whose objects cannot be unpacked": (
        given.pdf(b"5 0 obj<</Type/ObjStm>>stream\nxxxxxxxx\nendstream"),
        "坏.pdf",
        "read completely",
    ),
    "a PDF that swells": (given.pdf(given.packed(b"\0" * (65 * 1024 * 1024))), "大.pdf", "far more"),
    "an old Word file": (OLD_WORD, "旧.doc", ".docx"),
    "a document with macros": (given.macro_document(), "宏.docx", "macros"),
    "a document with a hidden macro part": (given.with_parts(given.document(), {"word/vbaProject.bin": b"x"}), "宏.docx", "macros"),
    "a workbook with a macro sheet": (given.with_parts(given.workbook(), {"xl/macrosheets/sheet1.xml": b"x"}), "宏.xlsx", "macros"),
    "a document with a program": (given.with_parts(given.document(), {"word/media/run.exe": b"MZ"}), "跑.docx", "programs"),
    "a document with a far template": (
        given.with_parts(given.document(), {"word/_rels/settings.xml.rels": TEMPLATE}),
        "远.docx",
        "template",
    ),
    "a far template said with entities": (fetching(DECLARED), "远.docx", "damaged"),
    "a far template said with numbers": (fetching(given.relation("attachedTemplate", "&#104;ttps://far.example/x")), "远.docx", "template"),
    "a far template in another encoding": (fetching(given.relation("attachedTemplate", FAR, "utf-16")), "远.docx", "template"),
    "a far template under another name": (
        fetching(given.relation("attachedTemplate", FAR), "word/_rels/own.xml.rels"),
        "远.docx",
        "template",
    ),
    "a template on another computer's disk": (fetching(given.relation("attachedTemplate", r"file:\\\\far\\x.dotm")), "远.docx", "template"),
    "a part of the page from afar": (fetching(given.relation("frame", FAR), "word/_rels/document.xml.rels"), "远.docx", "template"),
    "an object from afar": (fetching(given.relation("oleObject", "mhtml:" + FAR), "word/_rels/document.xml.rels"), "远.docx", "template"),
    "a workbook that reads from afar": (
        given.with_parts(given.workbook(), {"xl/externalLinks/_rels/externalLink1.xml.rels": given.relation("externalLinkPath", FAR)}),
        "远.xlsx",
        "template",
    ),
    "a picture on another computer's disk": (
        fetching(given.relation("image", r"\\far\x.png"), "word/_rels/document.xml.rels"),
        "远.docx",
        "template",
    ),
    "a kind nobody knows, on another computer's disk": (
        fetching(given.relation("newest", "file://f/x.png"), "word/_rels/document.xml.rels"),
        "远.docx",
        "template",
    ),
    "another computer's disk said with numbers": (
        fetching(given.relation("image", "file:%2F%2F%5C%5Cfar/x.png"), "word/_rels/document.xml.rels"),
        "远.docx",
        "template",
    ),
    "a document of countless relations": (
        given.with_parts(
            given.document(), {f"word/_rels/{n}.rels": b"<R>" + os.urandom(1024).hex().encode() * 1700 + b"</R>" for n in range(5)}
        ),
        "多.docx",
        "far more",
    ),
    "macros under a name in disguise": (disguised(), "宏.docx", ""),
    "kinds of parts that laugh a billion times": (
        given.with_parts(given.document(), {"[Content_Types].xml": LAUGHS}),
        "笑.docx",
        "damaged",
    ),
    "a document with a link out of it": (given.with_link(), "链.docx", "damaged"),
    "a document of absolute names": (given.with_parts(given.document(), {"/etc/cron.d/x": b"x"}), "绝.docx", "damaged"),
    "a document of names of another system": (given.with_parts(given.document(), {"C:\\x.xml": b"x"}), "绝.docx", "damaged"),
    "a photograph of endless size": (given.announcing("JPEG"), "大.jpg", "too many pixels"),
    "a WebP picture of endless size": (given.announcing("WEBP"), "大.webp", "too many pixels"),
    "a document with a password": (given.locked_document(), "锁.docx", "password"),
    "a recording": (b"ID3\x03" + b"\x00\xff" * 200, "声.mp3", "recording"),
    "a document that leads out": (given.with_parts(given.document(), {"../../etc/passwd": b"x"}), "出.docx", "damaged"),
    "a document that swells": (given.with_parts(given.document(), {"word/bomb.xml": b"\0" * (60 * 1024 * 1024)}), "弹.docx", "far more"),
    "a document of shared bytes": (given.sharing_entries(), "弹.docx", "damaged"),
    "a document of countless parts": (
        given.with_parts(given.document(), {f"word/{n}.xml": b"" for n in range(5001)}),
        "多.docx",
        "far more",
    ),
    "a document cut off": (given.document()[:-400], "半.docx", "Word document"),
    "a document with a broken part": (given.document().replace(b"word/document.xml", b"word/xxxxxxxx.xml", 1), "坏.docx", "damaged"),
    "an archive": (given.archive({"a.txt": b"x"}), "包.zip", "packed archive"),
    "an archive called document": (given.archive({"a.txt": b"x"}), "包.docx", "packed archive"),
    "a picture cut off": (given.picture("PNG")[:-60], "半.png", "damaged"),
    "a photograph cut off": (given.photograph()[:-200], "半.jpg", "damaged"),
    "a picture of endless size": (given.huge_png(), "大.png", "too many pixels"),
    "a picture of another kind": (given.picture("GIF"), "动.gif", "another kind"),
    "only the head of a picture": (b"\xff\xd8\xff\xe0", "头.jpg", "damaged"),
    "plain text": ("你好".encode(), "说明.txt", "plain text"),
    "noise": (bytes(range(256)) * 4, "乱.bin", "unknown"),
    "nothing": (b"", "空.pdf", "empty"),
}


@pytest.mark.parametrize(("data", "name", "said"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_with_what_to_do_and_leaves_nothing_behind(actor, kept, data, name, said):
    with translation.override("en"), pytest.raises(Unfit) as refusal:
        operations.store(None, actor=actor, upload=given.upload(data, name))
    assert said in refusal.value.reason
    assert refusal.value.reason.count(".") >= 1
    assert not kept()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(actor, kept, settings):
    settings.UPLOAD_LIMIT = 1000
    with translation.override("en"), pytest.raises(Unfit, match="larger than 1000.bytes"):
        operations.store(None, actor=actor, upload=given.upload(given.pdf() + b" " * 1000))
    assert not kept()


GOOD = {
    "建议.pdf": (given.pdf(), Kind.PDF),
    "packed.pdf": (given.pdf(given.packed(b"3 0 <</Type/Page>>")), Kind.PDF),
    "建议.docx": (given.document(), Kind.DOCX),
    "clicked.docx": (fetching(given.relation("hyperlink", "https://far.example/"), "word/_rels/document.xml.rels"), Kind.DOCX),
    "clicked to a share.docx": (fetching(given.relation("hyperlink", r"\\far\x.docx"), "word/_rels/document.xml.rels"), Kind.DOCX),
    "linked on the own disk.docx": (
        fetching(given.relation("image", "file:///C:/Users/wang/a.png"), "word/_rels/document.xml.rels"),
        Kind.DOCX,
    ),
    "near.docx": (given.with_parts(given.document(), {"word/_rels/settings.xml.rels": NEAR}), Kind.DOCX),
    "名单.xlsx": (given.workbook(), Kind.XLSX),
    "公文.ofd": (given.archive({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<x/>"}), Kind.OFD),
    "照片.jpg": (given.photograph(), Kind.JPEG),
    "照片.jpeg": (given.picture("JPEG"), Kind.JPEG),
    "图.png": (given.picture("PNG"), Kind.PNG),
    "图.webp": (given.picture("WEBP"), Kind.WEBP),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_accepted_under_their_names(name):
    data, kind = GOOD[name]
    fit = checks.examine(given.upload(data, name))
    assert (fit.name, fit.kind) == (name, kind)
    assert kind in checks.PICTURES or fit.data == data


def test_content_decides_and_the_name_follows():
    assert checks.examine(given.upload(given.picture("PNG"), "照片.jpg")).name == "照片.png"


@pytest.mark.parametrize("name", ["建议.pdf.exe", "建议.exe", "建议.pdf\u202efdp.exe", "建议.html.pdf.js", "CON.pdf.lnk"])
def test_a_second_ending_says_nothing(name):
    assert checks.examine(given.upload(given.pdf(), name)).name.endswith(".pdf")


def test_of_a_huge_file_only_a_little_more_than_the_limit_is_kept_while_it_arrives(settings, rf):
    settings.UPLOAD_LIMIT = 1024 * 1024
    request = rf.post("/", {"title": "路灯", "file": given.upload(given.pdf() + b"\0" * 8 * 1024 * 1024)})
    arrived = request.FILES["file"]
    assert (request.POST["title"], arrived.size > 8 * 1024 * 1024) == ("路灯", True)
    assert os.path.getsize(arrived.temporary_file_path()) <= settings.UPLOAD_LIMIT + arrived.DEFAULT_CHUNK_SIZE
    with translation.override("en"), pytest.raises(Unfit, match="larger than"):
        checks.examine(arrived)
    arrived.close()


def test_place_camera_and_comment_are_gone_from_a_photograph():
    before = Image.open(io.BytesIO(given.photograph()))
    assert before.getexif().get_ifd(0x8825)
    fit = checks.examine(given.upload(given.photograph(), "照片.jpg"))
    after = Image.open(io.BytesIO(fit.data))
    assert not after.getexif()
    assert b"TelephoneMaker" not in fit.data
    assert b"secret comment" not in fit.data
    assert after.quantization == before.quantization  # as fine as it was


def test_a_photograph_taken_sideways_stands_upright():
    fit = checks.examine(given.upload(given.photograph(orientation=6), "照片.jpg"))
    assert Image.open(io.BytesIO(fit.data)).size == (48, 64)


def test_what_hides_behind_a_picture_is_gone():
    fit = checks.examine(given.upload(given.picture("JPEG") + b"<script>alert(1)</script>", "照片.jpg"))
    assert b"script" not in fit.data


def test_a_transparent_picture_stays_transparent():
    held = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(held, "PNG")
    fit = checks.examine(given.upload(held.getvalue(), "章.png"))
    assert Image.open(io.BytesIO(fit.data)).getpixel((0, 0)) == (10, 20, 30, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_plain_table_is_accepted_for_imports_only(encoding):
    data = "姓名,电话\r\n王小桥,0512\r\n".encode(encoding)
    assert checks.examine(given.upload(data, "名单.txt"), checks.TABLES).name == "名单.txt.csv"
    with pytest.raises(Unfit):
        checks.examine(given.upload(data, "名单.csv"))


@pytest.mark.parametrize("data", [PAGE, b'{"a": 1}', b"#!/bin/sh", b"a,b\x00c", b"a\x07b", b" \r\n"])
def test_what_is_no_table_is_no_table(data):
    with pytest.raises(Unfit):
        checks.examine(given.upload(data, "名单.csv"), checks.TABLES)


def test_an_import_takes_no_pictures():
    with translation.override("en"), pytest.raises(Unfit, match="Excel workbook, CSV table"):
        checks.examine(given.upload(given.picture("PNG"), "名单.png"), checks.TABLES)
