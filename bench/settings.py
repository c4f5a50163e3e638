"""The product's settings as a deployment has them, with a page to compare with; files are served without their manifest."""

import os

os.environ.setdefault("QIAO_SECRET_KEY", "bench")
os.environ.setdefault("QIAO_HTTPS", "0")
os.environ.setdefault("QIAO_JOBS", "database")

from qiao.config.settings import *  # noqa: E402, F403

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [ROOT / "bench" / "templates"]  # noqa: F405
STATIC_ROOT = BUILD / "static"  # noqa: F405
STATICFILES_DIRS = []
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
ALLOWED_HOSTS = ["testserver"]
EMAIL_BACKEND = os.environ.get("QIAO_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
LOGGING["loggers"]["qiao"]["level"] = "ERROR"  # noqa: F405
