"""What people send who mean harm or simply type anything: it stays text, and nothing breaks."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiao.files.models import StoredFile
from qiao.matters import operations
from qiao.matters.models import Attachment, Suggestion
from tests.files import factories as files
from tests.world import REPLY, TEXT

from .given import rows

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>"
MARKUP = "{{ request.user }}{% load %}{% include 'x' %}{# x #}<c-button>{{ 7|add:7 }}</c-button> &amp; &lt;"
STRANGE = {
    "script": SCRIPT,
    "template": MARKUP,
    "quotes": "”’\"'`$ {attrs} {{{ }}} %(x)s %s %",
    "right to left": "\u202eagnissap\u202c שלום",
    "beyond the plane": "𠮷野家👨‍👩‍👧‍👦🀄",
    "lines": "一行\r\n二行\n\n三行\t完",
}
FORM = {"kind": "suggestion", "source": "", "wished_unit": "", "may_publish": "on"}


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def flat(text):
    return "".join(text.split())


def stands_in(text, answer):
    """The text is on the page, letter by letter as typed, and only as text."""
    raw = answer.content.decode()
    assert "<script>alert" not in raw
    assert "<img src=x" not in raw
    assert "onerror=alert(2)>" not in raw.replace("onerror=alert(2)&gt;", "")
    paragraphs = raw.replace("<br>", "\n").replace("<p>", "\n").replace("</p>", "\n")
    assert flat(text) in flat(html.unescape(paragraphs))


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_whatever_is_typed_is_shown_as_it_was_typed(world, login, text):
    text = text[:100]
    s = world.cosigning(title=text, matter=text, proposal=text)
    operations.decline(s.signatures.get(), actor=world.actors["deputy2"])
    operations.submit(s, actor=world.actors["deputy"])
    operations.register(s, actor=world.actors["clerk"])
    a = operations.assign(s, actor=world.actors["clerk"], unit=world.unit, note=text).assignments.get()
    operations.sign_for(a, actor=world.actors["liaison"])
    operations.record_contact(a, actor=world.actors["handler"], mode="phone", on=a.assigned_on, who=text, content=text)
    reply = operations.draft_reply(
        a, actor=world.actors["handler"], **{**REPLY, "text": text, "document_no": text[:60], "contact_person": text[:60]}
    )
    stands_in(text, login("handler").get(f"/replies/{reply.pk}/revise/"))
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.send_back(reply, actor=world.actors["signer"], note=text)
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"])
    stands_in(text, login("deputy").get(f"/suggestions/{s.pk}/evaluate/"))
    operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": "dissatisfied"}, reason=text)
    stands_in(text, login("clerk").get(f"/suggestions/{s.pk}/order_rehandling/"))
    operations.close_explained(s, actor=world.actors["clerk"], note=text)
    operations.publish(s, actor=world.actors["clerk"], publicity="full")
    for role, url in [
        ("deputy", "/"), ("deputy", f"/suggestions/{s.pk}/"), ("clerk", f"/suggestions/{s.pk}/"), ("handler", f"/suggestions/{s.pk}/"),
        ("clerk", "/suggestions/"), ("anonymous", "/open/"), ("anonymous", f"/open/{s.pk}/"), ("deputy", "/notices/"), ("handler", "/notices/"),
        ("clerk", f"/suggestions/{s.pk}/publish/"),
    ]:  # fmt: skip
        stands_in(text, login(role).get(url))


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_whatever_is_typed_comes_back_in_the_form(world, login, text):
    client = login("deputy")
    made = client.post("/suggestions/new/", {**FORM, "title": text.replace("\r\n", " ")[:100], "matter": text, "proposal": text})
    assert made.status_code == 302
    s = Suggestion.objects.get()
    stands_in(text, client.get(made.url))
    wrong = client.post(f"/suggestions/{s.pk}/edit/", {**FORM, "kind": "poem", "title": text[:100], "matter": text})
    assert wrong.status_code == 422
    stands_in(text, wrong)


@pytest.mark.parametrize("part", ["title", "matter", "proposal"])
def test_a_character_no_database_keeps_is_refused_in_the_form(world, login, part):
    client = login("deputy")
    before = rows()
    assert client.post("/suggestions/new/", {**FORM, part: "路\0灯"}).status_code == 422
    assert rows() == before


def test_one_character_too_many_is_refused_and_stays_in_the_form(world, login):
    client = login("deputy")
    answer = client.post("/suggestions/new/", {**FORM, "title": "题", "matter": "长" * 6001})
    assert answer.status_code == 422
    assert "长" * 6001 in answer.content.decode()
    assert not Suggestion.objects.exists()
    assert client.post("/suggestions/new/", {**FORM, "title": "题", "matter": "长" * 6000}).status_code == 302


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lambda: files.upload(b"MZ\x90\x00" + b"\0" * 200, "建议.pdf"), "program"),
        (lambda: files.upload(b"<!DOCTYPE html><script>alert(1)</script>", "页.pdf"), "web page"),
        (lambda: files.upload(files.macro_document(), "宏.docx"), "macros"),
        (lambda: files.upload(files.huge_png(), "图.png"), ""),
        (lambda: SimpleUploadedFile("空.pdf", b""), "empty"),
        (lambda: "not a file", ""),
    ],
    ids=["program", "web page", "macros", "a picture that swells", "empty", "text"],
)
def test_a_hostile_file_is_refused_with_words_and_nothing_is_kept(world, login, shelf, upload, words):
    s = world.draft()
    answer = login("deputy").post(f"/suggestions/{s.pk}/attach/", {"upload": upload()})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in shelf.rglob("*") if path.is_file()]


def test_a_good_file_under_a_hostile_name_is_kept_and_handed_out_harmlessly(world, login, shelf):
    s, client = world.draft(), login("deputy")
    name = '../../<script>alert(1)</script>"\r\nSet-Cookie: x=1.pdf'
    assert client.post(f"/suggestions/{s.pk}/attach/", {"upload": files.upload(files.pdf(), name)}).status_code == 302
    kept = Attachment.objects.get()
    assert b"<script>alert" not in client.get(f"/suggestions/{s.pk}/edit/").content
    answer = client.get(f"/attachments/{kept.pk}/")
    list(answer.streaming_content)
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_removed_file_is_no_longer_handed_out(world, login, shelf):
    s = world.draft()
    kept = operations.attach(s, actor=world.actors["deputy"], upload=files.upload(files.pdf()))
    operations.remove_attachment(kept, actor=world.actors["deputy"])
    assert login("deputy").get(f"/attachments/{kept.pk}/").status_code == 404


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "9" * 30, "9" * 5000, "\0"])
def test_a_forged_version_is_not_signed(world, login, version):
    signature = world.cosigning().signatures.get()
    assert login("deputy2").post(f"/signatures/{signature.pk}/confirm/", {"version": version}).status_code == 422
    signature.refresh_from_db()
    assert signature.state == "invited"


@pytest.mark.parametrize("chosen", [["x"], ["0"], ["-1"], ["9" * 30], ["9" * 5000], ["\0"], []])
def test_forged_ids_invite_nobody(world, login, chosen):
    s = world.draft()
    before = rows()
    assert login("deputy").post(f"/suggestions/{s.pk}/invite/", {"mandate": chosen}).status_code == 422
    assert rows() == before


def test_deputies_of_another_congress_are_not_invited_with_ones_own(world, login):
    s = world.draft()
    ids = [world.mandates["deputy2"].pk, world.mandates["other_deputy"].pk]
    assert login("deputy").post(f"/suggestions/{s.pk}/invite/", {"mandate": ids}).status_code == 422
    assert not s.signatures.exists()


@pytest.mark.parametrize("words", ["\0", "%", "_", "'", "长" * 500, "((("])
def test_looking_for_deputies_with_nonsense_breaks_nothing(world, login, words):
    s = world.draft()
    assert login("deputy").get(f"/suggestions/{s.pk}/invite/", {"q": words}).status_code == 200


def test_a_unit_or_a_topic_of_another_congress_cannot_be_chosen_in_a_form(world, login):
    foreign = next(iter(world.actors["other_liaison"].units))
    assert login("clerk").post(f"/suggestions/{world.registered().pk}/assign/", {"unit": foreign}).status_code == 422
    topic = operations.add_topic(world.other, actor=world.actors["other_clerk"], name="外地")
    operations.add_topic(world.congress, actor=world.actors["clerk"], name="本地")
    assert login("clerk").post(f"/suggestions/{world.submitted().pk}/register/", {"topic": topic.pk}).status_code == 422
    form = {**FORM, **TEXT, "wished_unit": foreign}
    assert login("deputy").post("/suggestions/new/", form).status_code == 422
