"""manage.py seed_rulebook: load the tables of days off that come with the product; safe to repeat."""

from django.core.management.base import BaseCommand

from qiao.kernel.policy import Actor
from qiao.rulebook import presets, queries
from qiao.rulebook.operations import load_calendar_year


def _is_newer(table: presets.Table, held: presets.Table | None) -> bool:
    """Whether a table is not held yet, or another one that was not published later: what people have uploaded since then stays."""
    return held is None or (held != table and held.published_on <= table.published_on)


class Command(BaseCommand):
    help = "Load the tables of days off that come with the product; safe to repeat."

    def handle(self, *args, **options):
        known = queries.known_tables()
        new = [table for table in presets.tables() if _is_newer(table, known.get(table.year))]
        for table in new:
            load_calendar_year(
                None,
                actor=Actor.system("seed_rulebook"),
                year=table.year,
                source=table.source,
                published_on=table.published_on,
                days=table.days,
            )
        if options["verbosity"]:
            self.stdout.write(f"{len(new)} tables of days off")
