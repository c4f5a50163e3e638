"""The kinds of notices a person can choose about, and what the law has them told whatever they choose."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words


@dataclass(frozen=True)
class Group:
    """Notices that are chosen about together, by the patterns of their codes.

    ``because`` is given where they are service by law and so cannot be switched off; an ``urgent`` one does not wait for the morning.
    """

    key: str
    label: Words
    help: Words
    codes: tuple[str, ...]
    because: Words = ""
    urgent: bool = False


SERVED = _("You are to be told of this by law (Deputies Law, article 51), so it cannot be switched off; it can come once a day.")
DECIDED = _("Decisions on a mandate are made known to those concerned (Deputies Law, articles 61 to 63), so this cannot be switched off.")
GUARDED = _("Whoever answers for the data of a congress must hear of this at once (GB/T 22239-2019, 8.1.4), so it cannot be switched off.")

GROUPS = [
    Group(
        "service", _("Handing over, replies and decisions"),
        _("Who handles a suggestion and until when, the reply, and what was decided about it."),
        tuple(f"suggestion.{name}" for name in (
            "received", "registered", "refused", "given_back", "assigned", "assigned_unit", "assigned_to_assist", "reply_issued",
            "extended", "return_decided", "extension_decided", "objection_answered", "taken_away",
            "confidentiality_decided", "disclosure_asked", "disclosed", "entrusted_signers",
            "rehandling_ordered", "convened", "closed_explained", "withdrawn",
        )), SERVED,
    ),
    Group(
        "signing", _("Joint signing"), _("Invitations to sign, answers to yours, changes of a text you signed."),
        ("suggestion.invited", "suggestion.signature_*", "suggestion.withdrawal_*"),
    ),
    Group(
        "handling", _("Steps of handling"), _("Contacts, opinions of other units, drafts, requests and evaluations on the way."),
        ("suggestion.*",),
    ),
    Group("mandate", _("Mandates and terms"), _("Decisions on a deputy's mandate, by-elections, the end of a term."),
          ("mandate.*", "term.*", "by_election.*"), DECIDED),
    Group("attendance", _("Leave and attendance"), _("Requests for leave, what was decided on them, and absences without approval."),
          ("leave.*", "sitting.*")),
    Group("announcement", _("Announcements"), _("What your congress has to say to many at once."), ("announcement.*",)),
    Group("guard", _("Safety of accounts"), _("Somebody acts in your congress for some hours to help."), ("help.*",), GUARDED, urgent=True),
    Group("other", _("Everything else"), _("Whatever else happens to what you have a part in."), ("*",)),
]  # fmt: skip
"""In the order of the page; a code belongs to the first group that names it."""

BY_KEY = {group.key: group for group in GROUPS}


def group_of(code: str) -> Group:
    """The group a notice's code belongs to."""
    return next(group for group in GROUPS if any(fnmatchcase(code, pattern) for pattern in group.codes))
