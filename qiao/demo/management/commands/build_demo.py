"""manage.py build_demo: build the demonstration in an empty database."""

import time

from django.core.management.base import BaseCommand, CommandError

from qiao.demo.build import build
from qiao.orgs.models import Congress


class Command(BaseCommand):
    help = "Build the demonstration in an empty database, with progress."

    def handle(self, *args, **options):
        if Congress.objects.exists():
            raise CommandError("There is data already. Start with an empty folder: bin/demo --data FOLDER")
        began = time.monotonic()
        build(lambda said: self.stdout.write(f"  {time.monotonic() - began:5.1f} s  {said}"))
        self.stdout.write(f"  {time.monotonic() - began:5.1f} s  done")
