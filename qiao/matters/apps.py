"""Declares which tables can be imported into the register of suggestions, once everything is loaded."""

from importlib import import_module

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Suggestions and what becomes of them."""

    name = "qiao.matters"

    def ready(self) -> None:
        """Import the declarations."""
        import_module("qiao.matters.importers")
