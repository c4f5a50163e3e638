"""The glossary binds the words: what it says is in the code, and the Chinese of the interface uses its terms."""

import re

import polib
import pytest
from django.conf import settings

GLOSSARY = settings.ROOT / "docs" / "glossary.md"
CATALOGUE = settings.ROOT / "qiao" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
BOUND = {
    # what stands in the English sentence: what must stand in the Chinese one
    r"suggestions?": ["建议"],
    r"handling units?": ["承办单位"],
    r"mandates?": ["代表资格", "任职"],
    r"deput(?:y|ies)": ["代表"],
    r"repl(?:y|ies)": ["答复"],
    r"evaluat\w+": ["评价"],
    r"joint signers?": ["附议", "联名"],
    r"sign jointly": ["附议", "联名"],
    r"delegations?": ["代表团"],
    r"electing units?": ["选举单位"],
    r"electoral districts?": ["选区"],
    r"standing committees?": ["常委会", "常务委员会"],
    r"assignment opinion": ["交办意见"],
    r"result class(?:es)?": ["办理结果", "结果分类", "结果类别"],
    r"working days?": ["工作日"],
    r"rulebook": ["规则"],
}
OTHERWISE = {
    # sentences in which English uses the word for another thing
    "The deputy head in charge",
    "Deputy head of the delegation",
    "Deputy convener",
    "This message was sent automatically. Please do not reply to it.",
    # and those in which Chinese has a set phrase, or leaves out what is plain
    "Mandates",
    "One matter in one suggestion. It is yours alone until you submit it.",
    "One matter, one suggestion.",
    "Sign suggestions jointly",
    "The contact lies before the suggestion was handed over.",
    "The deputies are asked to sign.",
    "The time to ask for a return has passed. Sign for the suggestion and talk to the congress's staff.",
    "Whether a rating of “dissatisfied” by itself obliges the unit to handle the suggestion again; otherwise staff decide.",
    "Whether the longer time for the reply needs the consent of whoever handed the suggestion over.",
    "Within what time a unit that is not competent may ask to return a suggestion, with reasons.",
    "invitation to sign a suggestion.",
}


def rows():
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if row[0] != "中文" and not set(row[0]) <= {"-", " "}]


def test_every_row_has_four_cells_and_no_word_stands_twice():
    assert all(len(row) == 4 and all(row) for row in rows())
    for column in (0, 1):
        words = [row[column] for row in rows()]
        assert len(set(words)) == len(words)


def test_every_identifier_is_one_of_the_code():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (settings.ROOT / "qiao").rglob("*.py"))
    names = [name for row in rows() for name in re.findall(r"`([^`]+)`", row[2])]
    for name in names:
        if "/" in name:
            assert (settings.ROOT / name).is_dir(), name
        else:
            assert all(re.search(rf"\b{part}\b", sources) for part in re.split(r"[.]", name)), name


@pytest.mark.parametrize("english", BOUND)
def test_the_bound_words_stand_in_the_glossary(english):
    assert any(re.search(rf"\b{english}\b", row[1]) and any(word in row[0] for word in BOUND[english]) for row in rows())


@pytest.mark.parametrize("english", BOUND)
def test_translations_use_the_words_of_the_glossary(english):
    entries = [entry for entry in polib.pofile(str(CATALOGUE)) if entry.translated() and entry.msgid not in OTHERWISE]
    speaking = [entry for entry in entries if re.search(rf"\b{english}\b", entry.msgid, re.IGNORECASE)]
    said = {entry.msgid: entry.msgstr or " ".join(entry.msgstr_plural.values()) for entry in speaking}
    assert {msgid: words for msgid, words in said.items() if not any(word in words for word in BOUND[english])} == {}
