"""The people behind a suggestion, and who may read their names where it is confidential (R3.63)."""

from collections.abc import Collection

from django.db.models import Q

from qiao.accounts.models import Person, User
from qiao.kernel.anonymity import hides
from qiao.kernel.policy import Actor

from .models import Attachment, Confidentiality, Signature, Suggestion


def signers_of(suggestion: Suggestion) -> list[Person]:
    """Its lead deputy and everybody who was asked to sign, whatever they answered."""
    asked = Signature.objects.filter(suggestion=suggestion).order_by("pk").values_list("mandate__person", flat=True)
    return list(Person.objects.filter(Q(pk=suggestion.lead.person_id) | Q(pk__in=list(asked))).order_by("pk"))


def knows(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether its names may stand on a page of this reader without a reason given: they are one's own, or nothing is confidential."""
    if not suggestion.is_confidential or suggestion.lead.person_id in actor.people:
        return True
    return Signature.objects.filter(suggestion=suggestion, mandate__person__in=actor.people).exclude(state="revoked").exists()


@hides("suggestion", columns={"lead_id", "mandate_id", "party"})
def hidden_accounts(numbers: Collection[int] | None) -> dict[int, set[int]]:
    """Of confidential suggestions, these or all, the accounts of everybody who was asked to sign: never many."""
    rows = Suggestion.objects.exclude(confidentiality=Confidentiality.NONE)
    found = dict((rows if numbers is None else rows.filter(pk__in=numbers)).order_by().values_list("pk", "lead__person"))
    asked = Signature.objects.filter(suggestion__in=found).order_by().values_list("suggestion", "mandate__person") if found else []
    people: dict[int, set[int]] = {pk: {lead} for pk, lead in found.items()}
    for pk, person in asked:
        people[pk].add(person)
    accounts = dict(User.objects.filter(person__in=set().union(*people.values())).values_list("person", "pk")) if people else {}
    return {pk: {accounts[person] for person in who if person in accounts} for pk, who in people.items()}


@hides("storedfile", columns={"uploaded_by_id", "name"})
def hidden_uploads(numbers: Collection[int] | None) -> dict[int, set[int]]:
    """The same of the files that were attached to their texts."""
    rows = Attachment.objects.filter(reply=None).exclude(suggestion__confidentiality=Confidentiality.NONE)
    found = dict((rows if numbers is None else rows.filter(file__in=numbers)).order_by().values_list("file", "suggestion"))
    accounts = hidden_accounts(set(found.values())) if found else {}
    return {file: accounts.get(suggestion, set()) for file, suggestion in found.items()}
