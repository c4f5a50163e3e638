"""Wordings the catalogue starts from: what a reply may come to, how it is rated, why an item is not accepted."""

from .kinds import Entry

SATISFIED, BASICALLY_SATISFIED, DISSATISFIED = "satisfied", "basically_satisfied", "dissatisfied"

RATINGS: list[Entry] = [
    {"code": SATISFIED, "label": "满意", "label_en": "Satisfied"},
    {"code": BASICALLY_SATISFIED, "label": "基本满意", "label_en": "Basically satisfied"},
    {"code": DISSATISFIED, "label": "不满意", "label_en": "Dissatisfied"},
]

DIMENSIONS: dict[str, Entry] = {
    "attitude": {"code": "attitude", "label": "办理态度", "label_en": "Attitude in handling"},
    "result": {"code": "result", "label": "办理结果", "label_en": "Result of handling"},
}
"""What a deputy can be asked to rate, each by itself (R3.50)."""


def _result(code: str, label: str, label_en: str, *, promises: bool = False, dated: bool = False, resolved: bool = False) -> Entry:
    return {
        "code": code,
        "label": label,
        "label_en": label_en,
        "creates_commitment": promises,
        "requires_due_date": dated,
        "counts_as_resolved": resolved,
    }


RESULTS: list[Entry] = [
    _result("A", "已经解决或基本解决", "Solved or basically solved", resolved=True),
    _result("B", "正在解决或已列入计划", "Being solved or planned", promises=True, dated=True),
    _result("C", "暂不具备条件，今后解决", "To be solved later, when conditions allow"),
    _result("D", "留作参考", "For reference"),
]
"""The four classes of the national congress (R3.47); other places mean other things by the same letters."""

REASONS: dict[str, Entry] = {
    code: {"code": code, "label": label, "label_en": label_en}
    for code, label, label_en in [
        ("personal", "涉及代表本人或者亲属个人事项", "A personal matter of the deputy or of relatives"),
        ("forwarded", "仅转递他人来信", "Merely forwards other people's letters"),
        ("case", "涉及具体司法、监察案件", "A concrete judicial or supervisory case"),
        ("complaint", "属于申诉、控告、检举", "A complaint, an accusation or a report of wrongdoing"),
        ("academic", "属于学术探讨或者法律政策咨询", "Academic discussion, or a question about law or policy"),
        ("promotion", "为产品作推介宣传", "Promotion or advertising"),
        ("tender", "涉及正在进行的招标投标", "Who should win a running tender"),
        ("interest", "与本人利益相关或者影响公平竞争", "Linked to one's own interest, or distorts competition"),
        ("empty", "没有具体内容", "No concrete content"),
        ("out_of_jurisdiction", "不属于本行政区域有关机关、组织职权范围", "Not within the powers of the organs of this area"),
        ("agenda_amendment", "属于对会议审议议案、报告的修改意见", "Amends a bill or report on the session's agenda"),
        ("unlawful", "违反法律规定", "Violates the law"),
        ("other", "其他不宜作为代表建议的情形", "Otherwise not fit to be a suggestion"),
    ]
}
"""Every reason any of the regulations read has (R3.10); a congress keeps its own list."""

COMMON_REASONS = ["personal", "forwarded", "case", "complaint", "academic", "promotion", "empty", "out_of_jurisdiction", "other"]
"""Those that most of them have."""
