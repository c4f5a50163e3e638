"""What must be right before an installation serves people; `manage.py check --deploy` says it, and so does bin/run."""

import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from qiao.kernel import keys

NEW_KEY = """A new key: python3 -c 'import secrets; print("aes:" + secrets.token_hex(32))'"""
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


@register(Tags.security)
def field_keys(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """The keys of personal data can be read, and the same one does not stand there twice."""
    try:
        held = [keys.parsed(text) for text in settings.FIELD_KEYS]
    except ValueError as fault:
        return [Error(f"QIAO_FIELD_KEYS: {fault}", hint=NEW_KEY, id="qiao.E004")]
    return [Error("QIAO_FIELD_KEYS names one key twice.", id="qiao.E005")] if len({key.secret for key in held}) < len(held) else []


@register(Tags.security, deploy=True)
def field_key_given(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """Real people's data have a key of their own: one drawn from the secret key is lost with every change of that."""
    if settings.FIELD_KEYS or settings.DEMO:
        return []
    return [Error("QIAO_FIELD_KEYS is not set: personal data would have no key of their own.", hint=NEW_KEY, id="qiao.E006")]


@register(Tags.security, deploy=True)
def kind(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """No demonstration and no known key where real data are."""
    if settings.DEMO:
        return [Error("QIAO_DEMO is set: the sign-in page would list accounts.", id="qiao.E003")]
    return []
