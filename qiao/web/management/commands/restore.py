"""manage.py restore FILE: bring an installation back from an archive."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from qiao.web import upgrading
from qiao.web.backup import BackupError, restore


class Command(BaseCommand):
    help = "Verify an archive, put it in the place of an empty installation, bring the database up to date and count the rows."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="Put it in the place of the data that is here now.")

    def handle(self, *args, file, force, **options):
        try:
            rows = restore(file, force=force)
        except BackupError as error:
            raise CommandError(str(error)) from error
        upgrading.ended()
        call_command("migrate", verbosity=0)
        self.stdout.write(f"{file}: restored, {sum(rows.values()):,} rows")
