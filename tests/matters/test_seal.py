"""The seal on the evaluation: until it opens, nobody in a unit can learn what was said, by whatever door."""

import re
from html import unescape
from urllib.parse import urldefrag

import pytest
from django.db import transaction
from django.test import Client

from qiao.accounts.actors import actor_in
from qiao.accounts.operations import grant_post
from qiao.kernel import clock
from qiao.kernel.errors import NotAllowed, Unfit, WrongState
from qiao.kernel.policy import Actor
from qiao.matters import operations, tasks
from qiao.matters.models import Evaluation, State, Suggestion
from qiao.matters.sealing import as_seen
from qiao.matters.worklists import deputy_views, sealed_views, staff_views, unit_views
from tests.world import REPLY, SINCE, SYSTEM, rule

from .given import entry, on, refused, told

pytestmark = [pytest.mark.django_db, pytest.mark.capability("T4"), pytest.mark.usefixtures("english")]

WHY = {"satisfied": "感谢承办单位逐盏检修", "dissatisfied": "十一盏只修好了五盏"}
NOTHING = ""
LAST_DAY = (2026, 3, 30)  # twenty working days after the reply of 2 March


@pytest.fixture
def sealed(world):
    """The national default: sealed until the deputy's time to evaluate is over. Answered on 2 March 2026."""
    rule(world, "seal_until", "window_end")
    return world


def answered(world):
    with on(2026, 3, 2):
        rule(world, "seal_until", "window_end")
        return world.replied()


def rate(world, s, rating):
    return operations.evaluate(s, actor=world.actors["deputy"], ratings={"result": rating}, reason=WHY[rating])


def said(s):
    return Evaluation.objects.get(reply__assignment__suggestion=s)


def readers(world, evaluation):
    """The roles that may read it."""
    return {name for name, actor in world.actors.items() if Evaluation.objects.visible_to(actor).filter(pk=evaluation.pk).exists()}


def test_what_was_said_of_an_earlier_reply_stays_open_while_a_later_one_is_under_seal(world):
    with on(2026, 3, 2):
        s = world.rehandling()
        rule(world, "seal_until", "window_end")
    with on(2026, 5, 6):
        reply = operations.draft_reply(s.assignments.get(), actor=world.actors["handler"], **REPLY)
        operations.request_approval(reply, actor=world.actors["handler"])
        operations.issue(reply, actor=world.actors["signer"], document_no="测函〔2026〕2号")
    s = Suggestion.objects.get(pk=s.pk)
    limits = s.clocks.filter(kind="evaluation").order_by("pk")
    assert [one.ended_on is None for one in as_seen(limits, s, world.actors["handler"])] == [False, True]


# --- nothing can be learnt --------------------------------------------------------------------------------------------------------


def addresses(s):
    """Where a curious reader begins: home, lists narrowed in every way, exports, the public's pages, the API."""
    post = Actor(grants=frozenset({"evaluation.read_sealed"}))
    views = [*staff_views(), *unit_views(post), *deputy_views(post), *sealed_views(post)]
    narrowed = [f"view={view.key}" for view in views] + [f"state={state}" for state in State.values]
    narrowed += ["q=满意", *(f"q={words}" for words in WHY.values()), "order=due", "order=-newest"]
    lists = [f"{base}?{words}" for base in ("/suggestions/", "/open/") for words in narrowed]
    files = [f"{base}?{words}&export=csv" for base in ("/suggestions/", "/open/") for words in ("", "state=closed", "view=decide")]
    api = [f"/api/v1/suggestions/{words}" for words in (f"{s.pk}", *(f"?state={state}" for state in State.values), "")]
    acts = [f"/suggestions/{s.pk}/{verb}/" for verb in ("evaluate", "open_evaluation", "close_unrated", "order_rehandling", "publish")]
    return ["/", "/notices/", *lists, *files, *api, *acts, f"/open/{s.pk}/", f"/open/{s.pk}.json", f"/suggestions/{s.pk}/paper.pdf"]


SECRETS = re.compile(r'(csrfmiddlewaretoken" value="|name="once" value="|"X-CSRFToken": ?")[^"]+')
"""What a page says anew each time."""


def text_of(answer):
    """What was sent, whether all at once or as a file in parts."""
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode(errors="ignore")


ELSEWHERE = ("/static/", "/ui/", "/help/", "/account/mine/factor/")
"""Pages that cannot speak of a suggestion; the last shows a new secret at every look."""


def walk(user, begin, elsewhere=()):
    """Every page the reader comes to from there by following links, as they read it; the ways of narrowing a list are all
    among the addresses."""
    client = Client()
    client.cookies["qiao_language"] = "en"
    if user:
        client.force_login(user)
    todo, read = list(begin), {}
    while todo:
        url = todo.pop()
        if url in read:
            continue
        answer = client.get(url)
        kind = answer.headers.get("Content-Type", "")
        body = text_of(answer)
        if "pdf" in kind or "officedocument" in kind:
            body = ""  # a paper carries the second in which it was made; what papers say of an evaluation is nothing at all
        read[url] = (answer.status_code, SECRETS.sub(r"\1", body))
        if "html" in kind:
            found = {urldefrag(unescape(link))[0] for link in re.findall(r'href="(/[^"]*)"', body)}
            todo += sorted(link for link in found - read.keys() if "?" not in link and not link.startswith((*ELSEWHERE, *elsewhere)))
    return read


@pytest.mark.parametrize("role", ["liaison", "handler", "signer"])
def test_what_a_unit_reads_is_the_same_whatever_the_deputy_said_and_whether_they_said_it(world, role):
    s = answered(world)
    seen = {}
    with on(2026, 3, 5):
        for rating in (*WHY, NOTHING) if role == "handler" else WHY:
            with transaction.atomic():
                if rating:
                    rate(world, s, rating)
                seen[rating] = walk(world.actors[role].user, addresses(s))
                transaction.set_rollback(True)
    assert seen["satisfied"].keys() == seen["dissatisfied"].keys()
    assert [url for url, page in seen["satisfied"].items() if seen["dissatisfied"][url] != page] == []
    assert [url for url, page in seen["satisfied"].items() if NOTHING in seen and seen[NOTHING].get(url) != page] == []
    assert len(seen["satisfied"]) > 80
    assert seen["satisfied"][f"/suggestions/{s.pk}/"][0] == 200
    assert not [url for url, (_status, body) in seen["dissatisfied"].items() if WHY["dissatisfied"] in body and "q=" not in url]


def test_the_public_reads_the_same_whatever_the_deputy_said(world, client):
    s = operations.publish(answered(world), actor=world.actors["clerk"], publicity="full")
    seen = []
    with on(2026, 3, 5):
        for rating in (*WHY, NOTHING):
            with transaction.atomic():
                if rating:
                    rate(world, s, rating)
                urls = (f"/open/{s.pk}/", f"/open/{s.pk}.json", "/open/?state=closed&export=csv")
                seen.append([SECRETS.sub("", text_of(client.get(url))) for url in urls])
                transaction.set_rollback(True)
    assert seen[0] == seen[1] == seen[2]


def test_under_seal_only_its_signers_and_those_named_for_it_read_the_evaluation(sealed):
    s = sealed.replied()
    rate(sealed, s, "dissatisfied")
    assert readers(sealed, said(s)) == {"deputy", "clerk", "leader"}
    assert told("evaluated") == ["clerk"]
    assert told("evaluation_opened") == []
    assert entry("suggestion.evaluate").note == ""
    assert WHY["dissatisfied"] not in str(entry("suggestion.evaluate").changes)


def test_a_joint_signer_reads_it_too(sealed):
    s = sealed.signed_jointly()
    s = operations.submit(s, actor=sealed.actors["deputy"])
    s = operations.register(s, actor=sealed.actors["clerk"])
    s = operations.assign(s, actor=sealed.actors["clerk"], unit=sealed.unit)
    operations.sign_for(s.assignments.get(), actor=sealed.actors["liaison"])
    who = {"mode": "phone", "on": clock.today(), "who": "代表", "content": "已说明。"}
    operations.record_contact(s.assignments.get(), actor=sealed.actors["handler"], **who)
    reply = operations.draft_reply(s.assignments.get(), actor=sealed.actors["handler"], text="已修。", result="A")
    operations.request_approval(reply, actor=sealed.actors["handler"])
    operations.issue(reply, actor=sealed.actors["signer"])
    rate(sealed, Suggestion.objects.get(pk=s.pk), "satisfied")
    assert readers(sealed, said(s)) == {"deputy", "deputy2", "clerk", "leader"}


def test_the_lead_deputy_acting_for_the_unit_does_not_read_what_they_said_as_a_deputy(sealed):
    post = grant_post(sealed.congress, actor=SYSTEM, user=sealed.actors["deputy"].user, role="unit_handler", unit=sealed.unit, starts=SINCE)
    s = sealed.replied()
    rate(sealed, s, "satisfied")
    assert not Evaluation.objects.visible_to(actor_in(post)).exists()


# --- under seal nothing follows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["satisfied", "dissatisfied"])
def test_under_seal_the_suggestion_stays_answered(world, rating):
    s = answered(world)
    with on(2026, 3, 5):
        s = rate(world, s, rating)
    assert (s.state, s.closed_at, s.due, s.assignments.get().state) == (State.REPLIED, None, None, "answered")
    assert said(s).sealed_until == clock.day_of(clock.now()).replace(*LAST_DAY)


def test_until_the_seal_opens_the_deputy_corrects_what_they_said_and_the_earlier_words_are_kept(world):
    s = answered(world)
    with on(2026, 3, 5):
        rate(world, s, "satisfied")
    with on(2026, 3, 9):
        rate(world, s, "dissatisfied")
    assert said(s).rating == "dissatisfied"
    assert [(e["ratings"], e["reason"]) for e in said(s).earlier] == [({"result": "satisfied"}, WHY["satisfied"])]
    with on(2026, 3, 10):
        operations.open_evaluation(s, actor=world.actors["clerk"])
    with refused(WrongState):
        rate(world, s, "satisfied")


def test_an_evaluated_reply_is_not_closed_as_unrated(world):
    s = answered(world)
    with on(2026, 3, 5):
        rate(world, s, "satisfied")
    with on(2026, 5, 5), refused(NotAllowed, "open the evaluation instead"):
        operations.close_unrated(s, actor=world.actors["clerk"])


# --- the seal opens ---------------------------------------------------------------------------------------------------------------


def test_satisfaction_stays_sealed_to_the_last_day_and_opens_on_the_next(world):
    s = answered(world)
    with on(2026, 3, 5):
        rate(world, s, "satisfied")
    with on(*LAST_DAY):
        with refused(NotAllowed, "may be opened today"):
            operations.open_evaluation(s, actor=world.actors["clerk"])
        with refused(Unfit, "may be opened today"):
            operations.open_evaluation(s, actor=Actor.system("impatience"))
        assert operations.open_due() == 0
    with on(2026, 3, 31):
        tasks.open_evaluations.func()
    s.refresh_from_db()
    assert (s.state, s.assignments.get().state, told("evaluation_opened")) == (State.CLOSED, "closed", ["handler", "liaison", "signer"])
    assert {"handler", "liaison", "signer"} < readers(world, said(s))


def test_staff_open_dissatisfaction_before_the_last_day_so_that_it_is_dealt_with(world):
    s = answered(world)
    with on(2026, 3, 5):
        rate(world, s, "dissatisfied")
        s = operations.open_evaluation(s, actor=world.actors["clerk"])
    assert (s.state, said(s).opened_at is not None) == (State.DISSATISFIED, True)


def test_where_the_rules_oblige_the_unit_its_second_time_begins_when_the_seal_opens(world):
    with on(2026, 3, 2):
        rule(world, "rehandle_auto", True)
    s = answered(world)
    with on(2026, 3, 5):
        rate(world, s, "dissatisfied")
    assert not s.clocks.filter(kind="rehandle").exists()
    with on(2026, 3, 31):
        assert operations.open_due() == 1
    s.refresh_from_db()
    assert (s.state, s.clocks.get(kind="rehandle").start.isoformat()) == (State.REHANDLING, "2026-03-31")


def test_a_congress_may_leave_the_opening_to_its_staff(world):
    rule(world, "seal_until", "staff_opens")
    s = world.replied()
    rate(world, s, "satisfied")
    assert said(s).sealed_until is None
    for role in ("deputy", "handler", "signer", "leader", "other_clerk"):
        with refused(NotAllowed):
            operations.open_evaluation(s, actor=world.actors[role])
    assert operations.open_due() == 0
    assert operations.open_evaluation(s, actor=world.actors["clerk"]).state == State.CLOSED


def test_what_is_said_after_the_last_day_is_open_at_once(world):
    s = answered(world)
    with on(2026, 4, 20):
        assert rate(world, s, "satisfied").state == State.CLOSED
    assert said(s).opened_at


# --- the pages of those who may know ----------------------------------------------------------------------------------------------


def test_the_lead_deputys_page_shows_what_they_said_and_offers_to_correct_it(sealed, login):
    s = sealed.replied()
    rate(sealed, s, "dissatisfied")
    body = unescape(login("deputy").get(f"/suggestions/{s.pk}/").content.decode())
    assert WHY["dissatisfied"] in body
    assert "Correct the evaluation" in body
    assert "the unit cannot read it" in body
    form = unescape(login("deputy").get(f"/suggestions/{s.pk}/evaluate/").content.decode())
    assert WHY["dissatisfied"] in form
    assert s.title not in login("deputy").get("/suggestions/?view=evaluate").content.decode()


def test_staff_find_dissatisfaction_under_seal_and_open_it(sealed, login):
    s = sealed.replied()
    rate(sealed, s, "dissatisfied")
    client = login("clerk")
    assert s.title in client.get("/suggestions/?view=sealed_bad").content.decode()
    assert s.title not in client.get("/suggestions/?view=evaluation").content.decode()
    assert client.post(f"/suggestions/{s.pk}/open_evaluation/").status_code == 302
    s.refresh_from_db()
    assert s.state == State.DISSATISFIED
