"""Declares which tables can be imported into the directory, once everything is loaded."""

from importlib import import_module

from django.apps import AppConfig


class CongressConfig(AppConfig):
    """The body of a congress and its directory."""

    name = "qiao.congress"

    def ready(self) -> None:
        """Import the declarations."""
        import_module("qiao.congress.importers")
