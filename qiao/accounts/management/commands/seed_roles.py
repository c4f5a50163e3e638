"""manage.py seed_roles: make the roles a new installation starts with; safe to repeat.

A role that is there keeps its names and what its administrators have made of it. It gets the permissions that the product gives it
now and never gave it before: those of a new version.
"""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand

from qiao.accounts import operations, queries
from qiao.accounts.models import Role
from qiao.kernel.policy import Actor

SEED = Path(__file__).parents[2] / "seed" / "roles.yaml"


class Command(BaseCommand):
    help = "Make the roles a new installation starts with, and give those that are there what is new in this version; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="Bring every seeded role back to what it came with.")

    def handle(self, *args, **options):
        seeded = yaml.safe_load(SEED.read_text(encoding="utf-8"))
        held = {} if options["reset"] else {role.code: role for role in Role.objects.filter(duty="")}
        changed = [facts for facts in (self._facts(given, held.get(given["code"])) for given in seeded) if facts]
        for facts in changed:
            operations.define_role(None, actor=Actor.system("seed_roles"), **facts)
        if options["verbosity"]:
            self.stdout.write(f"{len(changed)} roles")

    def _facts(self, given, role):
        """What is to be written of a seeded role; nothing if there is nothing new."""
        if role is None:
            return given
        before = queries.seeded_grants(role)
        new = [code for code in given["grants"] if before and code not in before and code not in role.grants]
        return {"code": role.code, "name": role.name, "name_en": role.name_en, "grants": [*role.grants, *new]} if new else None
