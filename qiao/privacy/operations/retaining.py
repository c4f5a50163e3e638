"""Data whose term is over are deleted or cleared, a part at a time; a hold keeps a person's beyond it."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Person
from qiao.congress.policy import keep_person
from qiao.kernel import clock
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system
from qiao.notices.models import Address, Attempt, Delivery
from qiao.orgs.models import Congress
from qiao.orgs.policy import keep_directory
from qiao.rulebook.queries import rules_for
from qiao.rulebook.rules import Rules

from ..models import Disposal, Hold
from ..retention import BY_KEY, CONTACT, KINDS, Due, Kind, due, still_wanted

PART = 500
"""Rows of one kind in one transaction."""
CONGRESSES = 50
"""Congresses in one run of the job."""


@operation(Permit("person.forget", is_system, _("Clear contact data whose term is over")))
def forget(person: Person, *, actor: Actor) -> None:
    """Clear telephone, identity number and every address of a former deputy or office holder (个人信息保护法 §47)."""
    Address.objects.filter(user__person=person).delete()
    for name in CONTACT:
        setattr(person, name, "")


@operation(Permit("retention.dispose", is_system, _("Delete what has served its purpose")))
def dispose(congress: Congress, *, actor: Actor, kind: str) -> Disposal:
    """Delete or clear the next rows of a kind whose term is over; the journal keeps how many, never what."""
    rows = due(BY_KEY[kind], congress, rules_for(congress, clock.today()))
    made = Disposal(kind=kind, congress=None if BY_KEY[kind].is_installations else congress, count=_DEEDS.get(kind, _delete)(rows, actor))
    made.save()
    return made


def _delete(rows: Due, _actor: Actor) -> int:
    pks = list(rows.values_list("pk", flat=True)[:PART])
    rows.model._default_manager.filter(pk__in=pks).delete()
    return len(pks)


def _delete_notices(rows: Due, actor: Actor) -> int:
    pks = list(rows.values_list("pk", flat=True)[:PART])
    Attempt.objects.filter(delivery__notice__in=pks).delete()
    Delivery.objects.filter(notice__in=pks).delete()
    return _delete(rows, actor)


def _clear_reasons(rows: Due, _actor: Actor) -> int:
    pks = list(rows.values_list("pk", flat=True)[:PART])
    return int(rows.model._default_manager.filter(pk__in=pks).update(reason=""))


def _forget(rows: Due, actor: Actor) -> int:
    """Whom another congress keeps for longer is passed over."""
    last, count = 0, 0
    while count < PART and (people := list(rows.filter(pk__gt=last)[:PART])):
        last, kept = people[-1].pk, still_wanted(people)
        for person in people:
            if person.pk not in kept:
                forget(person, actor=actor)
                count += 1
    return count


_DEEDS: dict[str, Callable[[Due, Actor], int]] = {"contact": _forget, "leave": _clear_reasons, "notice": _delete_notices}
"""What is done with each kind; the others are deleted."""


def dispose_due(after: int = 0) -> int:
    """What is due in the next congresses, and before the first what is the installation's; returns the last of them, 0 at the end."""
    congresses = list(Congress.objects.filter(pk__gt=after).order_by("pk")[:CONGRESSES])
    for number, congress in enumerate(congresses):
        rules = rules_for(congress, clock.today())
        for kind in KINDS:
            if not kind.is_installations or not (after or number):
                _dispose_all(kind, congress, rules)
    return congresses[-1].pk if len(congresses) == CONGRESSES else 0


def _dispose_all(kind: Kind, congress: Congress, rules: Rules) -> None:
    while due(kind, congress, rules).exists():
        if not dispose(congress, actor=Actor.system("retention"), kind=kind.key).count:
            return  # what is left is kept by another congress


@operation(Permit("hold.place", keep_person, _("Keep a person’s data beyond their term")))
def place_hold(person: Person, *, actor: Actor, note: str) -> Hold:
    """For a lawsuit, an inquiry or an audit; ``note`` says which."""
    made = Hold(person=person, congress=actor.post.congress, reason=note.strip())
    made.full_clean()
    made.save()
    return made


@operation(Permit("hold.lift", keep_directory, _("End the hold")))
def lift_hold(hold: Hold, *, actor: Actor, note: str) -> None:
    """The reason is gone; the terms count again."""
    hold.lifted_at = clock.now()
