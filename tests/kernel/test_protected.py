"""What is protected lies encrypted in the database, shows itself masked, is found by its fingerprint, and survives a change of key."""

import json
import secrets
from io import StringIO

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.template import Context, Template

from qiao.accounts import operations as accounts
from qiao.accounts.models import Person
from qiao.congress import operations as body
from qiao.imports.models import ImportRow
from qiao.kernel import keys
from qiao.kernel.journal import MASK
from qiao.kernel.models import Entry
from qiao.kernel.policy import Actor
from qiao.kernel.protected import Encoder, Protected, fingerprint, identity, rotate, telephone
from qiao.web import checks

PHONE, NUMBER = "13800000099", "11010519491231002X"
SYSTEM = Actor.system("tests")
A, B, C = "aes:" + "a1" * 32, "aes:" + "b2" * 32, "sm4:" + "c3" * 16


def lying(pk, column="phone"):
    """What the table holds, as somebody with a copy of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_person WHERE id = %s", [pk])  # noqa: S608
        return cursor.fetchone()[0]


@pytest.fixture
def person(world):
    return accounts.add_person(world.congress, actor=SYSTEM, name="张桥生", phone=PHONE, id_number=NUMBER)


@pytest.mark.parametrize(("mask", "plain", "shown"), [
    (telephone, "13800000099", "138****0099"), (telephone, "0990-1234567", "099*****4567"), (telephone, "12345", "*****"), (telephone, "", ""),
    (identity, NUMBER, "110" + "*" * 13 + "2X"), (identity, "123", "***"),
])  # fmt: skip
def test_a_mask_keeps_the_ends_and_hides_what_is_short(mask, plain, shown):
    assert mask(plain) == shown


def test_the_database_holds_neither_the_telephone_nor_a_plain_hash_of_it(person):
    assert lying(person.pk).startswith(keys.current().prefix)
    assert PHONE not in lying(person.pk)
    assert NUMBER not in lying(person.pk, "id_number")
    assert lying(person.pk, "phone_hash") == fingerprint(PHONE, "accounts.person.phone")


def test_two_people_with_one_telephone_do_not_lie_there_alike(world, person):
    other = accounts.add_person(world.congress, actor=SYSTEM, name="李四", phone=PHONE)
    assert lying(other.pk) != lying(person.pk)
    assert lying(other.pk, "phone_hash") == lying(person.pk, "phone_hash")


def test_whoever_writes_it_anywhere_writes_the_mask(person):
    held = Person.objects.get(pk=person.pk)
    written = [
        str(held.phone),
        repr(held.phone),
        f"{held.phone}",
        Template("{{ p.phone }}").render(Context({"p": held})),
    ]
    assert all("138****0099" in one and PHONE not in one for one in written)
    assert held.phone.plain == PHONE
    with pytest.raises(TypeError):
        json.dumps({"phone": held.phone})
    assert PHONE not in json.dumps({"phone": held.phone}, cls=Encoder)


def test_the_journal_says_that_it_changed_and_not_even_its_fingerprint(world, person):
    body.correct_person(world.mandates["deputy"].person, actor=world.actors["clerk"], phone="13800000001")
    assert Entry.objects.get(code="person.correct").changes == {"phone": [MASK, MASK]}


def test_a_change_of_one_column_keeps_its_fingerprint_with_it(world):
    mine = world.mandates["deputy"].person
    body.correct_person(mine, actor=world.actors["clerk"], phone="139-0000-0001")
    assert Person.objects.get(phone_hash=fingerprint("13900000001", "accounts.person.phone")) == mine


def test_the_same_telephone_once_more_is_no_change(world):
    mine = world.mandates["deputy"].person
    for _time in range(2):
        body.correct_person(mine, actor=world.actors["clerk"], phone="13800000001")
    assert [entry.changes for entry in Entry.objects.filter(code="person.correct").order_by("id")] == [{"phone": [MASK, MASK]}, {}]


def test_one_identity_number_is_one_person(world, person):
    with pytest.raises(ValidationError):
        accounts.add_person(world.congress, actor=SYSTEM, name="王五", id_number=NUMBER)
    with pytest.raises(IntegrityError):
        Person.objects.bulk_create([Person(name="赵六", id_number=NUMBER)])


@pytest.mark.parametrize(
    "wrong", ["110105194912310021", "11010519491331002X", "11010519491231002", "abc", "１１０１０５１９４９１２３１００２X"]
)
def test_what_cannot_be_an_identity_number_is_refused(world, wrong):
    with pytest.raises(ValidationError):
        accounts.add_person(world.congress, actor=SYSTEM, name="王五", id_number=wrong)


def test_what_is_too_long_is_refused_and_what_looks_like_a_ciphertext_is_only_text(world):
    with pytest.raises(ValidationError):
        accounts.add_person(world.congress, actor=SYSTEM, name="王五", phone="1" * 41)
    typed = keys.current().prefix + "AAAA"
    odd = accounts.add_person(world.congress, actor=SYSTEM, name="王五", phone=typed)
    assert Person.objects.get(pk=odd.pk).phone.plain == typed


def test_a_protected_column_cannot_be_searched(person):
    for lookup, value in (("phone", PHONE), ("phone__contains", PHONE), ("phone__startswith", "138"), ("phone__in", [PHONE])):
        with pytest.raises(FieldError):
            list(Person.objects.filter(**{lookup: value}))
    assert person in Person.objects.exclude(phone="")


def test_a_ciphertext_put_into_another_column_or_changed_cannot_be_read_and_breaks_no_page(person):
    token = lying(person.pk)
    moved = Protected(None, telephone, token=token, context="accounts.person.id_number")
    spoilt = Protected(None, telephone, token=token[:-6] + "AAAAAA", context="accounts.person.phone")
    foreign = Protected(None, telephone, token="qx1.deadbeef.AAAA", context="accounts.person.phone")
    for held in (moved, spoilt, foreign):
        assert str(held) == "•••"
        with pytest.raises(keys.LostKey):
            _ = held.plain


@pytest.mark.parametrize(("before", "after"), [([], [A]), ([A], [B, A]), ([A], [C, A])])
def test_a_change_of_key_is_done_while_everything_can_be_read_and_found(person, settings, before, after):
    settings.FIELD_KEYS = before
    rotate(Person._meta.get_field("phone"))
    settings.FIELD_KEYS = after
    assert Person.objects.get(pk=person.pk).phone.plain == PHONE
    prints = Person._meta.get_field("phone_hash")
    assert person in Person.objects.filter(phone_hash__in=prints.any_of(PHONE))
    call_command("rotate_keys", stdout=StringIO())
    settings.FIELD_KEYS = after[:1]
    assert Person.objects.get(pk=person.pk).phone.plain == PHONE
    assert lying(person.pk).startswith(keys.parsed(after[0]).prefix)
    assert lying(person.pk, "phone_hash") == fingerprint(PHONE, "accounts.person.phone")
    assert rotate(Person._meta.get_field("phone")) == 0


def test_without_its_key_nothing_is_read_and_the_page_shows_dots(person, settings):
    settings.FIELD_KEYS = [A]
    rotate(Person._meta.get_field("phone"))
    settings.FIELD_KEYS = [B]
    assert str(Person.objects.get(pk=person.pk).phone) == "•••"


def test_rotation_leaves_a_row_to_whoever_changes_it_meanwhile(person, settings, monkeypatch):
    settings.FIELD_KEYS, opened = [A], keys.opened

    def meanwhile(token, context):
        Person.objects.filter(pk=person.pk).update(phone="13700000000")
        return opened(token, context)

    monkeypatch.setattr(keys, "opened", meanwhile)
    assert rotate(Person._meta.get_field("phone")) == 0
    assert Person.objects.get(pk=person.pk).phone.plain == "13700000000"


def test_rows_of_a_table_on_their_way_in_lie_encrypted(world):
    from qiao.imports import operations as imports  # noqa: PLC0415

    run = imports.upload(world.congress, actor=world.actors["clerk"], kind="units", filename="u.csv", content="名称\n甲市水务局\n".encode())
    raw = ImportRow.objects.annotate(raw_text=Cast("cells", TextField())).get(run=run)
    assert raw.cells == {"name": "甲市水务局"}
    assert raw.raw_text.startswith(keys.MARK)


def test_a_production_without_a_key_of_its_own_does_not_start(settings):
    settings.DEMO, settings.FIELD_KEYS = False, []
    assert [said.id for said in checks.field_key_given(None)] == ["qiao.E006"]
    settings.FIELD_KEYS = ["aes:" + secrets.token_hex(32)]
    assert checks.field_key_given(None) == checks.field_keys(None) == []
    for wrong in (["aes:12"], ["des:" + "0" * 64], ["sm4:" + "0" * 64], ["zz"]):
        settings.FIELD_KEYS = wrong
        assert [said.id for said in checks.field_keys(None)] == ["qiao.E004"]
    settings.FIELD_KEYS = [A, A]
    assert [said.id for said in checks.field_keys(None)] == ["qiao.E005"]
