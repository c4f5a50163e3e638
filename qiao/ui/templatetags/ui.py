"""What the components need and templates cannot say: widgets with their attributes, days in words, ids, initials."""

import functools
import itertools
import secrets
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms, template
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from lucide.templatetags import lucide as icons

from qiao.ui import cells

register = template.Library()

SOON = 3
"""Days left from which a date is shown as pressing."""
BCP47 = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
DAY = {"zh": "Y年n月j日 l", "en": "D j M Y"}
STATUS_ICONS = {403: "lock", 404: "map-pin-off", 409: "git-compare", 500: "wrench"}


register.simple_tag(functools.lru_cache(maxsize=1024)(icons.lucide), name="lucide")
"""Icons as the library draws them, each drawn once: it parses and writes XML anew at every call, fifty times a page."""


register.simple_tag(cells.drawn, name="drawn")
"""A component in the rows of a long list: ``{% drawn "state" row.public_state state=row.state %}`` draws it once for all rows alike."""


@register.simple_tag
def once() -> str:
    """The mark by which a form counts once, however often it is sent (``kernel/once.py``)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))


# --- words ----------------------------------------------------------------------------------------------------------------


@register.filter
def bcp47(code: str) -> str:
    """A Django language code as the web writes it: zh-Hans."""
    return BCP47.get(code, code)


@register.filter
def initial(name: str) -> str:
    """The letter that stands for a name in an avatar."""
    return str(name).strip()[:1].upper()


@register.filter
def day(value: date | None) -> str:
    """A date with its weekday."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return formats.date_format(value, DAY.get((get_language() or "en")[:2], DAY["en"]))


@register.filter
def moment(value: Any) -> str:
    """A time, or a date, or words, as a reader wants it."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{day(local.date())} {local:%H:%M}"
    return day(value) if isinstance(value, date) else str(value or "")


@register.filter
def iso(value: Any) -> str:
    """A date or time for ``<time datetime>``; nothing for words."""
    return value.isoformat() if isinstance(value, date) else ""


@register.filter
def size(value: int) -> str:
    """A size of a file in whole units."""
    for unit, least in (("MB", 1024 * 1024), ("KB", 1024)):
        if int(value or 0) >= least:
            return f"{round(int(value) / least, 1):g} {unit}"
    return f"{int(value or 0)} B"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The entry of a mapping, or nothing."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.filter
def last_link(items: Any) -> Any:
    """The last of the crumbs that leads somewhere: what a phone shows as the way back."""
    return next((item for item in reversed(items or []) if item.get("url")), None)


@register.filter
def status_icon(status: int) -> str:
    """The icon of an error page."""
    return STATUS_ICONS.get(status, "circle-alert")


@register.filter
def error_base(status: int) -> str:
    """The frame of an error page: when the server itself failed, one that asks the database nothing."""
    return "ui/bare.html" if int(status or 500) >= 500 else "base.html"  # noqa: PLR2004


@dataclass(frozen=True)
class Left:
    """How long it is to a date, in words, and how pressing that is."""

    words: str
    tone: str
    icon: str


@register.simple_tag
def days_left(due: date, today: date | None = None) -> Left:
    """The days from today to a date; a date itself counts in full."""
    due = timezone.localtime(due).date() if isinstance(due, datetime) and timezone.is_aware(due) else due
    left = (due - (today or timezone.localdate())) // timedelta(days=1)
    if left < 0:
        return Left(ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": -left}, "bad", "alarm-clock")
    if left == 0:
        return Left(_("Due today"), "warn", "clock-alert")
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return Left(words, "warn", "clock-alert") if left <= SOON else Left(words, "neutral", "clock")


# --- ids ------------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def unique(context: Context, prefix: str) -> str:
    """An id that no other part of the page has; a part fetched by htmx counts apart."""
    held = context.dicts[0]
    if "_unique" not in held:
        request = context.get("request")
        apart = secrets.token_hex(3) if request is not None and request.headers.get("HX-Request") else ""
        held["_unique"] = (apart, itertools.count(1))
    apart, numbers = held["_unique"]
    return f"{prefix}-{apart}{next(numbers)}"


# --- forms ----------------------------------------------------------------------------------------------------------------

KINDS = (
    (forms.CheckboxSelectMultiple, "group", "checkbox"),
    (forms.RadioSelect, "group", "radio"),
    (forms.CheckboxInput, "check", "checkbox"),
    (forms.FileInput, "file", "file-input"),
    (forms.Textarea, "text", "textarea"),
    (forms.Select, "text", "select"),
)
TYPED = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


@dataclass(frozen=True)
class Anatomy:
    """The parts of a bound field that its component puts together."""

    kind: str
    css: str
    id: str
    limit: int
    counts_late: bool

    @property
    def help_id(self) -> str:
        """The id of the help text, Django's own."""
        return f"{self.id}_helptext"

    @property
    def error_id(self) -> str:
        """The id of the error text, Django's own."""
        return f"{self.id}_error"

    @property
    def count_id(self) -> str:
        """The id of the character counter."""
        return f"{self.id}_count"


@register.simple_tag
def anatomy(field: forms.BoundField) -> Anatomy:
    """What kind of field it is, and the ids of its parts."""
    held = field.field.widget
    kind, css = next(((kind, css) for cls, kind, css in KINDS if isinstance(held, cls)), ("text", "input"))
    area = isinstance(held, forms.Textarea)
    plain = area or (isinstance(held, forms.TextInput) and held.input_type == "text" and not held.attrs.get("autocomplete"))
    limit = getattr(field.field, "max_length", None) or 0 if plain and kind == "text" else 0
    return Anatomy(kind, css, field.auto_id or f"id_{field.html_name}", limit, not area)


def described_by(field: forms.BoundField, parts: Anatomy) -> str:
    """The ids of everything that explains the field."""
    ids = [parts.help_id] if field.help_text else []
    ids += [parts.error_id] if field.errors else []
    ids += [parts.count_id] if parts.limit and not parts.counts_late else []
    return " ".join(ids)


@register.simple_tag
def describes(field: forms.BoundField) -> str:
    """The ids that explain a group of choices."""
    return described_by(field, anatomy(field))


@register.simple_tag
def widget(field: forms.BoundField, placeholder: str = "", autocomplete: str = "", accept: str = "") -> str:
    """The control of a field with the theme's class and all that ties it to its label, help and error."""
    parts, held = anatomy(field), copy(field.field.widget)
    held.attrs = {**held.attrs}
    for cls, (input_type, pattern) in TYPED.items():
        if isinstance(held, cls) and held.input_type in ("text", input_type):
            held.input_type, held.format = input_type, held.format if held.input_type == input_type and held.format else pattern
            break
    short = isinstance(held, (*TYPED, forms.NumberInput))
    attrs: dict[str, Any] = {"class": " ".join(filter(None, [held.attrs.get("class"), parts.css, "q-short" if short else ""]))}
    if ids := described_by(field, parts):
        attrs["aria-describedby"] = ids
    attrs |= {key: value for key, value in (("placeholder", placeholder), ("autocomplete", autocomplete), ("accept", accept)) if value}
    if parts.limit:
        attrs["data-limit"] = parts.limit
        if isinstance(held, forms.Textarea):  # too long a text is shown and counted, never cut while pasting
            field.field.widget.attrs.pop("maxlength", None)
            held.attrs.pop("maxlength", None)
    return field.as_widget(widget=held, attrs=attrs)


@register.simple_tag
def control(option: forms.boundfield.BoundWidget, css: str, described: str = "") -> str:
    """One radio or checkbox of a group, without its label."""
    more = {"class": css, **({"aria-describedby": described} if described else {})}
    option.data["attrs"] = {**option.data["attrs"], **more}
    return option.tag()


@register.simple_tag
def mistakes(form: forms.BaseForm | None) -> list[dict[str, str]]:
    """Every error of a form, with the address of the control it is about."""
    if not form or not form.is_bound:
        return []
    found = [{"label": "", "text": str(text), "href": ""} for text in form.non_field_errors()]
    for name, texts in form.errors.items():
        if name in form.fields:
            field = form[name]
            found += [{"label": str(field.label or ""), "text": str(text), "href": _place(field)} for text in texts]
    return found


def _place(field: forms.BoundField) -> str:
    """The address of a field's control on its page; empty for what nobody sees."""
    parts = anatomy(field)
    return "" if field.is_hidden else f"#{parts.id}_0" if parts.kind == "group" else f"#{field.id_for_label or parts.id}"


@register.simple_tag
def not_kept(form: forms.BaseForm) -> list[dict[str, str]]:
    """Files and passwords that were sent and do not stand in the form again, each with the address of its control."""
    lost = (forms.FileInput, forms.PasswordInput)
    held = [field for field in form.visible_fields() if isinstance(field.field.widget, lost) and field.data]
    return [{"label": str(field.label), "file": getattr(field.data, "name", ""), "href": _place(field)} for field in held]
