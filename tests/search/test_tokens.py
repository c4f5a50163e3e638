"""From text to terms, from what was typed to phrases."""

from hypothesis import given
from hypothesis import strategies as st

from qiao.search.tokens import MOST_TERMS, phrases, terms


def test_a_stretch_becomes_pairs_and_its_last_character():
    assert terms("停车难") == ["停车", "车难", "难"]


def test_a_phrase_cannot_reach_over_a_comma():
    assert terms("停车，难") == ["停车", "车", "难"]


def test_words_and_numbers_are_taken_whole_and_full_width_is_the_same():
    assert terms("５Ｇ基站2026年") == ["5g", "基站", "站", "2026", "年"]


def test_rare_characters_of_names_are_characters_too():
    assert terms("𠮷田") == ["𠮷田", "田"]


def test_each_stretch_typed_is_one_phrase_and_nothing_is_asked_twice():
    assert phrases("停车难 停车难 井") == [("停车", "车难"), ("井",)]


def test_punctuation_asks_nothing():
    assert phrases("“”!?%*'\"--") == []


@given(st.text(max_size=300))
def test_nothing_a_database_could_obey_is_left_of_a_text(text):
    for left in [*terms(text), *(term for phrase in phrases(text) for term in phrase)]:
        assert left
        assert not set(left) & set("\"'`*:&|!()<>@#%_^\\- \x00\n")


def test_an_endless_text_is_indexed_by_its_beginning():
    assert len(terms("长" * 100_000)) == MOST_TERMS
