"""manage.py reference: write docs/reference anew from the code, or check that it is as the code would have it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qiao.web import reference


class Command(BaseCommand):
    help = "Write docs/reference anew from the code; with --check only say which files are stale."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Change nothing; fail with the list of stale files.")

    def handle(self, *args, check, **options):
        folder = settings.ROOT / reference.FOLDER
        if not check:
            changed = reference.write(folder)
            self.stdout.write(f"{len(changed)} files written" + "".join(f"\n  {name}" for name in changed))
        elif names := reference.stale(folder):
            raise CommandError("Stale: " + ", ".join(f"{reference.FOLDER}/{name}" for name in names) + ". Run bin/docs.")
