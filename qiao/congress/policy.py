"""The body of a congress is public; who may change it is said in ``orgs.policy``."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person, Post
from qiao.kernel import clock
from qiao.kernel.policy import Actor, permission, rule, scope
from qiao.orgs.models import Congress
from qiao.orgs.policy import is_below_own, is_of_own_congress, manage, manage_below

from .models import UNCONFIRMED, Attendance, Decider, DelegationHead, DelegationStaff, DeputyCard, Leave, Mandate, Sitting


@rule(_("This belongs to another congress."))
def is_of_own_term(actor: Actor, subject: Any) -> bool:
    """The term's congress is the one acted for."""
    term = getattr(subject, "term", subject)
    return term.congress_id in actor.congresses


@rule(_("This person belongs to another congress."))
def is_in_own_directory(actor: Actor, person: Person) -> bool:
    """The person has a mandate of, or a post in, the congress acted for."""
    held = Mandate.objects.filter(person=person, congress__in=actor.congresses).exists()
    return held or Post.objects.filter(user__person=person, congress__in=actor.congresses).exists()


@rule(_("This is another deputy’s mandate."))
def is_own_mandate(actor: Actor, mandate: Mandate) -> bool:
    """The mandate of the person who acts."""
    return mandate.person_id in actor.people


@rule(_("This belongs to another congress."))
def is_card_of_own_term(actor: Actor, card: DeputyCard) -> bool:
    """The card belongs to a mandate of the congress acted for."""
    return card.mandate.congress_id in actor.congresses


keep_body = manage & is_of_own_term
keep_rolls = keep_body | (manage_below & is_below_own)
"""Many deputies at once: of one's own congress, or with the permission of one below."""
keep_card = manage & is_card_of_own_term
keep_person = manage & is_in_own_directory
open_person = permission("person.open", _("Read telephones and identity numbers in full, for a reason")) & is_in_own_directory
decide = permission("mandate.decide", _("Record decisions on mandates and by-elections")) & is_of_own_term
hand_in_resignation = decide | is_own_mandate
"""The deputy's letter, handed in by the deputy or recorded by those it reached (选举法 §55; R5.14)."""

SERVES = "delegation.serve"
serve = permission(SERVES, _("Work for a delegation: check what its deputies submit in session"))


def delegations_served(actor: Actor) -> Any:
    """The delegations that the post acted in works for today: their keys, as a part of a query."""
    return DelegationStaff.objects.filter(post=actor.post and actor.post.pk, ends=None).order_by().values("delegation")


def delegations_headed(actor: Actor) -> Any:
    """The delegations that the person acting heads today, as head or deputy head: their keys, as a part of a query."""
    heading = DelegationHead.objects.on(clock.today()).filter(mandate__person__in=actor.people, mandate__congress__in=actor.congresses)
    return heading.order_by().values("delegation")


KEEPS = "attendance.keep"
keep_sheets = permission(KEEPS, _("Keep attendance at sessions, and record what was decided on leave"))
keep_attendance = keep_sheets & is_of_own_term
keep_attendance_of = keep_sheets & is_of_own_congress
"""Of the congress itself, for a whole table."""


@rule(_("You work for no delegation of this congress."))
def serves_a_delegation(actor: Actor, sitting: Sitting) -> bool:
    """Somebody who works for a delegation of the term."""
    return bool(sitting.term.delegations.filter(pk__in=delegations_served(actor)).exists())


take_attendance = keep_attendance | (serve & serves_a_delegation)
"""Staff record everybody; whoever works for a delegation its deputies, so that a session's sheet is full in minutes."""


@rule(_("This belongs to another congress."))
def is_line_of_own_term(actor: Actor, line: Attendance) -> bool:
    """The line of a sheet of the congress acted for."""
    return line.mandate.congress_id in actor.congresses


mark_line = keep_sheets & is_line_of_own_term
ask_leave = keep_attendance | is_own_mandate
"""The deputy, or staff whom the deputy has told by telephone or letter."""


@rule(_("This leave is decided by the head of the deputy’s delegation, and never by the deputy."))
def decides_leave(actor: Actor, leave: Leave) -> bool:
    """Whoever the rulebook names: a head of the deputy's delegation, else staff record what was decided; nobody on the own leave."""
    if leave.mandate.person_id in actor.people:
        return False
    heads = heads_who_decide(leave)
    if heads:
        return any(head.mandate.person_id in actor.people and head.mandate.congress_id in actor.congresses for head in heads)
    return bool(keep_attendance(actor, leave))


def heads_who_decide(leave: Leave) -> list[DelegationHead]:
    """The heads of the delegation who decide on a leave today; none where another body decides, or nobody but the deputy heads it."""
    if leave.approver != "delegation_head":
        return []
    heads = DelegationHead.objects.on(clock.today()).filter(delegation=leave.mandate.delegation_id)
    return list(heads.exclude(mandate=leave.mandate_id).select_related("mandate"))


@rule(_("This is another deputy’s leave."))
def is_own_leave(actor: Actor, leave: Leave) -> bool:
    """The leave of the person who acts."""
    return leave.mandate.person_id in actor.people


withdraw_leave = keep_attendance | is_own_leave

D = Decider
MOVERS = (D.ELECTING_PRESIDIUM, D.DEPUTIES, D.CHAIRS, D.MEMBERS)
ABSENCES_THAT_END = 2
"""From so many sessions a deputy may be absent without approval before the mandate ends (代表法 §62; R5.12–R5.13)."""
VOTERS_FOR_RECALL = {True: 50, False: 30}
"""How many voters it takes to demand a recall: 50 in a county, 30 in a township (选举法 §50)."""


def deciders(verb: str, congress: Congress) -> tuple[Decider, ...]:
    """Who can have decided a step of a mandate: the law's answer for the congress's level; a township has no standing committee (R2.4)."""
    committee = D.STANDING_COMMITTEE if congress.has_standing_committee else D.PRESIDIUM
    own = (D.STANDING_COMMITTEE,) if congress.has_standing_committee else (D.CONGRESS,)
    direct = congress.elected_directly
    resignation = own if direct else (D.ELECTING_COMMITTEE, D.ELECTING)  # 选举法 §55
    return {
        "confirm": (committee,),  # 选举法 §47
        "invalidate": (committee,),
        "suspend": (D.CREDENTIALS,),  # 代表法 §61
        "lift_suspension": (D.CREDENTIALS,),
        "accept_resignation": resignation,
        "refuse_resignation": resignation,
        "order_resignation": resignation,
        "accept_ordered": resignation,
        "drop_order": resignation,
        "initiate_recall": (D.VOTERS,) if direct else MOVERS,  # 选举法 §§50–51
        "recall": (D.VOTERS,) if direct else (D.ELECTING, D.ELECTING_COMMITTEE),  # 选举法 §53
        "reject_recall": (D.VOTERS,) if direct else (D.ELECTING, D.ELECTING_COMMITTEE),
        "propose_end": (D.CREDENTIALS,),  # 代表法 §63: the credentials committee reports, the standing committee announces
        "end": own,  # 代表法 §63
    }[verb]


@scope("accounts.Person")
def persons(actor: Actor) -> Q:
    """Oneself, and for those who keep the directory the people with a mandate of the congress or a post in it."""
    mine = Q(pk__in=actor.people)
    if "directory.manage" not in actor.grants:
        return mine
    sitting = Mandate.objects.filter(congress__in=actor.congresses).values("person")
    posted = Post.objects.filter(congress__in=actor.congresses).values("user__person")
    return mine | Q(pk__in=sitting) | Q(pk__in=posted)


@scope("congress.Term", public=True)
def terms(actor: Actor) -> Q:
    """Everybody may see terms."""
    return Q()


@scope("congress.Session", public=True)
def sessions(actor: Actor) -> Q:
    """Everybody may see sessions."""
    return Q()


@scope("congress.Delegation", public=True)
def delegations(actor: Actor) -> Q:
    """Everybody may see delegations."""
    return Q()


@scope("congress.DelegationHead", public=True)
def delegation_heads(actor: Actor) -> Q:
    """Everybody may see who heads a delegation."""
    return Q()


@scope("congress.DelegationStaff")
def delegation_staff(actor: Actor) -> Q:
    """One's own, and for those who keep the directory all of the congress."""
    mine = Q(post__user=actor.user)
    return mine | Q(delegation__term__congress__in=actor.congresses) if "directory.manage" in actor.grants else mine


@scope("congress.District", public=True)
def districts(actor: Actor) -> Q:
    """Everybody may see electoral districts."""
    return Q()


@scope("congress.Quota", public=True)
def quotas(actor: Actor) -> Q:
    """Everybody may see how many deputies an electing unit elects."""
    return Q()


@scope("congress.ByElection", public=True)
def by_elections(actor: Actor) -> Q:
    """By-elections are announced."""
    return Q()


@scope("congress.Mandate", public=True)
def mandates(actor: Actor) -> Q:
    """Who is a deputy is public by law (代表法 2025, article 58; R5.3); contact data of the person are not part of it.

    The list is published when the elections were found valid (选举法 §47): until then only the congress and the elected see it.
    """
    published = ~Q(state__in=UNCONFIRMED)
    return published | Q(congress__in=actor.congresses) | Q(person__in=actor.people) if actor.user else published


@scope("congress.DeputyCard")
def deputy_cards(actor: Actor) -> Q:
    """The deputy's own, and all of the congress for those who keep its directory; whoever is shown a card asks by its signed address."""
    mine = Q(mandate__person__in=actor.people)
    return mine | Q(mandate__congress__in=actor.congresses) if "directory.manage" in actor.grants else mine


@scope("congress.MandateDecision")
def mandate_decisions(actor: Actor) -> Q:
    """The deputy concerned, and those who record decisions for the congress; everybody reads only how a mandate ended."""
    mine = Q(mandate__person__in=actor.people)
    return mine | Q(mandate__congress__in=actor.congresses) if "mandate.decide" in actor.grants else mine


def lines_kept_by(actor: Actor) -> Q:
    """The lines of attendance sheets that somebody keeps: all of the congress, or those of the delegation worked for."""
    if actor.is_system:
        return Q()
    kept = Q(mandate__delegation__in=delegations_served(actor)) if SERVES in actor.grants else Q(pk__in=())
    return kept | Q(sitting__session__congress__in=actor.congresses) if KEEPS in actor.grants else kept


@scope("congress.Sitting")
def sittings(actor: Actor) -> Q:
    """Whoever has a post for the congress."""
    return Q(session__congress__in=actor.congresses)


@scope("congress.Attendance")
def attendances(actor: Actor) -> Q:
    """One's own, those of a delegation one heads or works for, and all of the congress for those who keep them."""
    return Q(mandate__person__in=actor.people) | Q(mandate__delegation__in=delegations_headed(actor)) | lines_kept_by(actor)


@scope("congress.Leave")
def leaves(actor: Actor) -> Q:
    """One's own, those of a delegation one heads, and all of the congress for those who record what was decided on them."""
    near = Q(mandate__person__in=actor.people) | Q(mandate__delegation__in=delegations_headed(actor))
    return near | Q(session__congress__in=actor.congresses) if KEEPS in actor.grants else near


@scope("congress.DeputyGroup", public=True)
def deputy_groups(actor: Actor) -> Q:
    """Everybody may see which groups the deputies work in."""
    return Q()


@scope("congress.GroupMember", public=True)
def group_members(actor: Actor) -> Q:
    """Everybody may see who belongs to them."""
    return Q()
