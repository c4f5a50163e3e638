"""manage.py backup FOLDER: the whole installation in one verified file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qiao.web.backup import BackupError, backup, verify


class Command(BaseCommand):
    help = "Write database and uploaded files into one archive in FOLDER and read it again to verify it."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        try:
            path = backup(folder)
            manifest = verify(path)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{path}: {path.stat().st_size:,} bytes, {rows:,} rows, {len(manifest['sums']) - 1} files, verified")
