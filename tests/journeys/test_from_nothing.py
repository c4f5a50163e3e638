"""An installation that holds nothing: from the first administrator's link to a suggestion handed to a unit, by browsers alone."""

import io
import re
import shutil

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from qiao.accounts.models import Post
from qiao.kernel import clock
from qiao.matters.models import State

from .conftest import DESK, PHONE
from .installation import PASSWORD, database, served
from .people import press, saved, sign_in, stands_at, told, zh

pytestmark = [pytest.mark.browser, pytest.mark.capability("P1"), pytest.mark.capability("R5")]


@pytest.fixture
def site(browser, migrated, tmp_path, django_db_blocker):
    """Tables, roles and days off, as the installation guide leaves them, and nobody in them."""
    path = shutil.copy(migrated, tmp_path / "empty.sqlite3")
    with django_db_blocker.unblock():
        with database(path):
            for command in ("seed_roles", "seed_rulebook"):
                call_command(command, verbosity=0)
        with served(path, None, tmp_path / "qiao.sqlite3") as made:
            yield made


def fill(page, **values):
    """Fill in a form by the names of its fields."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        field.select_option(label=value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)


def open_home(page, link: str, login: str):
    """By the link that was handed over: set a password, sign in."""
    page.goto(link)
    fill(page, new_password1=PASSWORD, new_password2=PASSWORD)
    press(page, zh("Set the password"))
    sign_in(page, login)
    return page


def opened(page, name: str, login: str) -> None:
    """The system administrator opens an account."""
    page.goto("/account/people/new/")
    fill(page, name=name, login=login)
    page.locator("main form").get_by_role("button", name=zh("Open the account")).click()
    told(page, zh("The account is open. Make the link now, and hand it to the person."))


def handed(page) -> str:
    """The link that the page shows once."""
    expect(page.get_by_role("heading", level=1)).to_have_text(zh("Link to set the password"))
    return re.search(r"https?://[^\"<\s]+/account/set/[^\"<\s]+", page.content()).group()


def invited(page) -> str:
    """The administrator makes the link on the page of the person."""
    press(page, zh("Make a link to set the password"))
    page.get_by_role("dialog").get_by_role("textbox").fill("开通账号")
    page.get_by_role("dialog").get_by_role("button", name=zh("Make the link")).click()
    return handed(page)


def appointed(page, duty: str) -> str:
    press(page, zh("Appoint: %(duty)s", duty=zh(duty)))
    page.get_by_role("dialog").get_by_role("button", name=zh("Appoint"), exact=True).click()
    return handed(page)


def entered(page, address: str, button: str, said: str, **values) -> None:
    page.goto(address)
    press(page, zh(button))
    fill(page, **values)
    page.locator("main form").get_by_role("button", name=zh(button)).click()
    told(page, zh(said))


def given(page, name: str, **post) -> None:
    page.goto("/account/people/")
    page.get_by_role("link", name=name, exact=True).click()
    press(page, zh("Give a post"))
    fill(page, **post)
    press(page, zh("Give the post"))
    told(page, zh("The post is given: %(post)s.").split("%")[0].strip())


def body_set_up(page) -> None:
    """Everything the directory holds, in the order of the list on the home."""
    day = clock.today().isoformat()
    home = "/directory/"
    page.goto("/")
    page.get_by_role("link", name=zh("Open the term")).click()
    fill(page, number="18", starts=day, seats="1")
    press(page, zh("Open a term"))
    told(page, zh("The term is open."))
    for button, said, values in [
        ("Convene a session", "The session is entered.", {"number": "1", "opens": day, "closes": day}),
        ("Add an organ", "The organ is entered.", {"name": "桥东区人民政府"}),
        ("Enter a congress below", "The congress is entered.", {"code": "990101001", "area_name": "石桥镇"}),
    ]:
        page.goto(home)
        page.locator("main summary", has_text="设置").click()
        press(page, zh(button))
        fill(page, **values)
        page.locator("main form").get_by_role("button", name=zh(button)).click()
        told(page, zh(said))
    expect(page.get_by_role("link", name="石桥镇人民代表大会")).to_be_visible()
    seat = {"name": "第一选区", "seats": "1"}
    entered(page, "/directory/vacancies/", "Enter an electoral district", "The district is entered.", **seat)
    entered(page, "/directory/units/", "Add a handling unit", "The unit is entered.", name="区水务局")
    page.goto("/topics/")
    fill(page, name="城乡建设")
    press(page, zh("Add"))
    told(page, zh("The topic is added."))
    deputy = {"name": "周桥生", "card_no": "0001", "sex": zh("Male"), "seat": "第一选区", "elected_on": day}
    entered(page, "/directory/deputies/", "Add a deputy", "The deputy is entered.", **deputy)


def test_a_congress_sets_itself_up_until_its_first_suggestion_is_assigned(site, desk, visit):
    said = io.StringIO()
    call_command("first_admin", "990101", "sysadmin", "admin", name="钱一", place="桥东区", site=site.address, stdout=said)
    admin = open_home(desk, said.getvalue().strip(), "admin")
    list_of_steps = admin.get_by_role("heading", name=zh("Setting the congress up"))
    expect(list_of_steps).to_be_visible()

    opened(admin, "孙二", "security")
    security = open_home(visit(DESK), appointed(admin, "Security administration"), "security")
    opened(admin, "李三", "audit")
    appointed(admin, "Audit administration")
    body_set_up(admin)
    opened(admin, "吴四", "clerk")
    clerk_link = invited(admin)
    opened(admin, "郑五", "liaison")
    admin.goto("/directory/deputies/")
    admin.get_by_role("link", name="周桥生", exact=True).click()
    press(admin, zh("Open an account"))
    fill(admin, login="deputy")
    admin.locator("main form").get_by_role("button", name=zh("Open the account")).click()
    deputy_link = invited(admin)

    for name, post in {"吴四": "代表工作人员", "郑五": "承办联络员", "周桥生": "代表"}.items():
        given(security, name, role=post, **({"unit": "区水务局"} if name == "郑五" else {}))
    assert set(Post.objects.values_list("role__code", flat=True)) == {
        "sysadmin", "secadmin", "auditadmin", "deputy_affairs", "unit_liaison", "deputy"
    }  # fmt: skip
    admin.goto("/")
    expect(admin.get_by_role("heading", level=1)).to_be_visible()
    expect(list_of_steps).to_have_count(0)

    deputy = open_home(visit(PHONE), deputy_link, "deputy")
    press(deputy, zh("Write a suggestion"))
    fill(deputy, title="关于疏通石桥河道的建议", matter="石桥河道淤积，汛期漫水。", proposal="请在汛前疏浚。")
    saved(deputy)
    press(deputy, zh("Save the draft"))
    press(deputy, zh("Submit"))
    press(deputy, zh("Submit"))
    told(deputy, zh("Submitted. You will hear when it is registered."))

    clerk = open_home(visit(DESK), clerk_link, "clerk")
    clerk.goto("/suggestions/")
    clerk.get_by_role("link", name="关于疏通石桥河道的建议").first.click()
    press(clerk, zh("Register"))
    clerk.get_by_label(zh("Topic")).select_option(label="城乡建设")
    for button in ("Register", "Assign"):
        press(clerk, zh(button))
    clerk.get_by_label(zh("Handling unit")).select_option(label="区水务局")
    clerk.get_by_label(zh("Assignment opinion")).fill("请现场查看后答复。")
    press(clerk, zh("Assign"))
    stands_at(clerk, State.ASSIGNED)
