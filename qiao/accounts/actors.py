"""Builds the actor: who is behind a request, in which of their posts."""

from typing import Any

from qiao.kernel import clock
from qiao.kernel.policy import Actor

from .models import Post, User


def posts_of(user: User) -> list[Post]:
    """The posts a person holds today, oldest first."""
    return list(Post.objects.filter(user=user).current(clock.today()).select_related("role", "congress", "unit"))


def actor_in(post: Post, **more: Any) -> Actor:
    """The actor a post makes of its holder."""
    return Actor(
        user=post.user,
        post=post,
        people=frozenset({post.user.person_id}),
        units=frozenset({post.unit_id} if post.unit_id else ()),
        congresses=frozenset({post.congress_id}),
        grants=frozenset(post.role.grants),
        **more,
    )


def actor_for(user: User, posts: list[Post], chosen: int | None, **more: Any) -> Actor:
    """The actor of a signed-in person: in the chosen post, else the first; without a post they may do nothing."""
    if not posts:
        return Actor(user=user, people=frozenset({user.person_id}), **more)
    post = next((p for p in posts if p.pk == chosen), posts[0])
    post.user = user
    return actor_in(post, **more)
