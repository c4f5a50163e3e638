"""The body of a congress is public; who may change it is said in ``orgs.policy``."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Actor, rule, scope
from qiao.orgs.policy import manage


@rule(_("This belongs to another congress."))
def is_of_own_term(actor: Actor, subject: Any) -> bool:
    """The term's congress is the one acted for."""
    term = getattr(subject, "term", subject)
    return term.congress_id in actor.congresses


keep_body = manage & is_of_own_term


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
