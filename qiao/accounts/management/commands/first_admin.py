"""manage.py first_admin: appoint an administrator of a congress without a shell; prints the link to set the password."""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from qiao.accounts.models import Role, User
from qiao.accounts.operations import add_person, grant_post, invite, open_account
from qiao.kernel.errors import Refused
from qiao.kernel.policy import Actor
from qiao.orgs.codes import area_code
from qiao.orgs.models import Congress
from qiao.orgs.operations import found_congress


class Command(BaseCommand):
    help = (
        "Appoint an administrator of a congress: three persons, one for each duty. Prints a link by which the person sets a password. "
        "In an empty installation it sets up the first congress; everything else is then done in the browser."
    )

    def add_arguments(self, parser):
        parser.add_argument("area", help="Code of the congress's area, such as 310101.")
        parser.add_argument("role", choices=["sysadmin", "secadmin", "auditadmin"], help="The duty.")
        parser.add_argument("login", help="The sign-in name; an existing account gets the post and keeps its person.")
        parser.add_argument("--name", default="", help="The person's name, for a new account.")
        parser.add_argument("--place", default="", help="Name of the area, for the first congress where no areas are loaded.")
        parser.add_argument("--site", default="", help="Address before the link, such as https://qiao.example.org.")

    def handle(self, *args, **options):
        if not Role.objects.exists():
            raise CommandError("There are no roles yet: run manage.py seed_roles first.")
        try:
            with transaction.atomic():
                user = self.appointed(self.congress(options["area"], options["place"]), **options)
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        except ValidationError as invalid:
            raise CommandError(" ".join(invalid.messages)) from invalid
        self.stdout.write(options["site"] + reverse("accounts:set_password", args=[user.pk, default_token_generator.make_token(user)]))

    def congress(self, code, place):
        """The congress of the area; where there is none at all yet, the first."""
        congress = Congress.objects.filter(area__code=area_code(code)).first()
        if congress is None and Congress.objects.exists():
            raise CommandError(f"There is no congress of the area {code}.")
        return congress or found_congress(None, actor=Actor.system("first_admin"), code=code, area_name=place)

    def appointed(self, congress, *, role, login, name, **_more):
        """The person's account with the post, and no password."""
        actor = Actor.system("first_admin")
        user = User.objects.filter(login=login).first()
        if user is None:
            if not name.strip():
                raise CommandError("Give the person's name with --name.")
            user = open_account(add_person(congress, actor=actor, name=name), actor=actor, login=login, congress=congress)
        grant_post(congress, actor=actor, user=user, role=role)
        return invite(user, actor=actor, note="first_admin")
