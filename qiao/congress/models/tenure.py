"""What a deputy is in a delegation or a group: something held from one day to another."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.kernel.models import VisibleQuerySet


class TenureQuerySet(VisibleQuerySet):
    """What deputies hold."""

    def on(self, day: dt.date) -> Self:
        """Those who hold it on a day; whoever was released, or whose mandate ended, does not from that day on."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


class Tenure(models.Model):
    """A rank that a deputy holds from day to day; the model says in what, and which ranks there are."""

    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)
    """The first day on which they no longer hold it."""

    objects = TenureQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.mandate.person.name)  # type: ignore[attr-defined]
