"""Fills the registers: permissions, scopes, flows and operations are declared on import."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    """Imports the declaring modules of every app of the project, once all models are loaded; guards the journal after migrations."""

    name = "qiao.kernel"

    def ready(self) -> None:
        from .guard import install

        post_migrate.connect(install, sender=self, dispatch_uid="journal_guard")
        ours = [config.name for config in apps.get_app_configs() if config.name.startswith("qiao.")]
        for app in ours:
            for module in ("policy", "scopes", "flow", "operations"):
                if find_spec(f"{app}.{module}"):
                    import_module(f"{app}.{module}")
