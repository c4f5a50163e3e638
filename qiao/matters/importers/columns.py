"""The columns of the table of earlier suggestions, and how their cells are read."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.congress.importers.deputies.columns import term_number
from qiao.congress.numerals import chinese
from qiao.imports import parsers
from qiao.imports.importer import Field
from qiao.imports.parsers import Problem

from ..models import Kind, Rating, State
from ..operations.filing import PAST

NUMERALS = {chinese(number): number for number in range(1, 100)}
BETWEEN = {"闭会期间", "闭会", "between", "betweensessions"}
MOST_NUMBER = 1_000_000


def session_number(text: str) -> int:
    """第三次会议, 三 or 3; 0 for between sessions."""
    if "".join(text.split()).lower() in BETWEEN:
        return 0
    bare = text.removeprefix("第").removesuffix("会议").removesuffix("次").strip()
    number = int(bare) if bare.isdecimal() and len(bare) < 3 else NUMERALS.get(bare)  # noqa: PLR2004
    if not number:
        raise Problem(_("“%(text)s” is not the number of a session. Write it like 3 or 第三次会议.") % {"text": text})
    return number


def case_number(text: str) -> int:
    """第27号 or 27."""
    bare = re.sub(r"^[第\s]+|[号\s]+$", "", text)
    if not bare.isdecimal() or not 0 < int(bare) < MOST_NUMBER:
        raise Problem(_("“%(text)s” is not a number. Write it like 27 or 第27号.") % {"text": text})
    return int(bare)


def names(text: str) -> list[str]:
    """Names or card numbers, one after the other."""
    return [one for one in re.split(r"[、，,;；\s]+", text) if one]


COLUMNS = (
    Field(
        "number",
        gettext_lazy("Number"),
        case_number,
        required=True,
        example="27",
        also=("编号", "案号", "建议编号", "建议号"),
        help=gettext_lazy("As it was given then; it stands once in a session, or in a term between its sessions."),
    ),
    Field(
        "session",
        gettext_lazy("Session"),
        session_number,
        example="第三次会议",
        also=("会议", "会次", "次会议"),
        help=gettext_lazy("The session of the term; if empty, between sessions."),
    ),
    Field(
        "term", gettext_lazy("Term"), term_number, example="第十四届", also=("届次", "届"), help=gettext_lazy("If empty, the current term.")
    ),
    Field(
        "title",
        gettext_lazy("Title"),
        parsers.words(100),
        required=True,
        example="关于在老旧小区加装电梯的建议",
        also=("标题", "题目", "案由", "建议标题"),
    ),
    Field(
        "kind",
        gettext_lazy("Kind"),
        parsers.one_of(Kind.choices, {"建议": Kind.SUGGESTION, "批评": Kind.CRITICISM, "意见": Kind.OPINION}),
        example="建议",
        also=("类型", "性质"),
    ),
    Field(
        "matter",
        gettext_lazy("Text"),
        parsers.words(6000),
        required=True,
        also=("正文", "内容", "建议内容", "情况和问题"),
        help=gettext_lazy("The whole text, or what there was to be solved."),
    ),
    Field("proposal", gettext_lazy("What should be done"), parsers.words(6000), also=("具体建议", "办理要求", "建议措施")),
    Field(
        "lead",
        gettext_lazy("Lead deputy"),
        parsers.words(60),
        required=True,
        example="张桥生",
        also=("领衔代表", "领衔人", "代表姓名", "提出人"),
        help=gettext_lazy("The name or the card number of a deputy of the term."),
    ),
    Field(
        "signers",
        gettext_lazy("Joint signers"),
        names,
        example="李春华、王建国",
        also=("附议代表", "联名代表", "附议人"),
        help=gettext_lazy("Names or card numbers with commas between them."),
    ),
    Field(
        "topic",
        gettext_lazy("Topic"),
        parsers.words(40),
        example="城建环保",
        also=("主题", "内容分类", "分类", "类别"),
        help=gettext_lazy("One of the congress's topics."),
    ),
    Field(
        "unit",
        gettext_lazy("Handling unit"),
        parsers.words(80),
        example="县住建局",
        also=("承办单位", "主办单位"),
        help=gettext_lazy("The unit that answered, by its name."),
    ),
    Field(
        "state",
        gettext_lazy("State"),
        parsers.one_of(
            [(state.value, state.label) for state in PAST],
            {"已办结": State.CLOSED, "办结": State.CLOSED, "撤回": State.WITHDRAWN, "待交办": State.REGISTERED},
        ),
        example="已办结",
        also=("状态", "办理状态"),
        help=gettext_lazy("If empty, closed."),
    ),
    Field("submitted", gettext_lazy("Submitted on"), parsers.day, required=True, example="2023-01-12", also=("提出日期", "提交日期")),
    Field("assigned", gettext_lazy("Handed over on"), parsers.day, example="2023-02-01", also=("交办日期",)),
    Field("replied", gettext_lazy("Answered on"), parsers.day, example="2023-04-20", also=("答复日期",)),
    Field(
        "closed",
        gettext_lazy("Concluded on"),
        parsers.day,
        example="2023-05-05",
        also=("办结日期",),
        help=gettext_lazy("If empty, the day of the answer."),
    ),
    Field(
        "result",
        gettext_lazy("Result class"),
        parsers.words(10),
        example="A",
        also=("办理结果", "结果类别", "答复类别"),
        help=gettext_lazy("Its code in the congress's rulebook."),
    ),
    Field(
        "reply",
        gettext_lazy("Reply"),
        parsers.words(10_000),
        also=("答复内容", "答复", "答复意见"),
        help=gettext_lazy("Needs the result class and the day of the answer."),
    ),
    Field(
        "rating",
        gettext_lazy("Evaluation"),
        parsers.one_of(Rating.choices, {"满意": Rating.SATISFIED, "基本满意": Rating.BASICALLY, "不满意": Rating.DISSATISFIED}),
        example="满意",
        also=("满意度", "代表评价", "评价"),
        help=gettext_lazy("What the deputy said of the reply."),
    ),
)
