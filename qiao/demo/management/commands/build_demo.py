"""manage.py build_demo: build the demonstration in an empty database."""

import time

from django.core.management.base import BaseCommand, CommandError

from qiao.demo.build import SCALES, SMALL, build
from qiao.orgs.models import Congress


class Command(BaseCommand):
    help = "Build the demonstration in an empty database, with progress."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=SCALES, default=SMALL, help="province: 83,000 deputies and 10,000 suggestions, in minutes.")

    def handle(self, *args, scale, **options):
        if Congress.objects.exists():
            raise CommandError("There is data already. Start with an empty folder: bin/demo --data FOLDER")
        began = time.monotonic()
        build(lambda said: self.stdout.write(f"  {time.monotonic() - began:5.1f} s  {said}"), scale)
        self.stdout.write(f"  {time.monotonic() - began:5.1f} s  done")
