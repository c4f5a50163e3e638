"""What is asked to say who heads a delegation and who works for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Post
from qiao.kernel import clock

from ..models import DelegationRank, Mandate
from ..queries import free_for_delegations
from .deciding import ActForm, day_field


class PostChoice(forms.ModelChoiceField):
    """A post by the name of who holds it."""

    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.user.person.name} · {obj.role}"


class AppointStaffForm(ActForm):
    """Who of those whose post is made for it."""

    post = PostChoice(
        Post.objects.none(), label=_("Staff member"),
        help_text=_("Delegation staff who work for no delegation yet. The security administrator gives such posts."),
    )  # fmt: skip

    def prepare(self) -> None:
        self.offer("post").queryset = free_for_delegations(self.subject.term.congress_id)


class ElectHeadForm(ActForm):
    """Which of the delegation's deputies, as what, from when."""

    mandate = forms.ModelChoiceField(Mandate.objects.none(), label=_("Deputy"))
    rank = forms.ChoiceField(label=_("Rank"), choices=DelegationRank.choices)
    on = day_field(_("Elected on"))

    def prepare(self) -> None:
        heading = self.subject.heads.filter(ends=None).values("mandate")
        self.offer("mandate").queryset = self.subject.mandates.in_office().exclude(pk__in=heading).select_related("person")
        self.fields["on"].initial = clock.today()


class ReleaseHeadForm(ActForm):
    """The day on which they no longer head it."""

    on = day_field(_("Released on"))

    def prepare(self) -> None:
        self.fields["on"].initial = clock.today()
