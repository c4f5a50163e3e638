"""Posts: the periodic review of all of them, giving one, ending one, help sessions."""

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiao.accounts import operations
from qiao.accounts.forms import HelpForm, PostForm, RankForm
from qiao.accounts.listing import POSTS
from qiao.accounts.models import Post, User
from qiao.kernel.operation import demand, each
from qiao.ui.forms import carry_out
from qiao.ui.http import Request, done, fetch, page

from .people import demand_any, link_for

REVIEW = {"confirm": operations.confirm_post, "end": operations.end_post}


@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: Request) -> HttpResponseBase:
    """All posts of the congress, to be confirmed or ended one by one or many at once; with the day each was last confirmed."""
    demand_any(request, "post.manage")
    if request.method == "POST":
        return _reviewed(request)
    rows = Post.objects.visible_to(request.actor).filter(congress__in=request.actor.congresses)
    shown = POSTS.show(request, rows.select_related("user__person", "role", "congress", "unit"), actor=request.actor)
    return shown.download() if shown.export else page(request, "accounts/posts.html", {"shown": shown})


def _reviewed(request: Request) -> HttpResponse:
    """Do to each ticked post what the button says; tell how many it was done to, and why not to the others."""
    chosen = [int(pk) for pk in request.POST.getlist("post")[:200] if pk.isdecimal() and len(pk) < 19]  # noqa: PLR2004
    found = Post.objects.visible_to(request.actor).filter(pk__in=chosen)
    told = each(REVIEW["end" if request.POST.get("do") == "end" else "confirm"], found, actor=request.actor)
    refused = [one.refusal.reason for one in told if one.refusal]
    said = _("Posts reviewed: %(n)s.") % {"n": len(told) - len(refused)}
    return done(request, " ".join([said, *dict.fromkeys(refused)]), request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, pk: int) -> HttpResponse:
    """Give a person a post."""
    demand_any(request, "post.manage")
    user = fetch(User, request.actor, pk)
    form = PostForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        given = form.cleaned_data | {"user": user, "role": form.cleaned_data["role"].code}
        if post := carry_out(form, operations.grant_post, given.pop("congress"), actor=request.actor, **given):
            return done(request, _("The post is given: %(post)s.") % {"post": post}, resolve_url("accounts:person", user.pk))
    return page(request, "accounts/give.html", {"form": form, "holder": user}, status=422 if form.is_bound else 200)


@require_POST
def appoint(request: Request, pk: int) -> HttpResponse:
    """Appoint the first security or audit administrator; whoever has no password yet gets the link to set one, shown once."""
    user = fetch(User, request.actor, pk)
    with transaction.atomic():
        if new := user.password_changed_at is None:
            user = operations.invite(user, actor=request.actor, note=_("First administrators"))
        duty = request.POST.get("duty", "")
        post = operations.appoint_first(request.actor.post.congress, actor=request.actor, user=user, duty=duty)
    if new:
        return page(request, "accounts/link.html", {"holder": user, "link": link_for(request, user)})
    return done(request, _("The post is given: %(post)s.") % {"post": post}, resolve_url("accounts:person", user.pk))


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """End a post today."""
    post = fetch(Post.objects.select_related("role", "congress"), request.actor, pk)
    operations.end_post(post, actor=request.actor, note=request.POST.get("reason", ""))
    return done(request, _("The post has ended."), resolve_url("accounts:person", post.user_id))


@require_http_methods(["GET", "HEAD", "POST"])
def rank(request: Request, pk: int) -> HttpResponse:
    """Say which head of the unit the holder of a post is."""
    post = fetch(Post.objects.select_related("role", "congress", "unit", "user__person"), request.actor, pk)
    demand(operations.set_rank.guard, request.actor, post)
    form = RankForm(request.POST if request.method == "POST" else None, initial={"rank": post.rank})
    if form.is_valid() and carry_out(form, operations.set_rank, post, actor=request.actor, **form.cleaned_data):
        return done(request, _("The rank is set."), resolve_url("accounts:person", post.user_id))
    return page(request, "accounts/rank.html", {"form": form, "post": post}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def help_session(request: Request, pk: int) -> HttpResponse:
    """Open a help session for a person: a post for some hours, with a reason; the congress's staff are told."""
    demand_any(request, "help.open")
    user = fetch(User, request.actor, pk)
    form = HelpForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data | {"user": user, "role": form.cleaned_data["role"].code}
        if carry_out(form, operations.open_help, request.actor.post.congress, actor=request.actor, **given):
            return done(request, _("The help session is open."), resolve_url("accounts:person", user.pk))
    return page(request, "accounts/help.html", {"form": form, "holder": user}, status=422 if form.is_bound else 200)
