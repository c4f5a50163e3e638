"""The body of a congress is public; who may change it is said in ``orgs.policy``."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person, Post
from qiao.kernel.policy import Actor, rule, scope
from qiao.orgs.policy import is_below_own, manage, manage_below

from .models import Mandate


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


keep_body = manage & is_of_own_term
keep_rolls = keep_body | (manage_below & is_below_own)
"""Many deputies at once: of one's own congress, or with the permission of one below."""
keep_person = manage & is_in_own_directory


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


@scope("congress.District", public=True)
def districts(actor: Actor) -> Q:
    """Everybody may see electoral districts."""
    return Q()


@scope("congress.Mandate", public=True)
def mandates(actor: Actor) -> Q:
    """Who is a deputy is public by law (代表法 2025, article 58; R5.3); contact data of the person are not part of it."""
    return Q()
