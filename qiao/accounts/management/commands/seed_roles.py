"""manage.py seed_roles: make the roles a new installation starts with; safe to repeat."""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand

from qiao.accounts.operations import define_role
from qiao.kernel.policy import Actor

SEED = Path(__file__).parents[2] / "seed" / "roles.yaml"


class Command(BaseCommand):
    help = "Make the roles a new installation starts with; safe to repeat."

    def handle(self, *args, **options):
        roles = yaml.safe_load(SEED.read_text(encoding="utf-8"))
        for role in roles:
            define_role(None, actor=Actor.system("seed_roles"), **role)
        if options["verbosity"]:
            self.stdout.write(f"{len(roles)} roles")
