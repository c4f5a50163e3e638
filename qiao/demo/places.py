"""The invented province: areas, congresses, units. Its code 99 is no real province's."""

import datetime as dt
from dataclasses import dataclass

from qiao.kernel.policy import Actor
from qiao.orgs import operations as orgs
from qiao.orgs.models import Area, Congress, Level, OrganKind, Unit

SINCE = dt.date(2020, 1, 1)
AREAS = [
    # code, name, short name
    ("0", "全国", "全国"),
    ("99", "青岚省", "省"),
    ("9901", "临桥市", "市"),
    ("9902", "望川市", "市"),
    ("990101", "石栏区", "区"),
    ("990102", "柳渡县", "县"),
    ("990201", "听松区", "区"),
    ("990202", "禾丰县", "县"),
    ("990101101", "云阶镇", "镇"),
    ("990101102", "竹浦镇", "镇"),
    ("990102101", "柳湾镇", "镇"),
    ("990102102", "白沙渡镇", "镇"),
    ("990201101", "松涛镇", "镇"),
    ("990201102", "泉塘镇", "镇"),
    ("990202101", "禾阳镇", "镇"),
    ("990202201", "晒谷乡", "乡"),
]
LEVELS = {1: Level.NATION, 2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP}
SEATS = {Level.NATION: 3000, Level.PROVINCE: 92, Level.PREFECTURE: 52, Level.COUNTY: 21, Level.TOWNSHIP: 6}

FIELDS = {
    "education": ("教育", "学校、幼儿园、教师"),
    "health": ("卫生健康", "医院、社区卫生、公共卫生、托育"),
    "transport": ("交通运输", "公路、公交、水运"),
    "housing": ("住房和城乡建设", "住房、物业、老旧小区、市政"),
    "agriculture": ("农业农村", "种植、养殖、农村人居环境"),
    "ecology": ("生态环境", "水、气、土壤、噪声"),
    "water": ("水利", "河道、水库、农村饮水、灌溉"),
    "civil_affairs": ("民政", "养老、救助、社区、社会组织"),
    "human_resources": ("人力资源和社会保障", "就业、社会保险、劳动关系"),
    "market": ("市场监管", "食品、药品、价格、特种设备"),
    "police": ("公安", "治安、交通秩序、户政"),
    "culture": ("文化和旅游", "图书馆、文物、景区"),
    "natural_resources": ("自然资源", "规划、土地、矿山、不动产登记"),
    "development": ("发展和改革", "规划、项目、价格、能源"),
    "industry": ("工业和信息化", "工业、通信、中小企业"),
    "commerce": ("商务", "流通、会展、外贸"),
    "emergency": ("应急管理", "安全生产、防灾减灾、消防"),
    "urban_management": ("城市管理", "市容、环卫、停车"),
    "finance": ("财政", "预算、补助、采购"),
    "justice": ("司法", "公共法律服务、调解、复议"),
}
CITY = [
    "education",
    "health",
    "transport",
    "housing",
    "ecology",
    "water",
    "civil_affairs",
    "human_resources",
    "market",
    "police",
    "culture",
    "urban_management",
]
COUNTY = ["education", "health", "transport", "housing", "agriculture", "civil_affairs", "urban_management", "police"]


@dataclass
class Places:
    """The congresses by area code, the units by area code and field, and by area code the governments' offices that dispatch to them."""

    congresses: dict[str, Congress]
    units: dict[tuple[str, str], Unit]
    offices: dict[str, Unit]


def build_places(actor: Actor) -> Places:
    """Set up areas, congresses, organs and units."""
    areas: dict[str, Area] = {}
    congresses: dict[str, Congress] = {}
    units: dict[tuple[str, str], Unit] = {}
    offices: dict[str, Unit] = {}
    for code, name, _short in AREAS:
        level = LEVELS[len(code)]
        above = next((areas[code[:n]] for n in (6, 4, 2) if n < len(code) and code[:n] in areas), areas.get("0"))
        areas[code] = orgs.add_area(above, actor=actor, code=code, name=name, level=level, valid_from=SINCE)
        title = "全国人民代表大会" if level == Level.NATION else f"{name}人民代表大会"
        superior = congresses.get(above.code) if above else None
        short = "全国人大" if level == Level.NATION else f"{name}人大"
        congresses[code] = orgs.add_congress(areas[code], actor=actor, name=title, short_name=short, superior=superior)
        _organs(congresses[code], name, actor)
        if level in {Level.PROVINCE, Level.PREFECTURE}:
            offices[code] = _office(congresses[code], name, actor)
        units |= _units(congresses[code], code, name, offices.get(code), actor)
    return Places(congresses, units, offices)


def _office(congress: Congress, name: str, actor: Actor) -> Unit:
    """The government's general office, which dispatches to the departments (R3.24)."""
    government, kind = congress.organs.get(kind=OrganKind.GOVERNMENT), "办公厅" if congress.level == Level.PROVINCE else "办公室"
    return orgs.add_unit(
        congress,
        actor=actor,
        organ=government,
        name=f"{name}人民政府{kind}",
        short_name=f"政府{kind}",
        field="分办、督办、协调",
        active_from=SINCE,
    )


def _organs(congress: Congress, name: str, actor: Actor) -> None:
    if congress.level == Level.NATION:
        return
    wanted = [(OrganKind.GOVERNMENT, f"{name}人民政府")]
    if congress.has_standing_committee:
        wanted += [(OrganKind.STANDING_COMMITTEE, f"{name}人大常委会"), (OrganKind.DEPUTY_AFFAIRS, f"{name}人大常委会代表工作委员会")]
        wanted += [(OrganKind.COURT, f"{name}人民法院"), (OrganKind.PROCURATORATE, f"{name}人民检察院")]
    else:
        wanted += [(OrganKind.PRESIDIUM, f"{name}人大主席团")]
    for kind, title in wanted:
        orgs.add_organ(congress, actor=actor, kind=kind, name=title)


def _units(congress: Congress, code: str, name: str, office: Unit | None, actor: Actor) -> dict[tuple[str, str], Unit]:
    if congress.level == Level.NATION:
        return {}
    government = congress.organs.get(kind=OrganKind.GOVERNMENT)
    if congress.level == Level.TOWNSHIP:
        unit = orgs.add_unit(
            congress,
            actor=actor,
            organ=government,
            name=f"{name}人民政府",
            short_name=f"{name}政府",
            field="镇村综合事务",
            active_from=SINCE,
        )
        return {(code, "township"): unit}
    fields = {Level.PROVINCE: list(FIELDS), Level.PREFECTURE: CITY, Level.COUNTY: COUNTY}[Level(congress.level)]
    made = {}
    for number, key in enumerate(fields, start=1):
        word, field = FIELDS[key]
        head, tail = (name, "厅") if congress.level == Level.PROVINCE else (name, "局")
        title = {"urban_management": f"{head}城市管理局", "police": f"{head}公安{tail}", "market": f"{head}市场监督管理局"}.get(
            key, f"{head}{word}{tail}"
        )
        if congress.level == Level.PROVINCE and key in {"development", "health"}:
            title = f"{head}{word}委员会"
        made[code, key] = orgs.add_unit(
            congress, actor=actor, organ=government, name=title, short_name=title.removeprefix(name), field=field, coordinator=office,
            phone=f"0990-{code[-2:]}{number:02d}{len(title):02d}8", active_from=SINCE,
        )  # fmt: skip
    return made
