"""How the invented deputies work together: groups, attendance at two sessions, leave, one seat being filled and one that will be."""

import datetime as dt
from collections import defaultdict

from qiao.congress import operations as body
from qiao.congress.models import Mandate, MandateState, Session, Term
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress

from .people import People
from .places import Places

SHOWN = ("99", "9901")
"""The congresses whose deputies work in groups and keep sheets: those that the accounts to try belong to."""
SIT = (("第一次全体会议", 1, 0), ("第二次全体会议", 2, -1))
"""The sittings of a session: name, part of the day, day from the first or, below zero, from the last."""
DAY = dt.timedelta(days=1)


def build_bodies(places: Places, people: People, actor: Actor, today: dt.date) -> None:
    """Groups in both shown congresses; in the province sheets, leave, two sessions missed by one deputy, and a by-election."""
    for code in SHOWN:
        _groups(people.deputies[code], people.sessions[code][0].term, actor)
    province, staff = people.deputies["99"], people.staff["99"]
    third, fourth = people.sessions["99"]
    ill, missing = province[7], province[41]
    for session in (third, fourth):
        if session is fourth:
            _on_leave(ill, session, people)
        _sheets(session, missing, staff)
    note = "十四届人大三次、四次会议均未请假、未到会，经核实属实。"
    body.propose_end(missing, actor=staff, on=today - 3 * DAY, decided_by="credentials", reason="absent", note=note)
    first = province[0]
    asking = next(one for one in province[10:] if one.delegation_id == first.delegation_id)
    _next_session(fourth, asking, people, actor, today)
    _by_election(places.congresses["99"], third.term, staff, today)


def _groups(deputies: list[Mandate], term: Term, actor: Actor) -> None:
    """One deputy group for each delegation, one professional group for each profession of which there are several."""
    by_area, by_field = defaultdict(list), defaultdict(list)
    for mandate in deputies:
        by_area[str(mandate.delegation).removesuffix("代表团")].append(mandate)
        by_field[mandate.profession].append(mandate)
    for area, members in by_area.items():
        _group(term, actor, members, kind="area", name=f"{area}代表小组", field=area)
    for field, members in by_field.items():
        if field and len(members) > 3:  # noqa: PLR2004
            _group(term, actor, members, kind="professional", name=f"{field}专业代表小组", field=field)


def _group(term: Term, actor: Actor, members: list[Mandate], **facts: str) -> None:
    group = body.form_group(term, actor=actor, formed_on=term.starts + 40 * DAY, **facts)
    for number, mandate in enumerate(members):
        body.join_group(group, actor=actor, mandate=mandate, rank="member" if number else "convener", on=group.formed_on)


def _on_leave(mandate: Mandate, session: Session, people: People) -> None:
    """A deputy asks some days before the session for leave from its last day, and the head of the delegation approves."""
    head = mandate.delegation.heads.get(rank="head").mandate_id  # type: ignore[union-attr]
    with clock.pretend(dt.datetime.combine(session.opens - 5 * DAY, dt.time(9), clock.now().tzinfo)):
        leave = body.ask_leave(
            mandate, actor=people.actors[mandate.pk], session=session, ground="illness", reason="当日需住院复查。", starts=session.closes
        )
        body.approve_leave(leave, actor=people.actors[head], answer="同意，祝早日康复。")


def _sheets(session: Session, missing: Mandate, staff: Actor) -> None:
    """Everybody came but one, who came to no sitting and had said nothing."""
    for name, part, day in SIT:
        on = session.opens + day * DAY if day >= 0 else session.closes
        sitting = body.hold_sitting(session, actor=staff, name=name, kind="plenary", on=on, part=part)
        on_leave = dict.fromkeys(sitting.lines.filter(mark="leave").values_list("mandate", flat=True), "absent")
        body.take_attendance(sitting, actor=staff, marks={missing.pk: "absent", **on_leave}, rest="present")
        body.close_sheet(sitting, actor=staff)
    body.conclude_attendance(session, actor=staff)


def _next_session(last: Session, mandate: Mandate, people: People, actor: Actor, today: dt.date) -> None:
    """The session being prepared: a deputy of the delegation that the first account heads asks for leave from its first day."""
    opens = last.opens.replace(year=last.opens.year + 1)
    if opens <= today:
        return
    coming = body.convene(last.term, actor=actor, number=last.number + 1, opens=opens, closes=opens + (last.closes - last.opens))
    asking = people.actors[mandate.pk]
    reason = "当日代表省里出席全国会议。"
    body.ask_leave(mandate, actor=asking, session=coming, ground="duty", reason=reason, starts=opens, ends=opens)


def _by_election(congress: Congress, term: Term, staff: Actor, today: dt.date) -> None:
    """Every electing unit has its quota; the first has a seat to fill, and elects in three weeks."""
    units = list(Congress.objects.filter(superior=congress).order_by("area__code"))
    vacant = term.seats - term.mandates.exclude(state=MandateState.ENDED).count()
    for number, unit in enumerate(units):
        held = term.mandates.filter(electing_unit=unit).count()
        body.set_quota(term, actor=staff, electing_unit=unit, seats=held + (vacant if number == 0 else 0))
    body.open_by_election(
        term, actor=staff, electing_unit=units[0], seats=1, candidates_on=today + 14 * DAY, vote_on=today + 21 * DAY
    )  # fmt: skip
