"""Names as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qiao.files.models import NAME_LIMIT, Kind
from qiao.files.names import clean


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("关于修建人行桥的建议（第2稿）.pdf", "关于修建人行桥的建议（第2稿）.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\wang\桌面\建议.PDF", "建议.pdf"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe.pdf"),
        ("桥\u200b\u2066建议\x00\n.pdf", "桥建议.pdf"),
        ("a<b>:c|d?.pdf", "a_b__c_d_.pdf"),
        ("照片.png", "照片.pdf"),
        ("v1.2", "v1.2.pdf"),
        ("  . .pdf", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("建" * 300 + ".pdf", "建" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(name, kept, settings):
    settings.LANGUAGE_CODE = "en"
    assert clean(name, Kind.PDF) == kept


def test_both_endings_of_a_jpeg_are_true():
    assert clean("a.jpeg", Kind.JPEG) == "a.jpeg"
    assert clean("a.JPG", Kind.JPEG) == "a.jpg"


@given(some.text(max_size=300), some.sampled_from(Kind))
def test_whatever_is_given_comes_out_short_visible_and_truly_ended(name, kind):
    kept = clean(name, kind)
    assert len(kept) <= NAME_LIMIT
    assert kept.isprintable()
    assert not set(kept) & set('/\\:<>"|?*')
    assert clean(kept, kind) == kept
