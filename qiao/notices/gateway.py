"""Notices by text message, WeCom, DingTalk and Feishu: a line of text, handed to the gateway by Apprise."""

import json
import logging
import threading
from collections.abc import Collection, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import apprise
import apprise.plugins.dingtalk
import apprise.plugins.wecombot
import requests
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .carrier import Failure
from .channels import OWN, PHONE, gateway
from .groups import group_of
from .mail import site
from .masking import masked
from .models import Notice
from .queries import Manner

LONGEST = 200
"""Characters of a message besides its address: more than three parts of a text message cost too much."""
log = logging.getLogger("apprise")


class _Strict:
    """``requests`` for plug-ins that look at the status alone: a robot that says 200 and an error number has said no."""

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, *given: Any, **more: Any) -> requests.Response:
        """Ask; an answer with an error number counts as refused, and its words are said."""
        answer = requests.post(*given, **more)  # noqa: S113 (the plug-in gives the time)
        try:
            said = json.loads(answer.content)
        except ValueError:
            said = {}
        if isinstance(said, dict) and said.get("errcode"):
            log.warning("%s %s", said["errcode"], said.get("errmsg", ""))
            answer.status_code = 400
        return answer


for _plugin in (apprise.plugins.dingtalk, apprise.plugins.wecombot):
    _plugin.requests = _Strict()  # type: ignore[attr-defined]


class _Heard(logging.Handler):
    """What Apprise says while one message is sent: it returns yes or no, the reason it only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread, self.said = threading.get_ident(), list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.said.append(record.getMessage())

    def __enter__(self) -> Self:
        log.addHandler(self)
        return self

    def __exit__(self, *fault: object) -> None:
        log.removeHandler(self)


class Messenger:
    """Carries notices to one gateway. ``manners`` says for each person in whose name, and how much is said; of ``confidential`` matters
    (their trails) never more than the kind."""

    def __init__(self, channel: str, manners: Mapping[int, Manner], confidential: Collection[str] = ()) -> None:
        self.gateway, self.manners, self.confidential = gateway(channel), manners, confidential

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to let go of: each message is a request of its own."""

    def carry(self, notice: Notice, address: str, language: str) -> Failure | None:
        """Hand one message over; the answer of the gateway is the failure's reason."""
        place = self.gateway.replace(PHONE, quote(address, safe="")).replace(OWN, quote(address, safe=""))
        manner = self.manners.get(notice.user_id, Manner())
        if notice.trail in self.confidential:
            manner = Manner(manner.congress)
        with _Heard() as heard:
            try:
                plugin = apprise.Apprise.instantiate(place)
                taken = bool(plugin) and plugin.notify(body=text(notice, manner, language))  # type: ignore[union-attr]
            except Exception as error:  # whatever a plug-in raises must not reach the person who acted
                heard.said.append(type(error).__name__)
                taken = False
        if taken:
            return None
        return Failure(masked(" ".join(heard.said).replace(address, "•••")) or _("The gateway did not take it."))


def text(notice: Notice, manner: Manner, language: str) -> str:
    """One line: who says it, what has happened as far as the congress lets it leave, and where to read it."""
    with translation.override(language):
        if manner.says == "title":
            said, page = notice.title, notice.url
        else:
            said, page = _("You have a new notice: %(kind)s") % {"kind": group_of(notice.code).label}, reverse("notices:index")
    line = f"{manner.congress}: {said}" if manner.congress else said
    return f"{line if len(line) <= LONGEST else f'{line[: LONGEST - 1]}…'} {site(page)}"
