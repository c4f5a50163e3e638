"""What is personal shows in the journal only that it changed; every column named like one is looked at."""

import re

from django.apps import apps
from django.db import models

PERSONAL = re.compile(
    r"phone|mobile|telephone|email|mail|password|secret|token|identity|id_card|id_number|born|birth|address|bank|latitude|longitude"
)
OPEN = {
    "accounts.User.password_changed_at": "a day, not the password",
    "accounts.FailedSignIn.address": "where a failed sign-in came from is what the audit is for (GB/T 22239, 8.1.4.3)",
    "accounts.SignedIn.address": "a session is no operation's object",
    "notices.Attempt.address": "masked before it is written; the line itself is the log",
    "orgs.Unit.phone": "the office's telephone, in the public directory",
    "matters.Opinion.contact_phone": "the office's telephone that stands on the opinion",
    "matters.Reply.contact_phone": "the office's telephone that stands on the letter",
}
"""Columns of such a name that the journal keeps, each with the reason."""


def personal():
    """The columns of ours whose name says that they hold something about a person's life, as (column, masked)."""
    for model in apps.get_models():
        if model.__module__.startswith("qiao.") and not model._meta.proxy:
            masked = getattr(model, "journal_masked", frozenset())
            for field in model._meta.concrete_fields:
                plain = isinstance(field, models.BooleanField | models.ForeignKey)
                if PERSONAL.search(field.name) and not plain:
                    yield f"{model._meta.label}.{field.name}", field.name in masked


def test_every_personal_column_is_masked_or_listed_with_the_reason():
    found = dict(personal())
    assert len(found) > 3
    assert {name for name, masked in found.items() if not masked} == set(OPEN)


def test_a_masked_column_exists():
    for model in apps.get_models():
        masked = getattr(model, "journal_masked", frozenset())
        assert masked <= {field.attname for field in model._meta.concrete_fields}, model
