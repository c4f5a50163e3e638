"""Persons and their accounts: opening, closing, the link by which a first password is set, one's own password."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin

from qiao.accounts import policy
from qiao.accounts.models import Activation, Person, User
from qiao.kernel import clock, journal
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, is_system, rule
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress


@rule(_("This is another person's account."))
def is_own_account(actor: Actor, subject: User) -> bool:
    """The account acted on is the one signed in with."""
    return actor.user is not None and actor.user.pk == subject.pk


def initials(name: str) -> str:
    """The initials of a name's pinyin: 张桥生 → zqs."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30].lower()


@operation(Permit("person.add", orgs_policy.keep_directory, _("Add a person")))
def add_person(congress: Congress, *, actor: Actor, name: str, **facts: Any) -> Person:
    """Put a person into the directory of a congress; ``facts`` are the person's other fields."""
    person = Person(name=name.strip(), pinyin=initials(name), **facts)
    person.full_clean()
    person.save()
    return person


@operation(Permit("person.strike", is_system, _("Strike out a person entered by mistake")))
def strike_person(person: Person, *, actor: Actor) -> None:
    """Remove a person to whom nothing belongs; the journal keeps that there was one. Raises ProtectedError where something does."""
    Person.objects.filter(pk=person.pk).delete()


@operation(Permit("people.strike", is_system, _("Strike out many people entered by mistake")))
def strike_people(congress: Congress, *, actor: Actor, people: Sequence[Person]) -> None:
    """Remove many people of a congress's directory to whom nothing belongs, each with its line in the journal: all, or ProtectedError."""
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    journal.record_struck("person.strike", actor, people)


@operation(Permit("user.open", policy.manage_accounts, _("Open an account")))
def open_account(person: Person, *, actor: Actor, login: str, password: str | None = None, congress: Congress | None = None) -> User:
    """Give a person an account, kept by a congress; without a password they cannot sign in until one is set by a link."""
    user = User(login=login.strip(), person=person, congress=congress or (actor.post.congress if actor.post else None))
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.full_clean(exclude={"password"})
    user.save()
    return user


@operation(Permit("user.strike", is_system, _("Strike out an account opened by mistake")))
def strike_account(user: User, *, actor: Actor) -> None:
    """Remove an account that nobody has used. Raises ProtectedError where something belongs to it: such an account is closed instead."""
    if user.last_login or user.has_usable_password():
        raise Unfit(gettext("Not undone: the account is in use. Close it instead."))
    User.objects.filter(pk=user.pk).delete()


@operation(Permit("user.invite", policy.keep_account, _("Make a link to set the password")))
def invite(user: User, *, actor: Actor, note: str) -> None:
    """End the password and all sessions of an account, and every earlier link or slip; the door then shows a new link once."""
    void_slip(user)
    user.set_unusable_password()


@operation(Permit("user.close", policy.keep_account, _("Close the account")))
def close_account(user: User, *, actor: Actor, note: str) -> None:
    """Let a person sign in no longer, nor by a slip; their posts and what they did stay."""
    void_slip(user)
    user.is_active = False


@operation(Permit("user.reopen", policy.keep_account, _("Open the account again")))
def reopen_account(user: User, *, actor: Actor, note: str) -> None:
    """Let a person sign in again."""
    user.is_active = True


@operation(Permit("user.change_password", is_own_account, _("Change the password")))
def change_password(user: User, *, actor: Actor, password: str) -> None:
    """Set a new password for oneself; it must satisfy the validators."""
    take_password(user, password)


def void_slip(user: User) -> None:
    """Let the activation slip of an account, if there is one, open it no more."""
    Activation.objects.filter(user=user).delete()


def take_password(user: User, password: str) -> None:
    """Give a person another password, if the validators take it, and remember the one before; a slip is of no use from then on."""
    validate_password(password, user)
    void_slip(user)
    if user.has_usable_password() and settings.PASSWORD_HISTORY:
        user.passwords.create(hash=user.password)
        kept = user.passwords.order_by("-pk").values_list("pk", flat=True)[: settings.PASSWORD_HISTORY]
        user.passwords.exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.password_changed_at = clock.now()
