"""What goes into the log: one line a request and one a fault, as JSON in production, each with the request's number."""

import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("qiao.request")
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
QUIET = ("/healthz", "/readyz", "/metrics", "/static/")


def configure(*, readable: bool) -> dict[str, Any]:
    """The settings of Python's logging: lines of JSON, or for development lines to read."""
    last = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([] if readable else [structlog.processors.format_exc_info]),
            last,
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"qiao": {"level": "INFO"}},
    }


class Numbered:
    """Gives every request a number, which stands in each line of the log, in the answer's head and on the page of an error.

    The line names the page, the status, the time and the post acted in, by its key: no name, no address, no text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid4().hex[:12]
        request.number = number  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        if not request.path_info.startswith(QUIET):
            match, actor = request.resolver_match, getattr(request, "actor", None)
            post = actor.post.pk if actor is not None and actor.post else None
            log.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,  # noqa: PLR2004
                "request",
                page=match.view_name if match else "unknown", method=request.method, status=response.status_code,
                ms=round(1000 * (time.perf_counter() - began)), post=post,
            )  # fmt: skip
        return response
