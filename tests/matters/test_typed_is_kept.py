"""Every page with a form, found by following the links of every role: what is typed and cannot be accepted stands there again.

Of files and passwords, which no page gives back, it says that they must be given again.
"""

from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.capability("P4")]

ROLES = ["deputy", "clerk", "handler", "signer", "liaison", "sysadmin", "secadmin", "auditadmin"]
TYPED = {"text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local"}
FORMS = 25
"""How many different forms are found at least; fewer would mean that the way to them is lost."""
EACH = {"web:home", "matters:detail"}
"""Pages that offer each role something else."""


def what(url, role):
    """Which page an address is, whatever object it is about; None for what is no page."""
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    others = tuple(f"{value}" for value in match.kwargs.values() if not f"{value}".isdigit())
    return (match.view_name, others, role if match.view_name in EACH else "", match.kwargs.get("pk") if match.view_name in EACH else None)


def walked(login):
    """Every page once, with the client that sees it: (client, address, page)."""
    seen = set()
    for role in ROLES:
        client, waiting = login(role), ["/"]
        client.raise_request_exception = False
        while waiting:
            url = waiting.pop(0)
            here = what(url, role)
            if here is None or here in seen:
                continue
            answer = client.get(url)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html") or answer.streaming:
                continue
            seen.add(here)
            page = lxml.html.fromstring(answer.content.decode())
            yield client, url, page
            waiting += [urljoin(url, link) for link in page.xpath("//a/@href") if link.startswith(("/", "?"))]


def filled(form):
    """What a person sends who types something into every field, and each time something that no field can bear; what must be said of it."""
    sent, typed, gone = {}, {}, {}
    for field in form.xpath(".//input|.//textarea|.//select"):
        name, kind = field.get("name"), field.get("type", "text") if field.tag == "input" else field.tag
        if not name or kind in {"submit", "button"} or field.get("disabled") is not None:
            continue
        if kind == "textarea" or kind in TYPED:
            typed[name] = f"typed-{len(typed)}-"
            sent[name] = typed[name] + "\0"
        elif kind == "file":
            gone[name] = f"chosen-{len(gone)}.pdf"
            sent[name] = SimpleUploadedFile(gone[name], b"words")
        elif kind == "password":
            gone[name] = ""
            sent[name] = "secret-words\0"
        elif kind in {"checkbox", "radio"}:
            if field.get("checked") is not None:
                sent.setdefault(name, []).append(field.get("value", "on"))
        elif kind == "select":
            chosen = field.xpath(".//option[@selected]/@value") or field.xpath(".//option/@value")[:1]
            sent[name] = chosen
        else:
            sent[name] = field.get("value", "")
    return sent, typed, gone


def said_again(page):
    """The files and passwords of which the page says that they must be given again: the field's name and the file's."""
    links = lxml.html.fromstring(page).xpath("//*[@data-again]//a")
    return {link.xpath("string(id(substring(@href, 2))/@name)"): link.text_content() for link in links}


def test_what_is_typed_and_refused_stands_there_again(world, everywhere, login):
    asked, lost, told = set(), {}, set()
    for client, url, page in walked(login):
        for form in page.xpath("//form[translate(@method, 'POST', 'post')='post']"):
            action = urljoin(url, form.get("action") or url)
            sent, typed, unkept = filled(form)
            here = (*what(action, "")[:2], *sorted({**typed, **unkept}))
            if not (typed or unkept) or here in asked:
                continue
            asked.add(here)
            answer = client.post(action, sent)
            said = answer.content.decode()
            gone = [name for name, text in typed.items() if text not in said] + ["password"] * ("secret-words" in said)
            again = said_again(said)
            gone += [name for name, file in unkept.items() if name not in again or file not in again[name]]
            told |= {bool(file) for file in unkept.values()}
            if answer.status_code != 422 or gone:
                lost[f"{here[0]} {' '.join(here[1])} from {what(url, '')[0]}"] = (answer.status_code, gone)
    assert len(asked) > FORMS
    assert told == {True, False}
    assert lost == {}
