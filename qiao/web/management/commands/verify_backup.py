"""manage.py verify_backup FILE: whether an archive is whole, without restoring it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qiao.web.backup import BackupError, verify


class Command(BaseCommand):
    help = "Read an archive to the end and compare every checksum; nothing is written."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            manifest = verify(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: whole, of {manifest['made_at']}, {sum(manifest['rows'].values()):,} rows")
