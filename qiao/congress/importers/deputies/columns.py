"""The columns of the table of deputies, and how their cells are read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.accounts.identity import check_identity_number, tidy
from qiao.accounts.models import Sex
from qiao.imports import parsers
from qiao.imports.importer import Field
from qiao.imports.parsers import Problem

from ...models import Category
from ...numerals import chinese

NUMERALS = {chinese(number): number for number in range(1, 100)}
PERSON = ("sex", "born_on", "ethnicity", "party", "education", "work_unit", "job_title", "phone", "id_number", "email")
MANDATE = ("category", "profession", "grassroots", "first_term", "elected_on")


def term_number(text: str) -> int:
    """第十五届, 十五 or 15."""
    bare = text.removeprefix("第").removesuffix("届").strip()
    number = int(bare) if bare.isdecimal() and len(bare) < 3 else NUMERALS.get(bare)  # noqa: PLR2004
    if not number:
        raise Problem(_("“%(text)s” is not the number of a term. Write it like 15 or 第十五届.") % {"text": text})
    return number


def identity_number(text: str) -> str:
    """A citizen's identity number whose check character is right."""
    number = tidy(text)
    parsers.checked(check_identity_number)(number)
    return number


SEAT = Field(
    "seat",
    gettext_lazy("Electing unit or electoral district"),
    parsers.words(80),
    required=True,
    example="第一选区",
    also=("选举单位或选区", "选举单位", "选区"),
    help=gettext_lazy("County and township: the electoral district. Higher levels: the congress directly below that elects."),
)
TERM = Field(
    "term", gettext_lazy("Term"), term_number, example="第十五届", also=("届次", "届"), help=gettext_lazy("If empty, the current term.")
)
DEPUTY_COLUMNS = (
    Field(
        "congress",
        gettext_lazy("Congress"),
        parsers.words(80),
        example="城关镇人民代表大会",
        also=("人大", "所属人大", "人民代表大会", "行政区划代码"),
        help=gettext_lazy("Name or area code of a congress below yours, in a table with the deputies of several. If empty, your own."),
    ),
    Field(
        "card_no",
        gettext_lazy("Deputy card number"),
        parsers.words(20),
        required=True,
        example="0101",
        also=("代表证号", "代表证编号", "证号"),
        help=gettext_lazy("One number stands once in a term; by it a deputy is found again."),
    ),
    Field("name", gettext_lazy("Name"), parsers.words(60), required=True, example="张桥生", also=("姓名", "代表姓名")),
    SEAT,
    TERM,
    Field(
        "delegation",
        gettext_lazy("Delegation"),
        parsers.words(60),
        example="城关镇代表团",
        also=("代表团",),
        help=gettext_lazy("A new one is formed."),
    ),
    Field("sex", gettext_lazy("Sex"), parsers.one_of(Sex.choices, {"男": Sex.MALE, "女": Sex.FEMALE}), example="女", also=("性别",)),
    Field(
        "born_on",
        gettext_lazy("Date of birth"),
        parsers.day,
        example="1980-05-01",
        also=("出生日期", "出生年月日"),
        help=gettext_lazy("Tells namesakes apart. Seen only by those who keep the directory."),
    ),
    Field("ethnicity", gettext_lazy("Ethnicity"), parsers.words(20), example="汉族", also=("民族",)),
    Field("party", gettext_lazy("Political affiliation"), parsers.words(40), example="群众", also=("政治面貌", "党派")),
    Field("education", gettext_lazy("Education"), parsers.words(40), example="大学本科", also=("学历", "文化程度")),
    Field("work_unit", gettext_lazy("Workplace"), parsers.words(100), example="城关镇中心小学", also=("工作单位",)),
    Field("job_title", gettext_lazy("Position"), parsers.words(60), example="教师", also=("职务",)),
    Field(
        "phone",
        gettext_lazy("Telephone"),
        parsers.or_masked(parsers.phone),
        example="13800000000",
        also=("联系电话", "手机", "手机号码", "电话"),
        help=gettext_lazy("Seen only by those who keep the directory."),
    ),
    Field(
        "id_number",
        gettext_lazy("Identity number"),
        parsers.or_masked(identity_number),
        also=("居民身份证号码", "居民身份证号", "身份证号码", "身份证号", "公民身份号码"),
        help=gettext_lazy("Only where it is needed to tell people apart. Kept encrypted; an export writes stars in its place."),
    ),
    Field("email", gettext_lazy("E-mail"), parsers.email, also=("电子邮箱", "邮箱")),
    Field(
        "category",
        gettext_lazy("Category"),
        parsers.one_of(
            Category.choices,
            {
                "工人": Category.WORKER,
                "农民": Category.FARMER,
                "专业技术人员": Category.PROFESSIONAL,
                "专技": Category.PROFESSIONAL,
                "干部": Category.OFFICIAL,
                "党政干部": Category.OFFICIAL,
                "企业负责人": Category.ENTERPRISE,
                "企业": Category.ENTERPRISE,
                "军人": Category.SOLDIER,
                "其他": Category.OTHER,
            },
        ),
        example="专业技术人员",
        also=("代表类别", "构成", "类别"),
    ),
    Field("profession", gettext_lazy("Profession"), parsers.words(40), example="医疗卫生", also=("专业", "专业领域", "行业")),
    Field("grassroots", gettext_lazy("Grassroots deputy"), parsers.yes_no, example="是", also=("基层代表", "是否基层代表")),
    Field("first_term", gettext_lazy("First term"), parsers.yes_no, example="否", also=("新任", "是否新任", "首次当选")),
    Field(
        "elected_on",
        gettext_lazy("Elected on"),
        parsers.day,
        example="2021-12-20",
        also=("当选日期",),
        help=gettext_lazy("If empty, the first day of the term."),
    ),
)
