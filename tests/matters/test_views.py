"""The pages: a suggestion's whole way through them, what each role finds at home, what is refused and how."""

import html
import json

import pytest

from qiao.accounts.operations import end_post
from qiao.kernel import clock
from qiao.matters import operations, worklists
from qiao.matters.models import Reply, Signature, Suggestion
from qiao.rulebook.schemes import DIMENSIONS
from tests.world import REPLY, SYSTEM, TEXT, rule

from .given import entry, on

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]

FORM = {"kind": "suggestion", "source": "visit", "wished_unit": "", "may_publish": "on", **TEXT}
HTMX = {"HX-Request": "true"}


def body(answer):
    return html.unescape(answer.content.decode())


def went(answer, to=None):
    """The form was accepted and led on."""
    assert answer.status_code == 302, body(answer) if answer.status_code != 302 else ""
    assert to is None or answer.url == to
    return answer


# --- one way through ----------------------------------------------------------------------------------------------------------------


def test_a_suggestion_goes_all_its_way_through_the_pages(world, login):
    topic = operations.add_topic(world.congress, actor=world.actors["clerk"], name="城市管理")
    edit = went(login("deputy").post("/suggestions/new/", {**FORM, "proposal": ""})).url
    s = Suggestion.objects.get()
    page = f"/suggestions/{s.pk}/"
    went(login("deputy").post(edit, FORM), page)
    went(login("deputy").post(f"{page}invite/", {"mandate": [world.mandates["deputy2"].pk]}), page)
    signature = Signature.objects.get()
    assert f"/signatures/{signature.pk}/confirm/" in body(login("deputy2").get(page))
    went(login("deputy2").post(f"/signatures/{signature.pk}/confirm/", {"version": 1}), page)
    went(login("deputy").post(f"{page}submit/"), page)
    went(login("clerk").post(f"{page}register/", {"topic": topic.pk}), page)
    went(login("clerk").post(f"{page}assign/", {"unit": world.unit.pk, "note": "请办理。"}), page)
    a = s.assignments.get()
    went(login("liaison").post(f"/assignments/{a.pk}/sign_for/"), page)
    call = {"mode": "phone", "on": f"{clock.today()}", "who": "代表", "content": "已说明。"}
    went(login("handler").post(f"/assignments/{a.pk}/record_contact/", call), page)
    went(login("deputy").post(f"/contacts/{a.contacts.get().pk}/confirm/"), page)
    went(login("handler").post(f"/assignments/{a.pk}/draft_reply/", {"text": "已修。", "result": "A", "may_publish": "on"}), page)
    reply = Reply.objects.get()
    went(login("handler").post(f"/replies/{reply.pk}/revise/", {"text": "已全部修好。", "result": "A", "may_publish": "on"}), page)
    went(login("handler").post(f"/replies/{reply.pk}/request_approval/"), page)
    went(login("signer").post(f"/replies/{reply.pk}/issue/", {"document_no": "测函〔2026〕1号", "secrecy_checked": "on"}), page)
    went(login("deputy").post(f"{page}evaluate/", {"rating_result": "satisfied", "note": ""}), page)
    went(login("clerk").post(f"{page}publish/", {"publicity": "full", "reply": "on", "note": ""}), page)
    assert "已全部修好。" in body(login("anonymous").get(f"/open/{s.pk}/"))
    s.refresh_from_db()
    assert (s.state, s.topic, entry("suggestion.publish").user) == ("closed", topic, world.actors["clerk"].user)


# --- home -------------------------------------------------------------------------------------------------------------------------


def test_a_deputys_home_says_what_waits_and_leads_there(world, login):
    replied, contacted, returned = world.replied(), world.contacted(), world.returned()
    cards = login("deputy").get("/").context["todo"]
    assert {card["view"].key: card["count"] for card in cards} == {"evaluate": 1, "mend": 1, "contacts": 2}
    for card, rows in {"evaluate": {replied.pk}, "mend": {returned.pk}, "contacts": {replied.pk, contacted.pk}}.items():
        url = next(c["url"] for c in cards if c["view"].key == card)
        assert {row.pk for row in login("deputy").get(url).context["list"].rows} == rows


def test_an_invitation_waits_at_home_until_it_is_answered(world, login):
    s = world.cosigning()
    assert [card["view"].key for card in login("deputy2").get("/").context["todo"]] == ["sign"]
    operations.confirm(s.signatures.get(), actor=world.actors["deputy2"], version=1)
    assert login("deputy2").get("/").context["todo"] == []


def test_a_reply_of_a_withdrawn_suggestion_waits_for_no_signature(world, login):
    s = world.approval()
    operations.withdraw(s, actor=world.actors["deputy"], note="……")
    counts = {card["view"].key: card["count"] for card in login("signer").get("/").context["cards"]}
    assert counts["approval"] == 0


def test_the_units_home_begins_with_what_is_due_first(world, login):
    made = {}
    for month in (5, 3, 4):
        with on(2026, month, 4):
            made[month] = world.handling().pk
    world.replied()
    assert [row.pk for row in login("handler").get("/").context["rows"]] == [made[3], made[4], made[5]]


def test_who_has_no_part_in_suggestions_is_told_so(world, login):
    answer = login("sysadmin").get("/")
    assert (answer.context["kind"], answer.status_code) == ("plain", 200)


def test_views_are_named_once_for_each_role(world):
    for role in ("deputy", "clerk", "handler"):
        keys = [view.key for view in worklists.views_for(world.actors[role])]
        assert len(keys) == len(set(keys))


# --- writing ------------------------------------------------------------------------------------------------------------------------


def test_the_page_saves_by_itself_and_stays_where_it_is(world, login):
    s = world.draft()
    answer = login("deputy").post(
        f"/suggestions/{s.pk}/edit/", {**FORM, "title": "关于修路灯的建议"}, headers={"Accept": "application/json"}
    )
    s.refresh_from_db()
    assert (answer.status_code, json.loads(answer.content), s.title) == (200, {}, "关于修路灯的建议")


def test_a_new_page_that_saves_by_itself_goes_on_at_the_drafts_own_address(world, login):
    answer = login("deputy").post("/suggestions/new/", FORM, headers={"Accept": "application/json"})
    made = Suggestion.objects.get()
    assert (answer.status_code, answer.json()["page"]) == (200, f"/suggestions/{made.pk}/edit/")


def test_what_the_rules_refuse_stands_in_the_form_with_what_was_typed(world, login):
    a = world.handling().assignments.get()
    typed = {"mode": "phone", "on": "2999-01-01", "who": "代表", "content": "约定下周见面。"}
    answer = login("handler").post(f"/assignments/{a.pk}/record_contact/", typed)
    assert answer.status_code == 422
    assert "约定下周见面。" in answer.content.decode()
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize(
    ("role", "stage", "status"), [("deputy2", "cosigning", 403), ("deputy", "submitted", 409), ("deputy2", "draft", 404)]
)
def test_a_script_that_saves_is_refused_in_its_own_language(world, login, role, stage, status):
    s = getattr(world, stage)()
    answer = login(role).post(f"/suggestions/{s.pk}/edit/", FORM, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_what_was_typed_stays_in_a_form_that_is_refused(world, login):
    a = world.handling().assignments.get()
    wrong = {"mode": "phone", "on": "yesterday", "who": "代表", "content": "这些话不该丢。"}
    answer = login("handler").post(f"/assignments/{a.pk}/record_contact/", wrong)
    assert answer.status_code == 422
    assert "这些话不该丢。" in body(answer)
    assert "yesterday" in body(answer)


def test_a_reply_withheld_without_a_reason_stays_in_the_form(world, login):
    reply = world.drafted().assignments.get().replies.get()
    answer = login("handler").post(f"/replies/{reply.pk}/revise/", {"text": "新的答复。", "result": "A"})
    assert answer.status_code == 422
    assert "新的答复。" in body(answer)
    assert "Say why the reply may not be published." in body(answer)


def test_a_congress_without_topics_registers_all_the_same(world, login):
    s = world.submitted()
    went(login("clerk").post(f"/suggestions/{s.pk}/register/"), f"/suggestions/{s.pk}/")


def test_a_form_sent_by_htmx_is_led_on_by_a_header(world, login):
    s = world.draft()
    answer = login("deputy").post(f"/suggestions/{s.pk}/submit/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/suggestions/{s.pk}/")


def test_looking_for_deputies_sends_only_those_found(world, login):
    s = world.draft()
    part = login("deputy").get(f"/suggestions/{s.pk}/invite/", {"q": str(world.mandates["deputy2"])}, headers=HTMX)
    assert "<html" not in body(part)
    assert [m.pk for m in part.context["found"]] == [world.mandates["deputy2"].pk]
    everybody = login("deputy").get(f"/suggestions/{s.pk}/invite/").context["found"]
    assert {m.pk for m in everybody} == {world.mandates["deputy2"].pk, world.mandates["deputy3"].pk}


def test_who_is_asked_again_for_a_returned_text_can_sign_it(world, login):
    s = world.signed_jointly()
    operations.submit(s, actor=world.actors["deputy"])
    operations.give_back(s, actor=world.actors["clerk"], note="请写明地点。")
    operations.revise(s, actor=world.actors["deputy"], matter="灯芯路一号至十一号。")
    signature = s.signatures.get()
    went(login("deputy").post(f"/signatures/{signature.pk}/ask_again/"))
    page = body(login("deputy2").get(f"/suggestions/{s.pk}/"))
    assert f"/signatures/{signature.pk}/confirm/" in page
    assert 'name="version" value="2"' in page
    went(login("deputy2").post(f"/signatures/{signature.pk}/confirm/", {"version": 2}))


def test_an_invitation_taken_back_can_be_given_again_by_the_lead_deputy(world, login):
    s = world.cosigning()
    signature = s.signatures.get()
    went(login("deputy").post(f"/signatures/{signature.pk}/revoke/"))
    assert f"/signatures/{signature.pk}/ask_again/" in body(login("deputy").get(f"/suggestions/{s.pk}/"))
    went(login("deputy").post(f"/signatures/{signature.pk}/ask_again/"))
    assert login("deputy2").get(f"/suggestions/{s.pk}/").status_code == 200


def test_the_page_for_signing_signs_the_version_it_shows(world, login):
    signature = world.cosigning().signatures.get()
    page = body(login("deputy2").get(f"/signatures/{signature.pk}/confirm/"))
    assert 'name="version" value="1"' in page


def test_each_dimension_is_a_question_of_its_own(world, login):
    rule(world, "evaluation_dimensions", [DIMENSIONS["attitude"], DIMENSIONS["result"]])
    s = world.replied()
    url = f"/suggestions/{s.pk}/evaluate/"
    assert [q.name for q in login("deputy").get(url).context["form"].questions] == ["rating_attitude", "rating_result"]
    assert login("deputy").post(url, {"rating_result": "satisfied"}).status_code == 422
    went(login("deputy").post(url, {"rating_result": "satisfied", "rating_attitude": "satisfied"}))


# --- refusals ---------------------------------------------------------------------------------------------------------------------


def test_what_does_not_fit_says_why(world, login):
    s = world.replied()
    answer = login("clerk").post(f"/suggestions/{s.pk}/close_unrated/")
    assert answer.status_code == 422
    assert "The deputy has until" in body(answer)
    went_back = login("deputy").post(f"/suggestions/{s.pk}/evaluate/", {"rating_result": "dissatisfied", "note": ""})
    assert went_back.status_code == 422
    assert "why you are not satisfied" in body(went_back)


def test_an_account_whose_post_ended_sees_nothing_any_more(world, login):
    s = world.handling()
    client = login("handler")
    end_post(world.actors["handler"].post, actor=SYSTEM, on=clock.today())
    assert client.get(f"/suggestions/{s.pk}/").status_code == 404


# --- history and dates --------------------------------------------------------------------------------------------------------------


def test_a_units_inner_work_is_in_the_history_for_the_unit_alone(world, login):
    s = world.approval()
    operations.send_back(s.assignments.get().replies.get(), actor=world.actors["signer"], note="内部意见。")
    assert "内部意见。" in body(login("handler").get(f"/suggestions/{s.pk}/"))
    for role in ("deputy", "clerk", "leader"):
        assert "内部意见。" not in body(login(role).get(f"/suggestions/{s.pk}/"))


def test_a_unit_that_gave_it_back_reads_nothing_of_the_next_units_inner_work(world, login):
    s = world.return_requested()
    operations.grant_return(s.assignments.get(), actor=world.actors["clerk"])
    operations.assign(s, actor=world.actors["clerk"], unit=world.unit2)
    a = s.assignments.get(unit=world.unit2)
    operations.sign_for(a, actor=world.actors["liaison2"])
    reply = operations.draft_reply(a, actor=world.actors["handler2"], **REPLY)
    operations.record_contact(a, actor=world.actors["handler2"], mode="phone", on=clock.today(), who="代表", content="已说明。")
    operations.request_approval(reply, actor=world.actors["handler2"], note="请领导审阅。")
    assert "请领导审阅。" in body(login("handler2").get(f"/suggestions/{s.pk}/"))
    assert "请领导审阅。" not in body(login("handler").get(f"/suggestions/{s.pk}/"))


@pytest.mark.capability("T3")
def test_every_date_explains_itself(world, login):
    with on(2026, 7, 1):
        s = world.handling()
    page = body(login("deputy").get(f"/clocks/{s.clocks.get(kind='reply').pk}/"))
    for words in ("1 July 2026", "3 months", "1 October 2026", "8 October 2026"):
        assert words in page


# --- what the public reads ----------------------------------------------------------------------------------------------------------


def test_the_public_reads_text_and_reply_of_what_is_published(world, login):
    s = world.published()
    page = body(login("anonymous").get(f"/open/{s.pk}/"))
    for words in (TEXT["title"], TEXT["matter"], TEXT["proposal"], REPLY["text"], "甲市城管局"):
        assert words in page
    said = login("anonymous").get(f"/open/{s.pk}.json").json()
    assert (said["title"], said["state"], said["unit"]) == (TEXT["title"], "Closed", "甲市城管局")


def test_of_progress_alone_the_public_reads_no_text(world, login):
    s = operations.publish(world.closed(may_publish=False), actor=world.actors["clerk"], publicity="progress", note="代表不同意公开全文。")
    page, said = body(login("anonymous").get(f"/open/{s.pk}/")), body(login("anonymous").get(f"/open/{s.pk}.json"))
    assert "代表不同意公开全文。" in page
    for words in (TEXT["matter"], TEXT["proposal"], REPLY["text"]):
        assert words not in page
        assert words not in said


def test_a_withheld_reply_is_not_read_by_the_public_and_its_reason_is(world, login):
    s = world.drafted()
    reply = s.assignments.get().replies.get()
    operations.revise_reply(reply, actor=world.actors["handler"], may_publish=False, withheld_reason="涉及个人信息。")
    operations.request_approval(reply, actor=world.actors["handler"])
    operations.issue(reply, actor=world.actors["signer"])
    operations.publish(s, actor=world.actors["clerk"], publicity="full")
    page = body(login("anonymous").get(f"/open/{s.pk}/"))
    assert "涉及个人信息。" in page
    assert REPLY["text"] not in page
    assert TEXT["matter"] in page


def test_the_public_reads_neither_drafts_of_replies_nor_who_did_what_nor_inner_words(world, login):
    s = world.assigned()
    operations.publish(s, actor=world.actors["clerk"], publicity="full")
    a = s.assignments.get()
    operations.request_return(a, actor=world.actors["liaison"], note="内部推诿的话。")
    operations.refuse_return(a, actor=world.actors["clerk"], note="内部批评的话。")
    operations.sign_for(a, actor=world.actors["liaison"])
    operations.record_contact(a, actor=world.actors["handler"], mode="phone", on=clock.today(), who="代表", content="电话里的话。")
    operations.draft_reply(a, actor=world.actors["handler"], text="还没签发的答复。", result="A")
    page = body(login("anonymous").get(f"/open/{s.pk}/"))
    for words in ("内部推诿的话。", "内部批评的话。", "电话里的话。", "还没签发的答复。"):
        assert words not in page
    for role in ("clerk", "liaison", "handler"):
        assert str(world.actors[role].user.person.name) not in page


def test_what_was_taken_off_is_gone_from_the_public_pages(world, login):
    s = operations.publish(world.published(), actor=world.actors["clerk"], publicity="none", note="含个人信息。")
    for url in (f"/open/{s.pk}/", f"/open/{s.pk}.json"):
        assert login("anonymous").get(url).status_code == 404
    assert TEXT["title"] not in body(login("anonymous").get("/open/"))


@pytest.mark.capability("T4")
def test_no_export_and_no_api_shows_a_rating(world, login):
    world.dissatisfied()
    for role in ("handler", "signer"):
        exported = b"".join(login(role).get("/suggestions/", {"export": "csv"}).streaming_content).decode()
        assert "只修了一半。" not in exported
        assert "只修了一半。" not in body(login(role).get("/api/v1/suggestions/"))


@pytest.mark.capability("T4")
def test_a_unit_cannot_open_or_send_the_form_for_rating(world, login):
    s = world.replied()
    for role in ("liaison", "handler", "signer"):
        assert login(role).get(f"/suggestions/{s.pk}/evaluate/").status_code == 403
        assert login(role).post(f"/suggestions/{s.pk}/evaluate/", {"rating_result": "satisfied"}).status_code == 403
    assert f"/suggestions/{s.pk}/evaluate/" not in body(login("handler").get(f"/suggestions/{s.pk}/"))
