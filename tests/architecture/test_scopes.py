"""Every model says who may see its rows; nobody sees nothing, and one without a post sees nothing either."""

import datetime as dt

import pytest
from django.apps import apps

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_for
from qiao.accounts.models import Passkey
from qiao.announcements import operations as announcements
from qiao.congress import operations as body
from qiao.imports import operations as imports
from qiao.jobs.tasks import clear
from qiao.kernel import clock, jobs, seals
from qiao.kernel.policy import SCOPES, Actor
from qiao.matters import operations
from qiao.notices import operations as notices
from qiao.notices.models import Attempt, Delivery, Digest, Refusal
from qiao.orgs import operations as orgs
from qiao.orgs.models import OrganKind
from qiao.privacy import operations as privacy
from qiao.rulebook.operations import draft_calendar_year
from qiao.saved_views.operations import save_view
from qiao.search.operations import rebuild
from tests.files.factories import pdf, upload
from tests.world import SINCE, SYSTEM, rule

UNSCOPED = {
    "accounts.SignedIn": "a session is its holder's, who sees their own on “My account”",
    "accounts.FailedSignIn": "failures are counted, and read in the journal",
    "accounts.PastPassword": "hashes are compared, never shown",
    "accounts.Activation": "a slip's mark is compared at the door; the list of accounts says only until when it holds",
    "accounts.ProviderIdentity": "who a person is at the sign-in service is asked at the door, and told to its holder alone",
    "accounts.Factor": "a second factor is used by its holder, never shown",
    "kernel.Sending": "marks of forms are compared, never shown",
    "kernel.Beat": "workers are no one's; the page of background work shows the living ones",
    "kernel.Tick": "the schedule's moments are read by workers alone",
}
"""Models without a scope, with the reason: ``visible_to`` raises for them, so no page can list them."""

PUBLIC = {
    "orgs.Area": "areas are published facts",
    "orgs.Congress": "congresses are public bodies",
    "orgs.Organ": "so are their organs",
    "orgs.Unit": "and the units answerable to them",
    "congress.Term": "terms are public",
    "congress.Session": "sessions are public",
    "congress.Delegation": "delegations are public",
    "congress.DelegationHead": "so is who heads them",
    "congress.DeputyGroup": "so are the groups in which deputies work",
    "congress.GroupMember": "and who belongs to them",
    "congress.District": "electoral districts are public",
    "congress.Quota": "so is how many deputies each electing unit elects",
    "congress.ByElection": "by-elections are announced",
    "congress.Mandate": "who is a deputy is public by law (代表法 2025, article 58)",
    "rulebook.Provision": "rules are public",
    "rulebook.CalendarYear": "tables of days off are published",
    "rulebook.CalendarDay": "so are their days",
}
"""What a scope shows to everybody, with the reason."""

OWN = {"accounts.Person": "oneself", "accounts.User": "one's own account"}
"""What a person without a post sees nevertheless: nothing but this."""


def ours():
    return {model._meta.label: model for model in apps.get_models() if model.__module__.startswith("qiao.")}


@pytest.fixture
def rows(world, settings):
    """At least one row of every model, published and not, of this congress and of the other."""
    clerk, deputy = world.actors["clerk"], world.actors["deputy"]
    operations.redact(world.published(), actor=clerk, place="matter", passage="路灯", ground="privacy")
    for brought in (
        world.drafted,
        world.met,
        world.opined,
        world.escalated,
        world.split_asked,
        world.extension_requested,
        world.objected,
        world.answered_together,
    ):
        brought()
    world.paused()
    with clock.pretend(clock.now() + dt.timedelta(days=100)):
        operations.remind_due()
    signed = world.signed_jointly()
    operations.attach(signed, actor=deputy, upload=upload(pdf()))
    operations.add_topic(world.congress, actor=clerk, name="城乡建设")
    orgs.add_organ(world.congress, actor=clerk, name="甲市人民政府", kind=OrganKind.values[0])
    body.draw_district(world.term, actor=SYSTEM, name="第一选区")
    delegation = world.mandates["deputy"].delegation
    body.elect_head(delegation, actor=clerk, mandate=world.mandates["deputy"], rank="head", on=SINCE)
    group = body.form_group(world.term, actor=clerk, kind="area", name="城关代表小组", formed_on=SINCE)
    body.join_group(group, actor=clerk, mandate=world.mandates["deputy"], rank="member", on=SINCE)
    rule(world, "allow_delegation_suggestion", True)
    operations.record_discussion(world.draft(for_delegation=True), actor=deputy, on=clock.today(), present=1, in_favour=1)
    county = world.mandates["deputy"].electing_unit
    body.set_quota(world.term, actor=SYSTEM, electing_unit=county, seats=5)
    body.open_by_election(world.term, actor=clerk, electing_unit=county, vote_on=SINCE)
    body.issue_card(world.mandates["deputy2"], actor=clerk, issued_on=SINCE)
    body.order_resignation(world.mandates["deputy3"], actor=clerk, on=SINCE, decided_by="electing_committee", note="不履行代表职务。")
    body.convene(world.term, actor=SYSTEM, number=1, opens=SINCE, closes=SINCE + dt.timedelta(days=5))
    session = body.convene(world.term, actor=SYSTEM, number=2, opens=clock.today(), closes=clock.today())
    body.hold_sitting(session, actor=clerk, name="第一次全体会议", kind="plenary", on=clock.today(), part=1)
    body.ask_leave(world.mandates["deputy"], actor=clerk, session=session, ground="illness", reason="住院。")
    off = [(dt.date(2027, 1, 1), True, "元旦")]
    draft_calendar_year(None, actor=SYSTEM, year=2027, source="测试", published_on=dt.date(2026, 11, 20), days=off)
    rule(world, "sign_limit", {"n": 5, "unit": "working_days"})
    imports.upload(world.congress, actor=clerk, kind="units", filename="units.csv", content="名称\n甲市水务局\n".encode())
    body.correct_person(world.mandates["deputy"].person, actor=clerk, phone="13800000000")
    privacy.open_value(world.mandates["deputy"].person, actor=clerk, column="phone", purpose="contact", note="约定走访。")
    privacy.ask_correction(world.mandates["deputy"].person, actor=deputy, column="work_unit", wish="新单位")
    privacy.place_hold(world.mandates["deputy"].person, actor=clerk, note="审计需要。")
    privacy.dispose(clerk.post.congress, actor=Actor.system("test"), kind="reading")
    jobs.begin(clerk, "Checking")
    announcements.write(world.congress, actor=clerk, title="通知", text="……", audience="deputies", picks=[])
    wish = {"mail": {"signing": "daily"}, "wecom": {"signing": "now"}}
    notices.prefer(deputy.user, actor=deputy, choices=wish, addresses={"wecom": "robot"}, quiet="none")
    Attempt.objects.create(delivery=Delivery.objects.filter(notice__user=deputy.user).first(), outcome="skipped")
    Digest.objects.create(user=deputy.user, day=SINCE)
    save_view(clerk.user, actor=clerk, name="超期", address="/suggestions/?view=overdue", shared=True)
    Passkey.objects.create(user=deputy.user, name="手机", credential_id="one", credential="one")
    Refusal.objects.create(user=deputy.user, address="deputy@example.cn", reason="550")
    seals.seal_waiting()
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    jobs.enqueue(clear)
    rebuild("suggestion", lambda done: None)
    return world


@pytest.fixture
def without_post(rows):
    """A person with an account and no post."""
    person = accounts.add_person(rows.congress, actor=SYSTEM, name="无职者")
    return actor_for(accounts.open_account(person, actor=SYSTEM, login="without"), [], None)


def seen_by(actor):
    """The labels of the models of which an actor sees rows, with the rows."""
    return {label: found for label in SCOPES if (found := list(apps.get_model(label).objects.visible_to(actor)))}


def test_every_model_has_a_scope_or_is_listed_with_the_reason():
    assert set(ours()) - set(SCOPES) == set(UNSCOPED)


def test_every_scope_is_of_a_model():
    assert set(SCOPES) <= set(ours())


def test_nobody_sees_nothing_but_what_is_public(rows):
    empty = {label for label in SCOPES if not apps.get_model(label).objects.exists()}
    assert empty == set(), "without rows a scope proves nothing"
    assert set(seen_by(Actor())) == set(PUBLIC)


def test_a_person_without_a_post_sees_what_is_public_and_themselves(without_post):
    seen = {label: found for label, found in seen_by(without_post).items() if label not in PUBLIC}
    own = {"accounts.Person": list(without_post.people), "accounts.User": [without_post.user.pk]}
    assert {label: [row.pk for row in found] for label, found in seen.items()} == own
    assert set(seen) == set(OWN)


def test_the_other_congress_sees_nothing_of_a_suggestion(rows):
    for role in ("other_clerk", "other_deputy", "other_liaison"):
        inside = {label for label in seen_by(rows.actors[role]) if label.startswith(("matters.", "imports.", "files.", "notices."))}
        assert inside == set(), role


def test_a_model_without_a_scope_cannot_be_listed():
    unscoped = [model for label, model in ours().items() if label in UNSCOPED]
    assert unscoped
    for model in unscoped:
        assert not hasattr(model._default_manager, "visible_to") or pytest.raises(KeyError, model._default_manager.visible_to, Actor())
