"""Everything that can be done to persons, accounts, roles and posts."""

import datetime as dt
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypinyin import Style, lazy_pinyin

from qiao.kernel import clock
from qiao.kernel.errors import Unfit
from qiao.kernel.operation import Permit, operation
from qiao.kernel.policy import Actor, rule
from qiao.orgs import policy as orgs_policy
from qiao.orgs.models import Congress, Unit

from . import policy
from .models import Person, Post, Role, User


@rule(gettext_lazy("Only the system does this."))
def is_system(actor: Actor, subject: Any) -> bool:
    """Never true for a person: the kernel lets the system pass before it asks."""
    return False


@rule(gettext_lazy("This is another person's account."))
def is_own_account(actor: Actor, subject: User) -> bool:
    """The account acted on is the one signed in with."""
    return actor.user is not None and actor.user.pk == subject.pk


def initials(name: str) -> str:
    """The initials of a name's pinyin: 张桥生 → zqs."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30].lower()


@operation(Permit("person.add", orgs_policy.keep_directory, gettext_lazy("Add a person")))
def add_person(congress: Congress, *, actor: Actor, name: str, **facts: Any) -> Person:
    """Put a person into the directory of a congress; ``facts`` are the person's other fields."""
    person = Person(name=name.strip(), pinyin=initials(name), **facts)
    person.full_clean()
    person.save()
    return person


@operation(Permit("person.strike", is_system, gettext_lazy("Strike out a person entered by mistake")))
def strike_person(person: Person, *, actor: Actor) -> None:
    """Remove a person to whom nothing belongs; the journal keeps that there was one. Raises ProtectedError where something does."""
    Person.objects.filter(pk=person.pk).delete()


@operation(Permit("user.open", policy.manage, gettext_lazy("Open an account")))
def open_account(person: Person, *, actor: Actor, login: str, password: str | None = None) -> User:
    """Give a person an account; without a password they cannot sign in until one is set."""
    user = User(login=login, person=person)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.full_clean(exclude={"password"})
    user.save()
    return user


@operation(Permit("user.change_password", is_own_account, gettext_lazy("Change the password")))
def change_password(user: User, *, actor: Actor, password: str) -> None:
    """Set a new password for oneself; it must satisfy the validators."""
    validate_password(password, user)
    user.set_password(password)


@operation(Permit("post.grant", policy.keep_posts, gettext_lazy("Give a post")))
def grant_post(congress: Congress, *, actor: Actor, user: User, role: str, unit: Unit | None = None, starts: dt.date | None = None) -> Post:
    """Let a person act in a role for the congress, or for one of its units, from a day on (default: today)."""
    if unit and unit.congress_id != congress.pk:
        raise Unfit(_("The unit belongs to another congress."))
    post = Post(user=user, role=Role.objects.get(code=role), congress=congress, unit=unit, starts=starts or clock.today())
    post.full_clean()
    post.save()
    return post


@operation(Permit("post.end", policy.keep_posts, gettext_lazy("End a post")))
def end_post(post: Post, *, actor: Actor, on: dt.date | None = None) -> None:
    """Let a post end on a day (default: today)."""
    post.ends = on or clock.today()


@operation(Permit("role.define", is_system, gettext_lazy("Define a role")))
def define_role(subject: None, *, actor: Actor, code: str, name: str, name_en: str, grants: list[str]) -> Role:
    """Make a role, or give an existing one these names and permissions."""
    role, _made = Role.objects.update_or_create(code=code, defaults={"name": name, "name_en": name_en, "grants": grants})
    return role
