"""People who upload, and files made byte by byte."""

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.kernel.policy import Actor
from qiao.orgs import operations as orgs
from qiao.orgs.models import Congress, Level

SYSTEM = Actor.system("test.given")
_MANY = 24


def congress() -> Congress:
    """The congress of a county."""
    area = orgs.add_area(None, actor=SYSTEM, code="990101", name="桥东县", level=Level.COUNTY, valid_from="2023-01-01")
    return orgs.add_congress(area, actor=SYSTEM, name="桥东县人民代表大会", short_name="桥东县")


def member(of: Congress, login: str = "wang") -> Actor:
    """Somebody with a post in the congress."""
    person = accounts.add_person(of, actor=SYSTEM, name="王小桥")
    user = accounts.open_account(person, actor=SYSTEM, login=login)
    accounts.define_role(None, actor=SYSTEM, code="member", name="成员", name_en="Member", grants=[])
    return actor_in(accounts.grant_post(of, actor=SYSTEM, user=user, role="member"))


def upload(data: bytes, name: str = "文件.pdf") -> SimpleUploadedFile:
    """What a browser sends; what it says about the kind is never looked at."""
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def pdf(extra: bytes = b"") -> bytes:
    """A PDF with one empty page, and ``extra`` among its objects."""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + extra + b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def packed(objects: bytes) -> bytes:
    """Objects inside a compressed object stream."""
    data = zlib.compress(objects)
    return b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\r\n%s\r\nendstream endobj" % (len(data), data)


def document() -> bytes:
    """A Word document as a word processor writes it."""
    held = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("关于修桥的建议")
    made.save(held)
    return held.getvalue()


def workbook() -> bytes:
    """An Excel workbook with one cell."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write_string(0, 0, "桥")
    return held.getvalue()


def with_parts(package: bytes, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with further or replaced parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(held, "w", compression) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return held.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip file of just these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


def macro_document() -> bytes:
    """A Word document of the kind that carries macros, under the name of one that does not."""
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    contents = zipfile.ZipFile(io.BytesIO(document())).read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return with_parts(document(), {"[Content_Types].xml": contents.replace(plain, kind), "word/vbaProject.bin": b"macros"})


def locked_document() -> bytes:
    """A Word document whose parts say that they are encrypted."""
    data = bytearray(document())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= data[at + 46 : at + 65] != b"[Content_Types].xml"  # the flag; what says the kind stays readable
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def sharing_entries() -> bytes:
    """A package whose table of contents points many times at the same bytes."""
    plain = with_parts(document(), {"word/media/a.bin": bytes(range(256)) * 400})
    end = plain.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", plain[end + 16 : end + 20])[0]
    table = plain[start:end]
    last = table[table.rindex(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"word/media/a.bin", b"word/media/%c.bin" % c) for c in range(98, 98 + _MANY))
    count = plain.count(b"PK\x01\x02") + _MANY
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(table + more), start, 0)
    return plain[:start] + table + more + tail


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    """A picture with a gradient."""
    held = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(held, form, **more)
    return held.getvalue()


def photograph(orientation: int = 1) -> bytes:
    """A picture as a telephone takes it: with place, camera, comment, and perhaps lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "TelephoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 5.0), 3: "E", 4: (121.0, 28.0, 7.0)})
    return picture("JPEG", exif=exif, comment=b"secret comment")


def huge_png() -> bytes:
    """A few bytes that announce forty thousand by forty thousand pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def relation(kind: str, target: str, encoding: str = "utf-8") -> bytes:
    """The table of a part's relations, with one to something that is kept elsewhere."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><Relationships><Relationship Id="r1" TargetMode="External" Target="{target}"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    ).encode(encoding)


def with_link() -> bytes:
    """A document with an entry that is a link to a file outside."""
    held = io.BytesIO(document())
    with zipfile.ZipFile(held, "a") as package:
        link = zipfile.ZipInfo("word/media/a.png")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return held.getvalue()


def announcing(form: str) -> bytes:
    """The head of a picture that says it has sixty thousand by sixty thousand pixels, and nothing behind it."""
    data = bytearray(picture(form))
    if form == "JPEG":
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    else:
        at = data.index(b"\x9d\x01\x2a") + 3
        data[at : at + 4] = struct.pack("<HH", 16_383, 16_383)
    return bytes(data)
