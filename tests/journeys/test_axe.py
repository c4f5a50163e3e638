"""Every page of every role: no violation that axe finds, in both languages, narrow and wide; no sideways scroll in large type at 360 px."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile

from qiao.imports import operations as imports
from qiao.matters import operations

from .conftest import DESK
from .people import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.capability("P3")]

WIDE, NARROW, NARROWEST = 1280, 390, 360
NOBODY = 999_999
AXE = Axe()
TABLE = "代表证号,姓名,选举单位,性别\n0901,安渡河,甲区人大,女\n0902,白岸柳,不存在的选区,男\n"


@pytest.fixture(scope="module")
def pages(site) -> dict[str, list[str]]:
    """The addresses of each role's pages, with something in every state to show on them."""
    world = site.world
    staff, deputy, handler = (world.actors[name] for name in ("clerk", "deputy", "handler"))
    long = "关于进一步优化城市公共交通线网布局、延长夜间末班车运营时间并完善无障碍候车设施的建议"
    draft, cosigning, submitted = world.draft(title="草稿"), world.cosigning(title=long), world.submitted(title=long)
    returned, registered, assigned = world.returned(title="退回补正"), world.registered(title=long), world.assigned(title="已交办")
    asked, handled, contacted = world.return_requested(title="申请退回"), world.handling(title=long), world.contacted(title="已沟通")
    drafted, approval, replied = world.drafted(title="拟稿"), world.approval(title="待签发"), world.replied(title=long)
    dissatisfied, rehandled, closed = world.dissatisfied(title="不满意"), world.rehandling(title="再次办理"), world.published(title=long)
    withdrawn, refused = world.withdrawn(title="已撤回"), world.not_accepted(title="不予受理")
    operations.publish(handled, actor=staff, publicity="progress", note="涉及个人隐私，正文不公开。")
    operations.attach(draft, actor=deputy, upload=SimpleUploadedFile("现场.png", picture()))
    run = imports.upload(world.congress, actor=staff, kind="deputies", filename="代表名册.csv", content=TABLE.encode())
    clock, assignment = handled.clocks.first().pk, contacted.assignments.get()
    reply, waiting = drafted.assignments.get().replies.get(), approval.assignments.get().replies.get()
    details = [f"/suggestions/{one.pk}/" for one in (submitted, assigned, replied, closed, refused, withdrawn)]
    card = f"/directory/deputies/{world.mandates['deputy'].pk}/"
    return {
        "": [
            "/open/", "/open/?q=没有", f"/open/{closed.pk}/", f"/open/{handled.pk}/", "/account/sign-in/", "/help/", "/directory/",
            "/directory/deputies/", "/directory/congresses/", card, f"404 /open/{NOBODY}/",
        ],
        "deputy": [
            "/", "/suggestions/", "/suggestions/new/", *(f"/suggestions/{pk}/" for pk in (draft.pk, cosigning.pk, returned.pk, contacted.pk)),
            f"/suggestions/{draft.pk}/edit/", f"/suggestions/{draft.pk}/invite/", f"/suggestions/{draft.pk}/invite/?q=没有",
            f"/suggestions/{draft.pk}/submit/", f"/suggestions/{submitted.pk}/withdraw/", f"/suggestions/{replied.pk}/evaluate/",
            f"/suggestions/{replied.pk}/", f"/suggestions/{closed.pk}/", f"/clocks/{clock}/", "/notices/", "/notices/?show=unread",
            "/account/password/", "/ui/", f"404 /suggestions/{NOBODY}/",
        ],
        "deputy2": ["/", f"/suggestions/{cosigning.pk}/"],
        "clerk": [
            "/", "/suggestions/", "/suggestions/?view=check", "/suggestions/?q=没有", *details, f"/suggestions/{asked.pk}/",
            f"/suggestions/{dissatisfied.pk}/", f"/suggestions/{rehandled.pk}/",
            *(f"/suggestions/{submitted.pk}/{verb}/" for verb in ("register", "give_back", "refuse")),
            f"/suggestions/{registered.pk}/assign/", f"/assignments/{asked.assignments.get().pk}/grant_return/",
            f"/suggestions/{dissatisfied.pk}/order_rehandling/", f"/suggestions/{closed.pk}/publish/", f"409 /suggestions/{closed.pk}/assign/",
            "/rulebook/", "/rulebook/rules/reply_limit/", "/rulebook/rules/result_scheme/change/", "/rulebook/compare/",
            "/imports/deputies/", "/imports/units/", f"/imports/run/{run.pk}/", "/directory/structure/", "/directory/units/",
            f"/directory/units/{world.unit.pk}/", "/directory/areas/",
        ],
        "liaison": ["/", "/suggestions/", f"/suggestions/{assigned.pk}/", f"/assignments/{assigned.assignments.get().pk}/request_return/"],
        "handler": [
            f"/suggestions/{drafted.pk}/", f"/assignments/{assignment.pk}/draft_reply/", f"/replies/{reply.pk}/revise/",
            f"/assignments/{assignment.pk}/record_contact/", f"403 /suggestions/{replied.pk}/evaluate/",
        ],
        "signer": ["/", f"/suggestions/{approval.pk}/", f"/replies/{waiting.pk}/issue/", f"/replies/{waiting.pk}/send_back/"],
        "sysadmin": ["/"],
    }  # fmt: skip


def violations(page, where: str) -> Iterator[str]:
    """What axe finds on the page as it is shown now."""
    for found in AXE.run(page).response["violations"]:
        for node in found["nodes"][:3]:
            yield f"{where}: {found['id']} {node['target']} {node['html'][:160]}"


def narrow(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})


def sideways(page, where: str) -> Iterator[str]:
    """What stands out at the side in large type on the narrowest telephone."""
    narrow(page, NARROWEST)
    page.evaluate("document.documentElement.dataset.type = 'large'")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        out = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            ".map(e => e.tagName + '.' + e.className).slice(0, 3)"
        )
        yield f"{where} at {NARROWEST} px in large type: {out}"


def speak(page, site, language: str, contrast: str = "normal") -> None:
    cookies: list[Any] = [
        {"name": f"qiao_{name}", "value": value, "url": site.address} for name, value in (("language", language), ("contrast", contrast))
    ]
    page.context.add_cookies(cookies)


def looks(page, site, address: str, turn: int) -> Iterator[str]:
    """The page in both languages and at both widths, paired in turn from page to page; every fourth in high contrast."""
    status, _, path = address.rpartition(" ")
    pairs = [("zh-hans", WIDE), ("en", NARROW)] if turn % 2 else [("en", WIDE), ("zh-hans", NARROW)]
    for language, width in pairs:
        speak(page, site, language, "high" if turn % 4 == 0 else "normal")
        narrow(page, width)
        answer = page.goto(path)
        assert answer.status == int(status or 200), address
        yield from violations(page, f"{language} {width} {path}")
    yield from sideways(page, f"{language} {path}")


@pytest.mark.parametrize("role", ["", "deputy", "deputy2", "clerk", "liaison", "handler", "signer", "sysadmin"])
def test_every_page_is_accessible(site, pages, visit, role):
    page = visit(DESK, reduced_motion="reduce")
    if role:
        sign_in(page, role)
    assert [fault for turn, address in enumerate(pages[role]) for fault in looks(page, site, address, turn)] == []


def test_the_guards_see(desk):
    desk.goto("/open/")
    assert list(violations(desk, "")) == list(sideways(desk, "")) == []
    desk.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><p>wide</p>')")
    desk.evaluate("document.querySelector('main > p').style.width = '500px'")
    assert any("label" in fault for fault in violations(desk, ""))
    assert list(sideways(desk, ""))
