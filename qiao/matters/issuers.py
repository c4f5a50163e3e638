"""Who may sign a unit's reply: the rank that the rules of the hand-over ask for, and who in the unit has it (R3.41)."""

from django.utils.translation import gettext as _

from qiao.accounts.models import Post, Rank
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed
from qiao.kernel.policy import Actor
from qiao.rulebook.sources import cited
from qiao.rulebook.trace import listed

from .models import Assignment

SIGNS = "suggestion.sign_off"


def rank_asked(assignment: Assignment) -> Rank:
    """The least rank of whoever signs."""
    return Rank(assignment.rules["signer_rank"])


def issuers(assignment: Assignment) -> list[Post]:
    """The unit's posts of today that may sign the reply."""
    held = Post.objects.filter(unit=assignment.unit_id).current(clock.today()).select_related("user__person", "role")
    least = rank_asked(assignment)
    return [post for post in held if SIGNS in post.role.grants and Rank(post.rank).reaches(least)]


def rank_lacking(assignment: Assignment, actor: Actor) -> str:
    """Why this actor may not sign, with the article; empty if they may."""
    if actor.is_system or Rank(actor.post.rank if actor.post else "").reaches(rank_asked(assignment)):
        return ""
    said = {"rank": rank_asked(assignment).label, "article": cited(assignment.rules.source("signer_rank"))}
    return _("Whoever signs the reply needs this rank or a higher one: %(rank)s (%(article)s). Your post has not.") % said


def demand_rank(assignment: Assignment, actor: Actor) -> None:
    """Refuse whoever may not sign."""
    if why := rank_lacking(assignment, actor):
        raise NotAllowed(why)


def who_signs(assignment: Assignment) -> str:
    """Said before it is laid before somebody or signed: of what rank, by which article, and who that is in the unit."""
    rank, article = rank_asked(assignment).label, cited(assignment.rules.source("signer_rank"))
    names = listed([post.user.person.name for post in issuers(assignment)])
    if names:
        return _("Who signs needs this rank or a higher one: %(rank)s (%(article)s). In your unit: %(names)s.") % {
            "rank": rank,
            "article": article,
            "names": names,
        }
    said = _("Who signs needs this rank or a higher one: %(rank)s (%(article)s). Nobody in your unit has it here: ask for it to be set.")
    return said % {"rank": rank, "article": article}
