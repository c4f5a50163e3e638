"""How a reply reaches the deputy: a meeting and its record, a receipt on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.kernel import clock

from ..operations.facing import face_reply_of
from .act import ActForm, day_field, long_text


class FaceReplyForm(ActForm):
    """The meeting at which the unit answers the deputy in person."""

    on = day_field(_("Day"))
    place = forms.CharField(label=_("Place"), max_length=100)
    unit_people = forms.CharField(label=_("Who answered for the unit"), max_length=200, help_text=_("Names with their offices."))
    deputies = forms.CharField(label=_("Deputies who took part"), max_length=200)
    said = forms.CharField(label=_("What the unit said"), max_length=3000, widget=long_text(6))
    opinion = forms.CharField(label=_("The deputy's opinion"), max_length=2000, required=False, widget=long_text(3))

    def prepare(self) -> None:
        known = face_reply_of(self.subject)
        for name, field in self.fields.items():
            field.initial = (
                getattr(known, name) if known else {"on": clock.today(), "deputies": self.subject.suggestion.lead_name}.get(name)
            )


class ConfirmFaceReplyForm(ActForm):
    """The deputy's own words on the record, if there is something to add."""

    remark = forms.CharField(label=_("Remark"), max_length=1000, required=False, widget=long_text(3))


class SignedCopyForm(ActForm):
    """A scan of what the deputy signed."""

    upload = forms.FileField(label=_("Signed record"), help_text=_("A PDF or a photograph on which the signature can be seen."))


class PaperReceiptForm(ActForm):
    """The day that a receipt on paper bears."""

    on = day_field(_("Received on paper on"))

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()
