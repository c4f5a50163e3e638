"""A world with something to show on every page: each suggestion in a state of its own, and one of everything else."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile

from qiao.accounts import operations as accounts
from qiao.accounts.models import Passkey, Post
from qiao.announcements import operations as announcements
from qiao.congress import operations as body
from qiao.congress.cards import token_of
from qiao.imports import operations as imports
from qiao.kernel import clock
from qiao.kernel.models import Entry
from qiao.matters import operations
from qiao.matters.models import Suggestion, Topic
from qiao.notices.models import Channel, Delivery, Notice
from qiao.privacy import operations as privacy
from qiao.rulebook.operations import draft_calendar_year
from tests.world import SINCE, SYSTEM, World, person_with_post

from .people import picture

STATES = (
    "draft", "cosigning", "submitted", "returned", "not_accepted", "registered", "split_asked", "assigned", "objected", "handling",
    "extension_requested", "contacted", "assisted", "separate", "drafted", "approval", "replied", "dissatisfied", "published", "withdrawn",
    "dispatched", "sealed",
)  # fmt: skip
"""Those that set a rule of the congress last."""
TITLES = ("关于进一步优化城市公共交通线网布局、延长夜间末班车运营时间并完善无障碍候车设施的建议", "关于修好灯芯路路灯的建议")
TABLE = "代表证号,姓名,选举单位,性别\n0901,安渡河,甲区人大,女\n0902,白岸柳,不存在的选区,男\n"
DAY = dt.timedelta(days=1)


@dataclass
class Furnished:
    """The suggestions by state, and the arguments of the addresses of all else by the view's name."""

    suggestions: dict[str, Suggestion]
    keys: dict[str, tuple[Any, ...]]


def furnish(world: World) -> Furnished:
    """Fill a new world, and give it somebody of the topmost congress, who keeps the tables of days off. By the product's own operations, but for a passkey and a delivery that failed, which need a device and a gateway."""
    made = {}
    for turn, state in enumerate(STATES):
        made[state] = getattr(world, state)(**({} if state == "dispatched" else {"title": TITLES[turn % 2]}))
    staff = world.actors["clerk"]
    world.actors["topmost"] = person_with_post(world.congress.superior, "sysadmin", "topmost")
    operations.publish(made["handling"], actor=staff, publicity="progress", note="涉及个人隐私，正文不公开。")
    operations.attach(made["draft"], actor=world.actors["deputy"], upload=SimpleUploadedFile("现场.png", picture()))
    operations.ask_confidentiality(made["submitted"], actor=world.actors["deputy"], reason="担心报复。")
    return Furnished(made, {**_matters(made), **_body(world), **_accounts(world), **_around(world)})


def _matters(made: Mapping[str, Suggestion]) -> dict[str, tuple[Any, ...]]:
    """What belongs to a suggestion in the state that has it."""
    reply = made["drafted"].assignments.get().replies.get()
    names = {
        "draft": "edit invite", "handling": "clocks", "replied": "evaluate", "published": "public_copy public_detail",
    }  # fmt: skip
    found = {f"matters:{view}": (made[state].pk,) for state, views in names.items() for view in views.split()}
    contacted = (made["contacted"].assignments.get().pk,)
    return found | {
        "matters:draft_reply": contacted, "matters:rules": contacted, "matters:revise_reply": (reply.pk,),
        "matters:rename_topic": (made["registered"].topic_id or Topic.objects.first().pk,), "matters:why": (made["handling"].clocks.first().pk,), "privacy:open_names": (made["submitted"].pk,),
    }  # fmt: skip


def _body(world: World) -> dict[str, tuple[Any, ...]]:
    """Groups, cards, a by-election; a session under way, with an attendance sheet and a leave."""
    staff, mandate, today = world.actors["clerk"], world.mandates["deputy"], clock.today()
    group = body.form_group(world.term, actor=staff, kind="area", name="城关代表小组", formed_on=SINCE)
    body.join_group(group, actor=staff, mandate=mandate, rank="convener", on=SINCE)
    body.elect_head(mandate.delegation, actor=staff, mandate=mandate, rank="head", on=SINCE)
    card = body.issue_card(mandate, actor=staff, issued_on=today)
    body.set_quota(world.term, actor=staff, electing_unit=mandate.electing_unit, seats=30)
    by_election = body.open_by_election(world.term, actor=staff, electing_unit=mandate.electing_unit, vote_on=today)
    session = body.convene(world.term, actor=staff, number=91, opens=today, closes=today + 2 * DAY)
    sitting = body.hold_sitting(session, actor=staff, name="第一次全体会议", on=today, kind="plenary", part=1)
    leave = body.ask_leave(mandate, actor=world.actors["deputy"], session=session, ground="illness", reason="住院治疗。")
    return {
        "congress:group": (group.pk,), "congress:deputy": (mandate.pk,), "congress:card": (mandate.pk,),
        "congress:check_card": (token_of(card),), "congress:by_election": (by_election.pk,), "congress:unit": (world.unit.pk,),
        "congress:sheet": (sitting.pk,), "congress:print_sheet": (sitting.pk,), "congress:leave": (leave.pk,),
    }  # fmt: skip


def _accounts(world: World) -> dict[str, tuple[Any, ...]]:
    """An account that nobody has opened yet, a passkey, and what a person may ask about the data held."""
    staff, person, user = world.actors["clerk"], world.mandates["deputy"].person, world.actors["signer"].user
    new = accounts.open_account(accounts.add_person(world.congress, actor=SYSTEM, name="闻新来"), actor=SYSTEM, login="newcomer")
    passkey = Passkey.objects.create(user=world.actors["deputy"].user, name="手机", credential_id="a", credential="a")
    body.correct_person(person, actor=staff, phone="13900000054")
    correction = privacy.ask_correction(person, actor=world.actors["deputy"], column="phone", wish="13900000055", reason="换了号码。")
    hold = privacy.place_hold(world.mandates["deputy2"].person, actor=staff, note="审计需要。")
    post = Post.objects.filter(user=user).latest("pk")
    return {
        **{f"accounts:{view}": (user.pk,) for view in ("person", "give", "help")}, "accounts:rank": (post.pk,),
        "accounts:role": (post.role_id,), "accounts:set_password": (new.pk, default_token_generator.make_token(new)),
        "accounts:passkey": (passkey.pk,), "accounts:remove_passkey": (passkey.pk,), "privacy:correction": (correction.pk,),
        "privacy:place_hold": (person.pk,), "privacy:lift_hold": (hold.pk,), "privacy:open": (person.pk, "phone"),
    }  # fmt: skip


def _around(world: World) -> dict[str, tuple[Any, ...]]:
    """An import with errors, a table of days off before it is published, an announcement, a message that did not arrive."""
    staff = world.actors["clerk"]
    run = imports.upload(world.congress, actor=staff, kind="deputies", filename="代表名册.csv", content=TABLE.encode())
    off = [(dt.date(2031, 1, 1), True, "元旦")]
    table = draft_calendar_year(None, actor=SYSTEM, year=2031, source="国办通知", published_on=clock.today(), days=off)
    said = announcements.write(world.congress, actor=staff, audience="deputies", picks=[], title="关于召开座谈会的通知", text="周三九时。")
    notice = Notice.objects.filter(user=world.actors["deputy"].user).latest("pk")
    failed, _new = Delivery.objects.update_or_create(
        notice=notice, channel=Channel.MAIL, defaults={"state": "failed", "error": "550 mailbox unavailable"}
    )
    return {
        "imports:run": (run.pk,), "imports:start": ("deputies",), "matters:table": (table.pk,), "announcements:show": (said.pk,),
        "announcements:edit": (said.pk,), "notices:delivery": (failed.pk,), "rulebook:rule": ("reply_limit",),
        "rulebook:change": ("result_scheme",), "journal:entry": (Entry.objects.latest("pk").pk,),
    }  # fmt: skip
