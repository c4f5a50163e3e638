"""Verify every journal, from the first seal on; ends with 1 at the first thing that does not hold."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qiao.kernel import seals
from qiao.kernel.models import Seal


class Command(BaseCommand):
    help = "Verifies the journals of all congresses and the installation's own; names the first entry or seal that is not as it was."

    def handle(self, *args: Any, **options: Any) -> None:
        begun, entries, faults = time.monotonic(), 0, []
        for congress in Seal.objects.order_by("congress_id").values_list("congress_id", flat=True).distinct():
            report = seals.verify(congress)
            entries += report.entries
            said = report.fault or f"{report.entries} entries, {report.seals} seals, {report.unsealed} not sealed yet; last {report.digest}"
            self.stdout.write(f"{congress}: {said}")
            faults += [report.fault] if report.fault else []
        taken = max(time.monotonic() - begun, 0.001)
        self.stdout.write(f"{entries} entries in {taken:.1f} s ({entries / taken:.0f} a second)")
        if faults:
            raise CommandError(" ".join(faults))
