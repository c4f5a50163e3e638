"""What the public may read: the office's approval, the deputy's consent, the unit's check, passages left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Evaluation, Ground, Place, Publicity, Reply, ReplyState
from ..models.publication import policy_of
from .act import ActForm, long_text, offer

NO_GROUND = ("", _("None: it is our choice"))


class PublishForm(ActForm):
    """What the public may read, and why not all; parts that the rules or the matter do not have are not asked about."""

    publicity = forms.ChoiceField(label=_("What the public may read"), choices=Publicity, widget=forms.RadioSelect)
    reply = forms.BooleanField(label=_("With the reply of the unit"), required=False)
    evaluation = forms.BooleanField(label=_("With the evaluation by the deputy"), required=False)
    ground = forms.ChoiceField(
        label=_("Ground in law for leaving something out"), choices=[NO_GROUND, *Ground.choices], required=False,
        help_text=_("Needed where your rules say that it is published unless the law forbids it."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Why not all"),
        max_length=200,
        required=False,
        help_text=_("The public reads this sentence. Leave it empty when all is published."),
    )

    def prepare(self) -> None:
        now = self.subject.publicity
        self.fields["publicity"].initial = (
            now if now != Publicity.NONE else Publicity.FULL if self.subject.may_publish else Publicity.PROGRESS
        )
        issued = Reply.objects.filter(assignment__suggestion=self.subject, state=ReplyState.ISSUED)
        opened = Evaluation.objects.filter(reply__assignment__suggestion=self.subject, opened_at__isnull=False)
        self._offer_part("reply", issued, issued.filter(may_publish=True, secrecy_checked_at__isnull=False))
        self._offer_part("evaluation", opened, opened)
        if all(policy_of(self.rules, part) != "must" for part in ("suggestion", "reply", "evaluation")):
            del self.fields["ground"]

    def _offer_part(self, part: str, there: Any, fit: Any) -> None:
        policy = policy_of(self.rules, part)
        if policy == "no" or not there.exists():
            del self.fields[part]
            return
        before = self.subject.published_at is not None
        self.fields[part].initial = there.filter(published_at__isnull=False).exists() if before else self._wanted(part, policy, fit)

    def _wanted(self, part: str, policy: str, fit: Any) -> bool:
        return policy == "must" or (part == "reply" and self.subject.may_publish and bool(fit.exists()))


class ConsentForm(ActForm):
    """Yes or no."""

    agrees = forms.TypedChoiceField(
        label=_("May the texts be published?"), coerce=lambda typed: typed == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes, the public may read them")), ("no", _("No, the progress alone"))],
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["agrees"].initial = "yes" if self.subject.may_publish else "no"


class SecrecyForm(ActForm):
    """What the unit's check of a reply for secrets says."""

    may_publish = forms.TypedChoiceField(
        label=_("May the reply be published?"), coerce=lambda typed: typed == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes, it holds nothing that must be kept")), ("no", _("No"))],
    )  # fmt: skip
    withheld_reason = forms.CharField(
        label=_("If not: why"), max_length=200, required=False, help_text=_("The public reads this sentence in place of the reply.")
    )

    def prepare(self) -> None:
        self.fields["may_publish"].initial = "yes" if self.subject.may_publish else "no"
        self.fields["withheld_reason"].initial = self.subject.withheld_reason

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("may_publish") is False and not given.get("withheld_reason"):
            self.add_error("withheld_reason", _("Say why the reply may not be published."))
        return given


class RedactForm(ActForm):
    """A passage, the text it stands in, and the ground."""

    place = forms.ChoiceField(label=_("In which text"), choices=Place)
    passage = forms.CharField(
        label=_("Passage to leave out"), max_length=1000, widget=long_text(3), strip=False,
        help_text=_("Copy it from the text exactly; it is left out wherever it stands there. The original is not changed."),
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground)

    def prepare(self) -> None:
        self.replies = list(Reply.objects.filter(assignment__suggestion=self.subject, state=ReplyState.ISSUED).order_by("id"))
        texts: list[tuple[str, Any]] = [(one.value, one.label) for one in Place if one != Place.REPLY]
        texts += [(f"reply-{one.pk}", _("Reply %(n)d") % {"n": one.round}) for one in self.replies]
        offer(self, "place").choices = texts
        self.fields["ground"].initial = Ground.PRIVACY

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place, _dash, pk = str(given.get("place", "")).partition("-")
        reply = next((one for one in self.replies if str(one.pk) == pk), None)
        return given | {"place": place, "reply": reply}
