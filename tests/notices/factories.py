"""People who are told, and what they are told about."""

import datetime as dt
from typing import Any

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.accounts.models import Person, User
from qiao.kernel.policy import Actor
from qiao.notices import operations
from qiao.notices.models import Notice
from qiao.orgs import operations as orgs
from qiao.orgs.models import Congress, Level
from qiao.rulebook.operations import set_provision

SYSTEM = Actor.system("test.given")


def congress() -> Congress:
    """The congress of a county."""
    area = orgs.add_area(None, actor=SYSTEM, code="990101", name="桥东县", level=Level.COUNTY, valid_from="2023-01-01")
    made = orgs.add_congress(area, actor=SYSTEM, name="桥东县人民代表大会", short_name="桥东县")
    quiet(made, "none", "2023-01-01")  # so that no test depends on the hour at which it is run
    return made


def quiet(of: Congress, code: str, since: str = "2026-01-01") -> None:
    """The quiet hours of a congress from a day on."""
    set_provision(of, actor=SYSTEM, key="quiet_hours", value=code, source="测试", valid_from=dt.date.fromisoformat(since))


def member(of: Congress, login: str, language: str = "zh-hans", email: str | None = None) -> Actor:
    """Somebody with a post in the congress, who reads a language and has an address."""
    person = accounts.add_person(of, actor=SYSTEM, name="王小桥", email=f"{login}@example.cn" if email is None else email)
    user = accounts.open_account(person, actor=SYSTEM, login=login)
    User.objects.filter(pk=user.pk).update(language=language)
    user.refresh_from_db()
    accounts.define_role(None, actor=SYSTEM, code="member", name="成员", name_en="Member", grants=[])
    return actor_in(accounts.grant_post(of, actor=SYSTEM, user=user, role="member"))


def keeper(of: Congress) -> Actor:
    """Who looks after the sending in the congress."""
    person = accounts.add_person(of, actor=SYSTEM, name="李看")
    user = accounts.open_account(person, actor=SYSTEM, login="keeper")
    accounts.define_role(None, actor=SYSTEM, code="keeper", name="看管", name_en="Keeper", grants=["delivery.manage"])
    return actor_in(accounts.grant_post(of, actor=SYSTEM, user=user, role="keeper"))


def crowd(number: int) -> list[User]:
    """Many accounts with addresses, quickly."""
    people = Person.objects.bulk_create(Person(name=f"代表{n}", email=f"p{n}@example.cn") for n in range(number))
    return User.objects.bulk_create(User(login=f"p{n}", person=person, password="!") for n, person in enumerate(people))


def told(*actors: Actor | User, by: Actor = SYSTEM, number: int = 7, **more: Any) -> list[Notice]:
    """Tell people that a suggestion was assigned."""
    given: dict[str, Any] = {
        "code": "suggestion.assign",
        "template": "tests/notices/assigned.txt",
        "context": {"number": number, "title": "修建<人行>桥 & 护栏"},
        "url": f"/suggestions/{number}/",
        "trail": f"suggestion:{number}",
        "actor": by,
    }
    return operations.tell([a.user if isinstance(a, Actor) else a for a in actors], **given | more)
