"""The table of accounts: who may sign in, brought by whoever keeps the accounts. Posts are another table and another administrator's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts import operations as accounts
from qiao.accounts import policy
from qiao.accounts.models import Person, User
from qiao.imports import parsers
from qiao.imports.importer import Action, Cells, Field, Importer, RowPlan, declare
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.orgs.models import Congress
from qiao.orgs.policy import is_of_own_congress

from .. import operations
from ..models import Mandate
from ..queries import term_on
from .deputies.planning import is_same
from .words import shown

CONTACT = ("phone", "email")
LOGIN = Field(
    "login",
    gettext_lazy("Sign-in name"),
    parsers.sign_in_name,
    required=True,
    example="zhangqiaosheng",
    also=("登录名", "账号", "帐号", "用户名"),
    help=gettext_lazy("Letters and digits that nobody else uses in this installation; by it an account is found again."),
)
NAME = Field("name", gettext_lazy("Name"), parsers.words(60), required=True, example="张桥生", also=("姓名",))
ACCOUNT_COLUMNS = (
    LOGIN,
    NAME,
    Field(
        "card_no",
        gettext_lazy("Deputy card number"),
        parsers.words(20),
        example="0101",
        also=("代表证号", "代表证编号", "证号"),
        help=gettext_lazy("Of a deputy: the account is opened for the deputy of the current term with this card."),
    ),
    Field(
        "born_on",
        gettext_lazy("Date of birth"),
        parsers.day,
        also=("出生日期",),
        help=gettext_lazy("Of somebody who is in the directory already: tells namesakes apart."),
    ),
    Field(
        "phone",
        gettext_lazy("Telephone"),
        parsers.or_masked(parsers.phone),
        example="13800000000",
        also=("联系电话", "手机", "手机号码", "电话"),
    ),
    Field("email", gettext_lazy("E-mail"), parsers.email, also=("电子邮箱", "邮箱")),
)


@dataclass
class Accounts:
    """What the rows are compared with: accounts by sign-in name, deputies by card, people by name, and who asks."""

    congress: Congress
    actor: Actor
    by_login: dict[str, User]
    visible: set[int]
    deputies: dict[str, Person]
    people: dict[str, list[Person]]
    taken: set[int]


def read_accounts(congress: Congress, rows: Cells, actor: Actor) -> Accounts:
    """The accounts and the people that the rows of a batch speak of; of the people only those whom the actor may see anyway."""
    logins, names = ({cells.get(key, "") for _number, cells in rows} for key in ("login", "name"))
    cards = {cells["card_no"] for _number, cells in rows if "card_no" in cells}
    found = {user.login: user for user in User.objects.filter(login__in=logins)}
    accounts_seen = User.objects.visible_to(actor)
    mandates = Mandate.objects.filter(term=term_on(congress, clock.today()), card_no__in=cards).in_office().select_related("person")
    people: dict[str, list[Person]] = {}
    seen = Q(pk__in=Person.objects.visible_to(actor).values("pk")) | Q(pk__in=accounts_seen.values("person"))
    for person in Person.objects.filter(seen, name__in=names):
        people.setdefault(person.name, []).append(person)
    deputies = {mandate.card_no: mandate.person for mandate in mandates}
    known = [*deputies.values(), *(person for same in people.values() for person in same)]
    return Accounts(
        congress=congress,
        actor=actor,
        by_login=found,
        visible=set(accounts_seen.filter(login__in=logins).values_list("pk", flat=True)),
        deputies=deputies,
        people=people,
        taken=set(User.objects.filter(person__in=known).values_list("person", flat=True)),
    )


def plan_account(plan: RowPlan, known: Accounts) -> None:
    """Whether a row opens an account, corrects what is known of its holder, or cannot be."""
    facts = plan.facts
    plan.label = f"{facts['name']} · {facts['login']}"
    if user := known.by_login.get(facts["login"]):
        _plan_known(plan, user, known)
        return
    person = known.deputies.get(facts["card_no"]) if "card_no" in facts else _same(plan, known)
    if "card_no" in facts and person is None:
        plan.refuse("card_no", _("No deputy in office has this card number."))
    elif person and person.name != facts["name"]:
        plan.refuse("name", _("This card number is that of “%(name)s”.") % {"name": person.name})
    elif person and person.pk in known.taken:
        plan.refuse("name", _("This person has an account already, by another sign-in name."))
    plan.open_masks(person)
    if plan.problems:
        return
    plan.target, plan.action = person, Action.ADD
    if person:
        plan.notes.append(_("The same person as one already in the directory, whose own data stay as they are."))


def _same(plan: RowPlan, known: Accounts) -> Person | None:
    """The one of this name who is surely the same, as for a table of deputies."""
    same = [one for one in known.people.get(plan.facts["name"], []) if is_same(one, plan.facts)]
    if len(same) > 1:
        plan.refuse("name", _("Several people of this name have this date of birth or telephone. Ask the administrator to merge them."))
    return same[0] if same else None


def _plan_known(plan: RowPlan, user: User, known: Accounts) -> None:
    """A sign-in name that is there: only its own holder's telephone and e-mail change, and only where the account is kept here."""
    if user.pk not in known.visible:
        plan.refuse("login", _("Somebody has this sign-in name already."))
        return
    if user.person.name != plan.facts["name"]:
        plan.refuse("login", _("This sign-in name is that of “%(name)s”.") % {"name": user.person.name})
        return
    plan.target = user
    plan.open_masks(user.person)
    if plan.problems:
        return
    plan.compare({key: getattr(user.person, key) for key in CONTACT}, shown)
    if plan.changes and not (said := policy.keep_account(known.actor, user)):
        plan.refuse("login", said.reason)
        return
    plan.action = Action.CHANGE if plan.changes else Action.SAME


def apply_account(plan: RowPlan, known: Accounts, actor: Actor) -> None:
    """Open one account, with its person where new; or correct how the person is reached."""
    facts = plan.facts
    if plan.action == Action.CHANGE:
        person = plan.target.person
        plan.made_other(person, operations.correct_person(person, actor=actor, **{key: facts[key] for key in plan.changes}))
        return
    given = {key: facts[key] for key in ("born_on", *CONTACT) if key in facts}
    person = plan.target or accounts.add_person(known.congress, actor=actor, name=facts["name"], **given)
    if plan.target is None:
        plan.made_new(person)
    plan.made_new(accounts.open_account(person, actor=actor, login=facts["login"], congress=known.congress))


def dump_accounts(congress: Congress) -> Iterator[dict[str, str]]:
    """The open accounts that the congress keeps."""
    cards = dict(Mandate.objects.filter(term=term_on(congress, clock.today())).in_office().values_list("person", "card_no"))
    for user in User.objects.filter(congress=congress, is_active=True).order_by("login").iterator(2000):
        person = user.person
        yield {"login": user.login, "name": person.name, "card_no": cards.get(person.pk, "")} | {
            key: shown(key, getattr(person, key)) for key in ("born_on", *CONTACT)
        }


def account_identity(facts: dict[str, Any]) -> dict[str, Any]:
    """A sign-in name and a card number stand once."""
    return {key: facts[key].lower() for key in ("login", "card_no") if key in facts}


declare(
    Importer(
        kind="accounts",
        label=gettext_lazy("Accounts"),
        about=gettext_lazy(
            "Opens many accounts at once. Nobody can sign in before a slip with a code is made; posts come in a table of their own."
        ),
        columns=ACCOUNT_COLUMNS,
        rule=policy.manage_accounts & is_of_own_congress,
        context=read_accounts,
        plan=plan_account,
        apply=apply_account,
        identity=account_identity,
        back="accounts:people",
        strike={"accounts.User": accounts.strike_account, "accounts.Person": accounts.strike_person},
        correct={"accounts.Person": operations.correct_person},
        dump=dump_accounts,
    )
)
