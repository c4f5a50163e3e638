"""Joins the pieces: what is told of every entry, what the search can index anew, what is done at which hour."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The composition root as an app."""

    name = "qiao.web"

    def ready(self) -> None:
        from qiao.kernel import schedule
        from qiao.kernel.operation import OBSERVERS
        from qiao.search.operations import SOURCES

        from . import checks  # noqa: F401 — registers them
        from .indexing import index_entry, suggestions
        from .schedule import SCHEDULE
        from .telling import tell_of_help

        OBSERVERS.extend([index_entry, tell_of_help])
        SOURCES["suggestion"] = suggestions
        schedule.LINES[:] = SCHEDULE
