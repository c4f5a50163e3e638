"""manage.py rebuild_search: empty the full-text index and fill it again from the data."""

from django.core.management.base import BaseCommand, CommandError

from qiao.search.operations import SOURCES, rebuild


class Command(BaseCommand):
    help = "Empty the full-text index and fill it again from the data; people find less until it is done."

    def add_arguments(self, parser):
        parser.add_argument("kinds", nargs="*", metavar="kind", help="Only these kinds; without one, all.")

    def handle(self, *args, kinds, **options):
        if unknown := [kind for kind in kinds if kind not in SOURCES]:
            raise CommandError(f"No such kind: {unknown[0]}. There are: {', '.join(sorted(SOURCES)) or 'none'}.")
        for kind in kinds or sorted(SOURCES):
            self.stdout.write(f"{kind} …")
            rebuild(kind, lambda done, kind=kind: self.stdout.write(f"{kind}: {done}"))  # type: ignore[misc]
