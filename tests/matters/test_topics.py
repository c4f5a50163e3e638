"""The topics of a congress: added, renamed, struck out, by whoever keeps its directory."""

import pytest
from django.urls import reverse

from qiao.matters.models import Suggestion, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.capability("M1")]


def test_topics_are_added_renamed_and_struck_out(client, world, django_assert_max_num_queries):
    client.force_login(world.actors["clerk"].user)
    page = reverse("matters:topics")
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": ""}).status_code == 422
    for name in ("河道", "桥梁"):
        assert client.post(page, {"name": name}).status_code == 302
    assert client.post(page, {"name": "河道"}).status_code == 422
    one, two = Topic.objects.filter(congress=world.congress, name__in=("河道", "桥梁")).order_by("pk")
    suggestion = world.registered()
    Suggestion.objects.filter(pk=suggestion.pk).update(topic=one)
    assert client.post(reverse("matters:rename_topic", args=[one.pk]), {"name": "水利"}).status_code == 302
    assert client.post(reverse("matters:strike_topic", args=[one.pk])).status_code == 422
    assert client.post(reverse("matters:strike_topic", args=[two.pk])).status_code == 302
    assert [topic.name for topic in Topic.objects.filter(pk__in=[one.pk, two.pk])] == ["水利"]
    with django_assert_max_num_queries(14):
        assert "水利" in client.get(page).content.decode()


@pytest.mark.parametrize("role", ["deputy", "handler"])
def test_others_have_no_such_page(client, world, role):
    client.force_login(world.actors[role].user)
    assert client.get(reverse("matters:topics")).status_code == 403
