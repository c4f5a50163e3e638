"""Persons, accounts and actors to test with."""

from itertools import count

from django.core.management import call_command

from qiao.accounts import operations
from qiao.accounts.actors import actor_in
from qiao.accounts.models import Role
from qiao.kernel.policy import Actor

SYSTEM = Actor.system("tests")
PASSWORD = "shiqiao-2026"
_numbers = count(1)


def person(body, name="张桥生", **facts):
    return operations.add_person(body, actor=SYSTEM, name=name, **facts)


def post(body, role="deputy_affairs", holder=None, unit=None):
    if not Role.objects.exists():
        call_command("seed_roles", verbosity=0)
    user = operations.open_account(holder or person(body), actor=SYSTEM, login=f"user{next(_numbers)}", password=PASSWORD)
    return operations.grant_post(body, actor=SYSTEM, user=user, role=role, unit=unit)


def actor(body, role="deputy_affairs", holder=None, unit=None):
    return actor_in(post(body, role, holder, unit))
