"""Takes the guide's pictures from a running demonstration: what each shows is found by what a reader would press."""

import argparse
import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZES = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
COLOURS = 128
LARGEST = 150 * 1024
DRAFT = {
    "title": "关于扩大两市公交卡互通范围的建议",
    "matter": "临桥、望川两市公交卡已经互通，但县际客运和轮渡还不能刷卡。老年人持优惠卡到了邻县仍要买全票，换乘一次要备两种卡、一把零钱。",
    "proposal": "一是把县际客运、轮渡纳入公交卡互通范围；二是优惠政策在全省互认；三是在车站公布可以刷卡的线路。",
}
TABLE = """代表证号,姓名,选举单位,性别,出生日期,民族,工作单位,职务
9901,安渡河,{seat},女,1984-03-05,汉族,望桥小学,教师
9902,白岸柳,{seat},男,1979-13-40,汉族,河西合作社,社员
9903,岑石桥,不存在的选区,男,1990-07-21,壮族,石桥医院,医师
"""


class Guest:
    """Somebody of the demonstration at a screen."""

    def __init__(self, browser: Browser, base: str, device: str, login: str = "") -> None:
        context = browser.new_context(
            base_url=base, viewport=SIZES[device], locale="zh-CN", timezone_id="Asia/Shanghai",
            is_mobile=device == "phone", has_touch=device == "phone",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        if login:
            self.page.goto("/account/sign-in/")
            self.page.locator(f"button[name=login][value='{login}']").click()
            self.page.wait_for_url(f"{base}/")

    def go(self, address: str) -> "Guest":
        """To an address."""
        self.page.goto(address)
        return self

    def row(self, view: str) -> "Guest":
        """To the first suggestion of a part of the worklist."""
        self.go(f"/suggestions/?view={view}")
        return self.follow("#rows tbody th a")

    def follow(self, link: str) -> "Guest":
        """To where the first such link leads."""
        found = self.page.locator(link)
        if not found.count():
            sys.exit(f"{self.page.url} has no {link}: the demonstration holds nothing to take this picture of.")
        return self.go(found.first.get_attribute("href") or "")

    def take(self, name: str) -> None:
        """What the screen shows now."""
        self.page.wait_for_load_state("networkidle")
        self.page.mouse.move(0, 0)
        seen = Image.open(io.BytesIO(self.page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
        target = FOLDER / f"{name}.png"
        seen.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size > LARGEST:
            sys.exit(f"{target.name} is larger than {LARGEST // 1024} KB.")
        print(f"{target.name}: {target.stat().st_size // 1024} KB")  # noqa: T201 — a script tells what it does


def of_the_deputy(phone: Guest, desk: Guest) -> None:
    """Home, evaluation and writing."""
    phone.go("/").take("home-deputy-phone")
    phone.row("evaluate").follow("a[href$='/evaluate/']")
    phone.page.locator(".q-choices").first.scroll_into_view_if_needed()
    phone.take("evaluate-phone")
    writing(desk)


def writing(desk: Guest) -> None:
    """A suggestion while it is written; the page believes that it saves, the demonstration keeps nothing of it."""
    page = desk.go("/suggestions/new/").page
    page.route("**/suggestions/new/", lambda route: route.fulfill(json={}) if route.request.method == "POST" else route.continue_())
    for name, words in DRAFT.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("#similar li").first.wait_for()
    page.locator("[data-autosave-state]:not(:empty)").wait_for(state="attached")
    page.evaluate("scrollTo(0, 0)")
    desk.take("edit")


def of_the_staff(desk: Guest) -> None:
    """Worklist, list, a suggestion, assigning, a date explained, rules, directory."""
    desk.go("/").take("home-staff")
    desk.go("/suggestions/").take("list")
    desk.row("handling").take("detail-staff")
    desk.follow("a[href*='/clocks/']").take("why")
    desk.row("assign").follow("a[href$='/assign/']").take("assign")
    desk.go("/rulebook/").take("rulebook")
    desk.go("/directory/structure/").take("structure")
    desk.go("/directory/deputies/").take("deputies")
    seat = desk.page.locator("tbody tr").first.locator("td").nth(2).inner_text().strip()
    preview_of(desk, TABLE.format(seat=seat))


def preview_of(desk: Guest, table: str) -> None:
    """An import before it is confirmed; it is cancelled afterwards."""
    page = desk.go("/imports/deputies/").page
    file = {"name": "代表名册.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form button").last.click()
    page.wait_for_url("**/imports/run/*/")
    desk.go(page.url).take("import-preview")
    page.locator("[data-open='#cancel']").click()
    page.locator("dialog#cancel form button").first.click()
    page.wait_for_url("**/imports/deputies/")


def of_the_unit(desk: Guest) -> None:
    """Inbox and drafting a reply."""
    desk.go("/").take("home-unit")
    desk.row("handling").follow("a[href$='/revise/'], a[href$='/draft_reply/']").take("reply")


def of_everybody(desk: Guest) -> None:
    """The public's progress page and one suggestion on it."""
    desk.go("/open/").take("public")
    desk.go("/open/?state=closed").follow("#rows a.q-item-link").take("public-detail")


def main() -> None:
    """Sign in as each and take all pictures."""
    parser = argparse.ArgumentParser(description="Takes the guide's pictures from a running bin/demo.")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="address of the demonstration")
    base = parser.parse_args().base.rstrip("/")
    chromium = os.environ.get("QIAO_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        sys.exit("There is no Chromium. Install it by: apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        guest: Callable[..., Guest] = lambda *who: Guest(browser, base, *who)  # noqa: E731 — the browser and the address are always the same
        of_the_deputy(guest("phone", "deputy-99-1"), guest("desk", "deputy-99-1"))
        of_the_staff(guest("desk", "staff-99"))
        of_the_unit(guest("desk", "handler-education-99"))
        of_everybody(guest("desk"))
        browser.close()


if __name__ == "__main__":
    main()
