"""manage.py seed_roles: make the roles a new installation starts with; safe to repeat: roles that were changed stay as they are."""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand

from qiao.accounts.models import Role
from qiao.accounts.operations import define_role
from qiao.kernel.policy import Actor

SEED = Path(__file__).parents[2] / "seed" / "roles.yaml"


class Command(BaseCommand):
    help = "Make the roles a new installation starts with; safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="Bring every seeded role back to what it came with.")

    def handle(self, *args, **options):
        seeded = yaml.safe_load(SEED.read_text(encoding="utf-8"))
        kept = set() if options["reset"] else set(Role.objects.filter(duty="").values_list("code", flat=True))
        roles = [role for role in seeded if role.get("duty") or role["code"] not in kept]
        for role in roles:
            define_role(None, actor=Actor.system("seed_roles"), **role)
        if options["verbosity"]:
            self.stdout.write(f"{len(roles)} roles")
