"""A suggestion that a delegation of the province puts forward in session, told like the others."""

import datetime as dt
import random

from qiao.congress.models import DelegationHead, DelegationRank
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.matters import operations
from qiao.matters.models import Suggestion
from qiao.rulebook.operations import set_provision

from .history import SHOWN_CONGRESS, Story
from .people import People
from .places import SINCE, Places

TEXT = {
    "congress": SHOWN_CONGRESS, "unit": "education", "topic": "教育", "kind": "suggestion",
    "title": "关于统筹山区县乡镇寄宿制学校建设的建议",
    "matter": "我团代表会前走访了十一个山区乡镇。村小撤并以后，四千二百余名小学生每天往返路程超过五公里，冬季天不亮就要出门。\n现有寄宿床位两千六百张，缺口一千六百张；一半以上的宿舍建于二十年前，没有集中供暖和热水。",
    "proposal": "1. 由省里统筹，三年内在中心乡镇新建、改扩建寄宿制学校二十所。\n2. 把生活老师、校医纳入编制或者购买服务，按寄宿人数配备。\n3. 宿舍供暖、热水改造列入今年民生实事。",
    "contact": "向代表团团长说明建设规划和资金安排，听取代表团意见。",
    "reply": "贵团提出的建议收悉。我厅已将二十所寄宿制学校列入三年规划，今年开工八所，新增床位七百张。\n宿舍供暖和热水改造列入今年民生实事，涉及四十三所学校，供暖季前完成。\n生活老师按寄宿生每五十人一名配备，经费由省、市、县按比例分担。",
    "result": "B", "rating": "satisfied", "reason": "", "second_reply": "", "return_reason": "",
}  # fmt: skip


class DelegationStory(Story):
    """Discussed in the delegation in place of being signed jointly."""

    def gap(self, stage: str) -> int:
        """What happens in session happens within its few days."""
        return {"draft": 0, "cosigning": 1, "submitted": 0}.get(stage, super().gap(stage))

    for_delegation = True

    def cosigning(self) -> None:
        said = "代表一致认为，寄宿条件是山区孩子上学的头等大事。"
        operations.record_discussion(self.suggestion, actor=self.deputy, on=clock.today(), present=2, in_favour=2, summary=said)


def play_delegation(places: Places, people: People, actor: Actor) -> Suggestion:
    """Let delegations of the province put suggestions forward, and one do it, as far as its evaluation."""
    congress, session = places.congresses[SHOWN_CONGRESS], people.sessions[SHOWN_CONGRESS][-1]
    why = "青岚省人大代表议事规则（虚构）"
    set_provision(congress, actor=actor, key="allow_delegation_suggestion", value=True, source=why, valid_from=SINCE)
    head = DelegationHead.objects.on(session.opens).filter(delegation__term=session.term, rank=DelegationRank.HEAD).latest("delegation")
    story = DelegationStory(TEXT, session.opens + dt.timedelta(days=1), places, people, random.Random(17), head.mandate)  # noqa: S311
    story.play("evaluated")
    return story.suggestion
