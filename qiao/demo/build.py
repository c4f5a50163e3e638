"""Builds the demonstration from nothing, with progress, in well under a minute."""

import datetime as dt
import io
from collections.abc import Callable

from django.core.management import call_command

from qiao.accounts import operations as accounts
from qiao.accounts.actors import actor_in
from qiao.kernel import clock
from qiao.kernel.policy import Actor
from qiao.matters import operations as matters
from qiao.notices.operations import mark_all_read
from qiao.orgs.models import Congress, Level
from qiao.rulebook.operations import apply_preset, set_provision
from qiao.web.indexing import postponed

from .bodies import build_bodies
from .delegation import play_delegation
from .history import load_texts, play_history
from .people import build_people, give_password
from .places import SINCE, Places, build_places
from .province import build_province
from .showcase import shown_posts

PRESETS = {"99": "national", "9901": "shanghai", "9902": "zhejiang", "990101": "shanghai", "990201": "shandong"}
"""So that the demonstration shows several rulebooks; the others keep the national defaults."""


SMALL, PROVINCE = "small", "province"
SCALES = (SMALL, PROVINCE)


def build(say: Callable[[str], None], scale: str = SMALL) -> None:
    """Everything, in order; ``say`` is told each step. ``scale``: the small one, or with a whole province round it."""
    actor, today = Actor.system("demo"), clock.today()
    year = today.year if today.month > 2 else today.year - 1  # noqa: PLR2004 — the last January session but the one being prepared
    call_command("seed_roles", verbosity=0)
    call_command("seed_rulebook", verbosity=0)
    say("areas, congresses, units")
    places = build_places(actor)
    for code, congress in places.congresses.items():
        if congress.level != Level.NATION:
            apply_preset(congress, actor=actor, preset=PRESETS.get(code, "national"), on=SINCE)
    set_provision(
        places.congresses["99"],
        actor=actor,
        key="rehandle_auto",
        value=False,
        source="青岚省人大常委会主任会议决定（虚构）",
        valid_from=SINCE,
    )
    people = build_people(places, actor, year, say)
    say("groups, attendance, a by-election")
    build_bodies(places, people, actor, today)
    _topics(places, actor)
    _others(places, actor)
    texts, read_until = len(load_texts()), today - dt.timedelta(days=20)
    with postponed():
        for number, suggestion in enumerate(play_history(places, people, today), start=1):
            if suggestion.created_at.date() > read_until:
                read_until = _read_all(today)
            if number % 20 == 0 or number == texts:
                say(f"suggestions {number}/{texts}: {suggestion.title}")
        say(play_delegation(places, people, actor).title)
    if scale == PROVINCE:
        build_province(places, actor, year, say)
        say("search index")
        call_command("rebuild_search", stdout=io.StringIO())
    for post in shown_posts():
        give_password(post.user, actor)


def _read_all(today: dt.date) -> dt.date:
    """The accounts to try have read what came before; once, so the next day to do it lies in the future."""
    for post in shown_posts():
        mark_all_read(post.user, actor=actor_in(post))
    return today + dt.timedelta(days=1)


def _topics(places: Places, actor: Actor) -> None:
    names = dict.fromkeys(text["topic"] for text in load_texts())
    for congress in places.congresses.values():
        for name in names if congress.level != Level.NATION else []:
            matters.add_topic(congress, actor=actor, name=name)


def _others(places: Places, actor: Actor) -> None:
    """A leader and the three administrators of the province."""
    province: Congress = places.congresses["99"]
    others = [
        ("leader", "阮望桥", "leader"),
        ("admin", "柯守正", "sysadmin"),
        ("security", "洪守拙", "secadmin"),
        ("auditor", "明察秋", "auditadmin"),
    ]
    for login, name, role in others:
        person = accounts.add_person(province, actor=actor, name=name)
        user = accounts.open_account(person, actor=actor, login=login)
        accounts.grant_post(province, actor=actor, user=user, role=role, starts=SINCE)
