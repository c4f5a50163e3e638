"""manage.py upgrade FOLDER: from the version before to this one, a verified backup in FOLDER first; --new: the first installation."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from qiao.web import upgrading
from qiao.web.backup import BackupError, backup, verify


class Command(BaseCommand):
    help = "Back up and verify, bring tables, roles, tables of days off and styles to this version, and see whether it works."
    requires_system_checks = ()

    def add_arguments(self, parser):
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("folder", type=Path, nargs="?", help="Where the backup goes.")
        where.add_argument("--new", action="store_true", help="There is nothing to back up yet: the first installation.")

    def handle(self, *args, folder, new, **options):
        if obstacles := upgrading.obstacles(None if new else folder):
            raise CommandError("\n".join([*obstacles, "Nothing was changed."]))
        back = "" if new else self._backup(folder)
        try:
            self._bring_up()
            faults = upgrading.faults()
        except Exception as error:
            raise CommandError(f"Stopped: {error}\nMend that and run it again.\n{back}") from error
        if faults:
            raise CommandError("All steps are done, but not all is well: " + "; ".join(faults) + f".\n{back}")
        upgrading.ended()
        self.stdout.write(f"Done, and all is well.\n{back}")

    def _backup(self, folder):
        """Make the backup; how one goes back with it."""
        self.stdout.write("· backup")
        try:
            path = backup(folder)
            manifest = verify(path)
        except (BackupError, OSError) as error:
            raise CommandError(f"There is no backup, so nothing was changed: {error}") from error
        self.stdout.write(f"· {path}: {sum(manifest['rows'].values()):,} rows, {len(manifest['sums']) - 1} files, verified")
        first = upgrading.begun(path.resolve())
        again = "" if first == path.resolve() else f" ({path} is of the upgrade half done)"
        return f"To go back: put the version before in its place again and run there: bin/restore {first} --force{again}"

    def _bring_up(self):
        for said, command, more in [
            ("tables", "migrate", {}),
            ("roles", "seed_roles", {}),
            ("tables of days off", "seed_rulebook", {}),
            ("styles and scripts", "collectstatic", {"interactive": False}),
        ]:
            self.stdout.write(f"· {said}")
            call_command(command, verbosity=0, **more)
