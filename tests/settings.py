"""The product's settings with what only tests need: a fixed key, fast passwords, plain static files, mail in memory."""

import os
import tempfile

os.environ.setdefault("QIAO_SECRET_KEY", "tests")
os.environ.setdefault("QIAO_DATABASE", "sqlite://:memory:")
os.environ.setdefault("QIAO_DATA", tempfile.mkdtemp(prefix="qiao-tests-"))
os.environ.setdefault("QIAO_HTTPS", "0")

from qiao.config.settings import *  # noqa: E402, F403

STATIC_ROOT = BUILD / "static"  # noqa: F405
STATICFILES_DIRS = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
