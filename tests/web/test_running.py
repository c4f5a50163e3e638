"""What an installation says of itself: health, figures, the log, what is not right before it serves."""

import json
import logging

import pytest
from django.db import connection
from django.test import RequestFactory

from qiao.web import checks, health, logs

pytestmark = pytest.mark.django_db


def test_a_working_installation_is_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, set(answer.json()["parts"].values())) == (200, {"ok"})


def test_an_installation_that_cannot_do_its_work_says_which_part_and_no_more(client, monkeypatch):
    monkeypatch.setitem(health.PARTS, "disk", lambda: "nearly full")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["parts"]["disk"]) == (503, "nearly full")


def test_tables_of_an_older_version_are_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'search'")
    assert client.get("/readyz").json()["parts"]["migrations"] == "behind"


def test_figures_are_for_whoever_has_the_token(client, settings, world):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "secret"
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 404
    client.get("/open/")
    said = client.get("/metrics", headers={"Authorization": "Bearer secret"}).content.decode()
    assert 'qiao_request_seconds_count{page="matters:public",status="200"}' in said
    assert "qiao_operations_total" in said


def test_each_answer_carries_its_number_and_the_log_names_page_and_post_but_no_person(client, world, caplog):
    client.force_login(world.actors["clerk"].user)
    answer = client.get("/")
    line = next(record.msg for record in caplog.records if record.name == "qiao.request")
    assert (line["page"], line["status"], line["post"]) == ("web:home", 200, world.actors["clerk"].post.pk)
    assert len(answer.headers["X-Request-ID"]) == 12
    assert world.actors["clerk"].user.person.name not in str(line)


def test_in_production_a_line_of_the_log_is_one_line_of_json():
    formatter = logs.configure(readable=False)["formatters"]["lines"]
    kind = formatter.pop("()")
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "broken: %s", ("词",), None)
    said = kind(**formatter).format(record)
    assert json.loads(said)["event"] == "broken: 词"


def test_an_error_page_gives_the_number_to_report(client, monkeypatch):
    request = RequestFactory().get("/")
    request.number, request.preferences, request.posts = "abc123", {}, []
    from qiao.kernel.policy import Actor  # noqa: PLC0415
    from qiao.web.errors import error_page  # noqa: PLC0415

    request.actor = Actor()
    assert "abc123" in error_page(request, 500).content.decode()
    assert "abc123" not in error_page(request, 404).content.decode()


def test_the_start_is_refused_without_styles_and_with_the_demonstration(settings, tmp_path):
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    assert [said.id for said in checks.static_files(None)] == ["qiao.E002"]
    settings.DEMO = True
    assert [said.id for said in checks.kind(None)] == ["qiao.E003"]


def test_a_data_folder_that_cannot_be_written_is_said(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_given: False)
    assert [said.id for said in checks.folders(None)] == ["qiao.E001"]
