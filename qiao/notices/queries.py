"""Reads that pages need."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from qiao.kernel.policy import Actor

from .models import Notice

COUNT_LIMIT = 100
"""Nobody reads a larger number; counting stops there."""


def unread_count(user: Any) -> int:
    """How many unread notices a person has, at most 100."""
    return Notice.objects.filter(user=user, read_at=None).order_by()[:COUNT_LIMIT].count()


def mine(actor: Actor) -> QuerySet[Notice]:
    """An actor's notices, each knowing whether it ``is_read``, to order by."""
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    rows: QuerySet[Notice] = Notice.objects.visible_to(actor).annotate(is_read=is_read)
    return rows
