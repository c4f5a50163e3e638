"""Encrypts all protected columns with the first key of QIAO_FIELD_KEYS; may be stopped and repeated, and runs beside the server."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from qiao.kernel import protected


class Command(BaseCommand):
    help = "Encrypt what is protected with the first key of QIAO_FIELD_KEYS; afterwards the other keys can go."

    def handle(self, *args: Any, **options: Any) -> None:
        for field in protected.columns(iter(apps.get_models())):
            count = protected.rotate(field)
            self.stdout.write(f"{field.context}: {count} rows encrypted anew")
