"""Values that stand encrypted in the database and masked wherever they are written: telephones, identity numbers, tables on their way in.

Whoever needs the full value says ``.plain``, and that word is what a reviewer looks for (GB/T 22239-2019, 8.1.4.7–8; 个人信息保护法 §51).
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from . import keys

HIDDEN = "•••"
EMPTY = ("", "{}", "[]")
"""What says nothing lies there in plain."""
CHUNK = 500
"""Rows that one statement of a rotation reads."""


# --- masks --------------------------------------------------------------------------------------------------------------------


def whole(plain: str) -> str:
    """Nothing of it."""
    return HIDDEN if plain else ""


def _between(first: int, last: int, least: int) -> Callable[[str], str]:
    """The first and the last characters of what is long enough, and as many stars as there are others."""

    def mask(plain: str) -> str:
        if len(plain) < least:
            return "*" * len(plain)
        return plain[:first] + "*" * (len(plain) - first - last) + plain[-last:]

    return mask


telephone = _between(3, 4, 10)
"""138****5678."""
identity = _between(3, 2, 15)
"""110*************3X: neither the birthday nor the place."""


# --- the value ----------------------------------------------------------------------------------------------------------------


class Protected:
    """A value that shows itself masked: in templates, files, answers of the API, logs and the journal. ``plain`` is the whole of it."""

    __slots__ = ("_plain", "_token", "context", "mask")

    def __init__(self, plain: str | None, mask: Callable[[str], str] = whole, *, token: str = "", context: str = "") -> None:
        self._plain, self._token, self.mask, self.context = plain, token, mask, context

    @property
    def plain(self) -> str:
        """The whole value. Raises ``keys.LostKey`` where the installation no longer has its key."""
        if self._plain is None:
            self._plain = keys.opened(self._token, self.context)
        return self._plain

    @property
    def token(self) -> str:
        """How it may be kept: encrypted."""
        if not self._token and self._plain:
            self._token = keys.closed(self._plain, self.context)
        return self._token

    def __str__(self) -> str:
        try:
            return self.mask(self.plain)
        except keys.LostKey:
            return HIDDEN

    def __repr__(self) -> str:
        return f"<{self}>"

    def __bool__(self) -> bool:
        return bool(self._token if self._plain is None else self._plain)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Protected):
            return (bool(self._token) and self._token == other._token) or self.plain == other.plain
        return self.plain == other if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.plain)


class Encoder(DjangoJSONEncoder):
    """JSON in which a protected value stands encrypted, for what is kept to be undone."""

    def default(self, o: Any) -> Any:
        """``{"protected": token}``, which the field's ``to_python`` reads back."""
        return {"protected": o.token} if isinstance(o, Protected) else super().default(o)


# --- the columns --------------------------------------------------------------------------------------------------------------


class _Held:
    """What an object answers for a protected column: whatever is set becomes a ``Protected``, and its fingerprint with it."""

    def __init__(self, field: "ProtectedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        return instance.__dict__[self.field.attname]

    def __set__(self, instance: models.Model, value: Any) -> None:
        held = instance.__dict__[self.field.attname] = self.field.to_python(value)
        for other in instance._meta.concrete_fields:
            known = isinstance(held, Protected) and (held._plain is not None or other.attname in instance.__dict__)
            if isinstance(other, FingerprintField) and other.of == self.field.name and known:
                setattr(instance, other.attname, other.reckoned(instance))


class OnlyEmpty(models.lookups.Exact):
    """Ciphertexts of one value differ: a protected column can only be asked whether it is empty; the fingerprint is what is looked up."""

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ("", {}, []):
            raise FieldError("A protected column cannot be compared; look its fingerprint up.")
        return self.rhs if self.rhs == "" else json.dumps(self.rhs)


class ProtectedField(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted in the database. ``mask`` is how it shows itself, ``check`` refuses what it cannot be."""

    def __init__(self, *args: Any, mask: Callable[[str], str] = whole, check: Callable[[str], None] | None = None, **more: Any) -> None:
        self.mask, self.check_plain = mask, check
        super().__init__(*args, **more)

    @property
    def context(self) -> str:
        """What the encryption is bound to, so that a ciphertext put into another column cannot be read there."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Held(self))

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether it is empty, and nothing else."""
        return {"exact": OnlyEmpty, "isnull": models.lookups.IsNull}.get(lookup_name)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Encrypted until somebody asks; a text of before the encryption as it is."""
        if value is None:
            return None
        return self._sealed(value) if keys.is_token(value) else Protected(value, self.mask, context=self.context)

    def _sealed(self, token: str) -> Protected:
        return Protected(None, self.mask, token=token, context=self.context)

    def to_python(self, value: Any) -> Any:
        """Whatever is given, as what the object holds."""
        if isinstance(value, dict):
            return self._sealed(value["protected"]) if value["protected"] else Protected("", self.mask, context=self.context)
        if value is None or (isinstance(value, Protected) and value.context == self.context):
            return value
        if isinstance(value, models.Expression):
            return value
        return Protected(value.plain if isinstance(value, Protected) else str(value), self.mask, context=self.context)

    def get_prep_value(self, value: Any) -> Any:
        """What is written: nothing, or the ciphertext."""
        if value is None or isinstance(value, models.Expression):
            return value
        return self.to_python(value).token

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Check the plain text: its length, and what the column is to hold."""
        held = self.to_python(value)
        plain = held.plain if held is not None else ""
        if not plain and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        if self.max_length and len(plain) > self.max_length:
            raise ValidationError(_("At most %(count)s characters.") % {"count": self.max_length})
        if plain and self.check_plain:
            self.check_plain(plain)
        return held

    def value_to_string(self, obj: models.Model) -> str:
        """For a dump of rows: encrypted, as it lies there."""
        return str(self.value_from_object(obj).token)


class ProtectedJSONField(ProtectedField):
    """Plain values as JSON, encrypted as one: the object holds them as they are, for whoever may read the row at all."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        models.TextField.contribute_to_class(self, cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read back; JSON of before the encryption too."""
        if value is None:
            return None
        return json.loads(keys.opened(value, self.context) if keys.is_token(value) else value)

    def to_python(self, value: Any) -> Any:
        """As it is."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """The JSON's ciphertext."""
        if value is None or isinstance(value, models.Expression):
            return value
        written = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
        return keys.closed(written, self.context) if value else written

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Nothing to check."""
        return value


class FingerprintField(models.CharField):  # type: ignore[type-arg]
    """A keyed hash beside a protected column, kept by itself: the same value is found again, and nobody without the key can try values."""

    def __init__(self, *args: Any, of: str = "", **more: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 64, "blank": True, "editable": False, "default": "", **more})

    def deconstruct(self) -> Any:
        """With what it is of, so that migrations keep it too."""
        name, path, args, more = super().deconstruct()
        return name, path, args, {**more, "of": self.of}

    def reckoned(self, instance: models.Model) -> str:
        """The fingerprint of what the object holds now."""
        held = getattr(instance, self.of)
        return fingerprint(held.plain, self._context) if held else ""

    @property
    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.of}"

    def any_of(self, plain: str) -> list[str]:
        """What the value may stand under while keys are being changed, for ``…__in``."""
        return [fingerprint(plain, self._context, key) for key in keys.ring()] if bare(plain) else []

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Never older than what it is of."""
        if self.of:
            setattr(model_instance, self.attname, self.reckoned(model_instance))
        return super().pre_save(model_instance, add)


def bare(plain: str) -> str:
    """Letters and digits alone, in capitals: what two ways of writing one number share."""
    return "".join(one for one in plain.upper() if one.isalnum())


def fingerprint(plain: str, context: str, key: keys.Key | None = None) -> str:
    """HMAC-SHA-256 over the column and the bare value."""
    words = bare(plain)
    return hmac.new((key or keys.current()).hashing, f"{context}:{words}".encode(), hashlib.sha256).hexdigest() if words else ""


# --- changing the key ---------------------------------------------------------------------------------------------------------


def columns(all_models: Iterator[type[models.Model]]) -> list[ProtectedField]:
    """Every protected column of these models."""
    return [field for model in all_models for field in model._meta.concrete_fields if isinstance(field, ProtectedField)]


def prefixes(field: ProtectedField) -> set[str]:
    """How the ciphertexts of a column begin, each naming the key it was made with (``keys.Key.prefix``)."""
    raw = field.model._base_manager.annotate(raw_text=Cast(field.name, models.TextField())).filter(raw_text__startswith=keys.MARK)
    begin = Substr("raw_text", 1, len(keys.current().prefix))
    return set(raw.annotate(begin=begin).order_by().values_list("begin", flat=True).distinct())


def rotate(field: ProtectedField, tell: Callable[[int], None] = lambda count: None) -> int:
    """Encrypt anew, with the current key, what lies there in plain or under another one; returns how many rows that were.

    May be stopped and repeated. A row that somebody changes meanwhile is left to them: it is written with the current key anyway.
    """
    raw = field.model._base_manager.annotate(raw_text=Cast(field.name, models.TextField()))
    old = raw.exclude(raw_text__in=EMPTY).exclude(raw_text__startswith=keys.current().prefix).exclude(**{f"{field.name}__isnull": True})
    last, changed = 0, 0
    while rows := list(old.filter(pk__gt=last).order_by("pk").values_list("pk", "raw_text")[:CHUNK]):
        for pk, text in rows:
            plain = keys.opened(text, field.context) if keys.is_token(text) else text
            given: dict[str, Any] = {field.name: models.Value(keys.closed(plain, field.context), output_field=models.TextField())}
            for other in field.model._meta.concrete_fields:
                if isinstance(other, FingerprintField) and other.of == field.name:
                    given[other.name] = fingerprint(plain, field.context)
            changed += raw.filter(pk=pk, raw_text=text).update(**given)
        last = rows[-1][0]
        tell(changed)
    return changed
