"""The documents say what is so: the reference is as the code would write it, links lead somewhere."""

import re
from urllib.parse import unquote

from django.core.management import call_command

from .sources import ROOT, name_of, text, tracked

FENCED = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
FOLDERS = ("docs/", "README", "CONTRIBUTING", "CHANGELOG")


def documents():
    return [path for path in tracked() if path.suffix == ".md" and name_of(path).startswith(FOLDERS)]


def anchors(path):
    """The places of a document that a link may name."""
    headings = HEADING.findall(FENCED.sub("", text(path)))
    return {re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).strip().replace(" ", "-") for heading in headings}


def broken(path):
    """The links of a document that lead nowhere in the repository."""
    for target in LINK.findall(CODE.sub("", FENCED.sub("", text(path)))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _hash, anchor = unquote(target).partition("#")
        to = (path.parent / file).resolve() if file else path
        if not to.exists() or not to.is_relative_to(ROOT) or (anchor and to.suffix == ".md" and anchor not in anchors(to)):
            yield target


def test_the_reference_is_as_the_code_would_write_it(db):
    call_command("reference", check=True)


def test_links_lead_somewhere():
    assert documents()
    assert {name_of(path): found for path in documents() if (found := list(broken(path)))} == {}
