"""Figures for whoever watches the installation, in the form that Prometheus reads; they name pages and verbs, never people."""

import os
import secrets
import time
from collections.abc import Callable

import prometheus_client as prometheus
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess
from prometheus_client.core import GaugeMetricFamily

from qiao.kernel import jobs
from qiao.kernel.models import Entry

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The folder in which several processes of one server keep their figures together; bin/run sets it."""
REQUESTS = Histogram(
    "qiao_request_seconds", "Time of answers by page.", ["page", "status"], buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
)
OPERATIONS = Counter("qiao_operations", "Operations done, by code.", ["code"])


class Measured:
    """Takes the time of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else "unknown"
        REQUESTS.labels(page, str(response.status_code)).observe(time.perf_counter() - began)
        return response


def count_entry(entry: Entry) -> None:
    """One operation more."""
    OPERATIONS.labels(entry.code).inc()


class Queue:
    """How many jobs wait, run or have failed, asked when somebody reads the figures."""

    def collect(self) -> list[GaugeMetricFamily]:
        """One figure a state; none where jobs run within the request."""
        family = GaugeMetricFamily("qiao_jobs", "Jobs by state.", labels=["state"])
        rows = jobs.DBTaskResult.objects
        for state, held in (("ready", rows.ready()), ("running", rows.running()), ("failed", rows.failed())) if jobs.later() else ():
            family.add_metric([state], held.count())
        return [family]


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever brings the token of the settings; without one there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    jobs_now = CollectorRegistry()
    jobs_now.register(Queue())
    shared = CollectorRegistry() if SHARED in os.environ else prometheus.REGISTRY
    if SHARED in os.environ:
        multiprocess.MultiProcessCollector(shared)
    content = prometheus.generate_latest(jobs_now) + prometheus.generate_latest(shared)
    return HttpResponse(content, content_type=prometheus.CONTENT_TYPE_LATEST)
