"""manage.py load_areas: load the published tree of administrative divisions; safe to repeat."""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qiao.kernel.errors import Unfit
from qiao.kernel.policy import Actor
from qiao.orgs.models import Level
from qiao.orgs.operations import add_area, load_areas
from qiao.orgs.queries import nation
from qiao.orgs.seed import NATION, read_tree

DEFAULT = Path("..") / "shared" / "data" / "areas"
SINCE = dt.date(2023, 1, 1)
FOUNDED = dt.date(1949, 10, 1)


class Command(BaseCommand):
    help = "Load the published tree of administrative divisions down to the townships; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", type=Path, default=DEFAULT, help="Folder with provinces.json … streets.csv.")
        parser.add_argument("--valid-from", type=dt.date.fromisoformat, default=SINCE, help="Day from which the tree stands so.")
        parser.add_argument("--source", default="", help="Where the files come from, for the journal.")

    def handle(self, *args, folder, valid_from, source, **options):
        actor = Actor.system("load_areas")
        try:
            tree = read_tree(folder)
        except Unfit as said:
            raise CommandError(said.reason) from said
        root = nation() or add_area(
            None, actor=actor, code=NATION, name="中华人民共和国", level=Level.NATION, valid_from=FOUNDED, note="load_areas"
        )
        note = f"{source or folder.resolve().name}; {len(tree)} areas as of {valid_from}"
        load_areas(root, actor=actor, note=note, tree=tree, valid_from=valid_from, tell=self._tell)
        self.stdout.write(f"{len(tree)} areas")

    def _tell(self, level, counts):
        self.stdout.write(f"{level}: " + ", ".join(f"{name} {number}" for name, number in counts.items()))
