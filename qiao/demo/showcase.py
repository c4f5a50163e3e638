"""The accounts that the demonstration's sign-in page offers, each with what one sees there."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Post
from qiao.kernel.policy import Words


@dataclass(frozen=True)
class Shown:
    """One account to try."""

    login: str
    icon: str
    hint: Words


SHOWN = [
    Shown("deputy-99-1", "user-round", _("Deputy of the province: write, sign jointly, evaluate replies")),
    Shown("staff-99", "clipboard-check", _("Staff of the provincial congress: check, register, assign, publish")),
    Shown("office-99", "network", _("Office of the provincial government: dispatch to the departments, see to them")),
    Shown("liaison-education-99", "inbox", _("Liaison of the education department: sign for, ask for return, draft")),
    Shown("handler-education-99", "pen-line", _("Handler of the education department: contact the deputy, draft replies")),
    Shown("signer-education-99", "stamp", _("Signer of the education department: sign and issue replies")),
    Shown("deputy-9901-1", "user-round", _("Deputy of a city under Shanghai-like rules: two ratings")),
    Shown("staff-9901", "clipboard-check", _("Staff of the city congress")),
    Shown("handler-housing-9901", "pen-line", _("Handler of the city's housing bureau")),
    Shown("staff-990101", "clipboard-check", _("Staff of a district congress")),
    Shown("staff-990101101", "clipboard-check", _("Staff of a township congress: no standing committee there")),
    Shown("leader", "eye", _("Leader: sees all, changes nothing")),
    Shown("admin", "settings", _("System administrator: accounts, directory, rulebook")),
    Shown("security", "shield", _("Security administrator: posts, roles, help sessions")),
    Shown("auditor", "book-open-check", _("Audit administrator: reads the journal, changes nothing")),
]


def shown_posts() -> list[Post]:
    """The posts of the shown accounts, in their order."""
    logins = [shown.login for shown in SHOWN]
    posts = Post.objects.filter(user__login__in=logins).select_related("user__person", "role", "congress", "unit")
    return sorted(posts, key=lambda post: logins.index(post.user.login))
