"""The topics by which a congress sorts its suggestions: listed, added, renamed, struck out."""

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiao.kernel.operation import demand
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from .. import operations
from ..forms import TopicForm
from ..models import Topic

MOST = 200
"""A congress has some dozens of topics at most."""


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """The topics with how many suggestions each has, and a line to add one."""
    congress = request.actor.post and request.actor.post.congress
    demand(operations.add_topic.guard, request.actor, congress)
    form = TopicForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and carry_out(form, operations.add_topic, congress, actor=request.actor, **form.cleaned_data):
        return done(request, _("The topic is added."), reverse("matters:topics"))
    topics = Topic.objects.visible_to(request.actor).filter(congress=congress).annotate(used=Count("suggestions")).order_by("pk")
    context = {"topics": topics[:MOST], "form": form, "congress": congress}
    return page(request, "matters/topics.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, pk: int) -> HttpResponse:
    """Put the name of a topic right."""
    topic = fetch(Topic.objects.select_related("congress"), request.actor, pk)
    demand(operations.correct_topic.guard, request.actor, topic)
    form = TopicForm(request.POST if request.method == "POST" else None, initial={"name": topic.name})
    if form.is_valid() and carry_out(form, operations.correct_topic, topic, actor=request.actor, **form.cleaned_data):
        return done(request, _("The topic is renamed."), reverse("matters:topics"))
    context = {"topic": topic, "form": form, "congress": topic.congress}
    return page(request, "matters/topic.html", context, status=422 if form.is_bound else 200)


@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Take a topic away under which nothing is registered."""
    operations.strike_topic(fetch(Topic, request.actor, pk), actor=request.actor)
    return done(request, _("The topic is struck out."), reverse("matters:topics"))
