"""What is asked to appoint somebody who works for a delegation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qiao.accounts.models import Post

from ..queries import free_for_delegations
from .deciding import ActForm


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
