"""Handing over, dispatching, and what is said when the unit is the wrong one: return, objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.orgs.models import Unit
from qiao.rulebook.rules import Rules
from qiao.rulebook.trace import full_date

from ..models import Assignment
from ..operations.returning import is_late
from ..policy import last_day_to_object
from .act import ActForm, NoteForm, OptionalNoteForm, long_text, offer, units_of

MOST_FURTHER = 4
"""So many further units the form has room for; more than a few never agree on one opinion."""
ASSISTS, SEPARATE, JOINT = "assist", "separate", "joint"
WAYS = [(ASSISTS, _("assists the first with its opinion")), (SEPARATE, _("answers for its own part"))]
TOGETHER = (JOINT, _("leads together with the first; they give one reply"))
"""Offered where the rules know several lead units."""


def unit_field(label: Any, empty: Any, **more: Any) -> forms.ModelChoiceField:
    """A choice among units, which are known when the form has its object."""
    return forms.ModelChoiceField(label=label, queryset=Unit.objects.none(), empty_label=empty, **more)


def _numbered(*names: str) -> list[str]:
    return [f"{name}_{n}" for n in range(1, MOST_FURTHER + 1) for name in names]


class AssignForm(ActForm):
    """The unit that answers, the assignment opinion, and further units: each assists, or answers for its own part as the first does."""

    unit = unit_field(_("Handling unit"), _("Choose a unit"))
    note = forms.CharField(
        label=_("Assignment opinion"),
        max_length=2000,
        required=False,
        widget=long_text(3),
        help_text=_("What the unit should mind; the unit reads it."),
    )
    folded = ("part", *_numbered("further", "way", "part"))
    folded_label = _("Further units")

    def units(self) -> Any:
        """Among which units one chooses."""
        return units_of(self.subject.congress_id)

    def ways(self) -> list[tuple[str, Any]]:
        """What a further unit may do."""
        return [*WAYS, TOGETHER] if self.rules.flag("several_leads") else WAYS

    def prepare(self) -> None:
        units = self.units()
        offer(self, "unit").queryset = units
        self.fields["unit"].initial = getattr(self.subject, "wished_unit_id", None)
        self.fields["part"] = forms.CharField(
            label=_("Part for which the first unit answers"), max_length=200, required=False,
            help_text=_("Only where further units answer for parts of their own."),
        )  # fmt: skip
        known = [("", _("No further unit")), *((unit.pk, str(unit)) for unit in units)]
        for n in range(1, MOST_FURTHER + 1):
            said = {"n": n}
            self.fields[f"further_{n}"] = forms.ChoiceField(label=_("Further unit %(n)d") % said, choices=known, required=False)
            self.fields[f"way_{n}"] = forms.ChoiceField(label=_("What further unit %(n)d does") % said, choices=self.ways(), required=False)
            asked = _("Part or question of further unit %(n)d") % said
            self.fields[f"part_{n}"] = forms.CharField(label=asked, max_length=200, required=False)

    @property
    def unfolds(self) -> bool:
        """The ways always have a value; what counts is whether a unit, or what it is asked, is there."""
        return any(field.errors or (field.value() and not field.name.startswith("way_")) for field in self.folded_fields)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rows = [[given.pop(f"{name}_{n}", "") for name in ("further", "way", "part")] for n in range(1, MOST_FURTHER + 1)]
        for n, (unit, _way, part) in enumerate(rows, start=1):
            if part and not unit:
                self.add_error(f"further_{n}", _("Choose the unit that is asked about this."))
        known = self.units().in_bulk([int(unit) for unit, _way, _part in rows if unit])
        further = [(known[int(unit)], way or ASSISTS, part) for unit, way, part in rows if unit]
        given["assisting"] = [(unit, part) for unit, way, part in further if way == ASSISTS]
        given["separate"] = [(unit, part) for unit, way, part in further if way == SEPARATE]
        given["joint"] = [unit for unit, way, _part in further if way == JOINT]
        own = given.pop("part", "")
        if given["separate"] and given.get("unit"):
            given["separate"] = [(given["unit"], own), *given["separate"]]
            given["unit"] = None
        elif own:
            self.add_error("part", _("Parts are stated where several units answer. Say so of the further units, or leave this empty."))
        return given


class DispatchForm(AssignForm):
    """The same among the units below the office."""

    def units(self) -> Any:
        return units_of(self.subject.suggestion.congress_id).filter(coordinator=self.subject.unit_id)

    @property
    def rules(self) -> Rules:
        return self.subject.rules


def others(assignment: Assignment) -> Any:
    """The congress's other units."""
    return units_of(assignment.suggestion.congress_id).exclude(pk=assignment.unit_id)


def successors(assignment: Assignment) -> Any:
    """Those of them that may take its place: on the second hop the same office's."""
    first = assignment.dispatched_from
    return others(assignment).filter(coordinator=first.unit_id) if first else others(assignment)


class SuccessorForm(ActForm):
    """Who takes the unit's place at once, where the rest goes on; nobody where it all comes back to be assigned anew."""

    unit = unit_field(_("Unit that takes its place"), _("Choose a unit"))
    field_order = ["unit", "note"]

    def offer_successors(self, assignment: Assignment) -> None:
        """Offer them for this assignment, the one proposed first."""
        if not assignment.is_replaced:
            del self.fields["unit"]
            return
        offer(self, "unit").queryset = successors(assignment)
        self.fields["unit"].initial = self.subject.wished_unit_id


class GrantReturnForm(SuccessorForm, OptionalNoteForm):
    """A remark, and where it is needed the unit that takes its place."""

    def prepare(self) -> None:
        self.offer_successors(self.subject)


class UpholdForm(SuccessorForm, NoteForm):
    """Why the deputy is right, and where it is needed the unit that takes its place."""

    def prepare(self) -> None:
        self.offer_successors(self.subject.assignment)


class RequestReturnForm(NoteForm):
    """Why the unit is not competent, and who is."""

    wished_unit = unit_field(_("Unit that should handle it"), _("Not known"), required=False)
    late_explanation = forms.CharField(
        label=_("Why your unit asks only now"), max_length=1000, widget=long_text(3),
        help_text=_("The time to ask has passed; but whoever handed it over still decides if you explain it."),
    )  # fmt: skip

    def prepare(self) -> None:
        offer(self, "wished_unit").queryset = others(self.subject)
        if not is_late(self.subject) or self.subject.rules["late_return_policy"] == "refuse":
            del self.fields["late_explanation"]


class ObjectForm(NoteForm):
    """Why another unit should handle it, and which."""

    wished_unit = unit_field(_("Unit that should handle it"), _("Not known"), required=False)

    def prepare(self) -> None:
        offer(self, "wished_unit").queryset = others(self.subject)
        said = {"day": full_date(last_day_to_object(self.subject))}
        self.fields["note"].help_text = _("You can object until %(day)s.") % said
