"""What must be right before an installation serves people; `manage.py check --deploy` says it, and so does bin/run."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

LEAST_FREE = 500 * 1024 * 1024
"""Bytes below which a disk is as good as full."""


@register(Tags.files)
def folders(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """The data folder can be written, and its disk is not full."""
    said: list[CheckMessage] = []
    if not os.access(settings.DATA, os.W_OK):
        said.append(
            Error(f"The data folder {settings.DATA} cannot be written.", hint="Give it to the user the server runs as.", id="qiao.E001")
        )
    elif shutil.disk_usage(settings.DATA).free < LEAST_FREE:
        said.append(Warning(f"Less than 500 MB are free at {settings.DATA}.", id="qiao.W001"))
    return said


@register(Tags.files, deploy=True)
def static_files(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """Styles and scripts have been collected; without them every page answers 500."""
    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return []
    return [Error("Styles and scripts are not collected.", hint="Run manage.py collectstatic, or start with bin/run.", id="qiao.E002")]


@register(Tags.security, deploy=True)
def kind(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """No demonstration and no known key where real data are."""
    if settings.DEMO:
        return [Error("QIAO_DEMO is set: the sign-in page would list accounts.", id="qiao.E003")]
    return []
