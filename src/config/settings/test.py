"""Tests: the local PostgreSQL, a database of their own, no network, quick passwords."""

import os

from config import localpg

from .base import *  # noqa: F403
from .base import ROOT, database

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]

_cluster = localpg.Cluster()
if not os.environ.get("DATABASE_OWNER_URL"):
    _cluster.start()
# The owner makes the test database; tests/conftest.py then steps down to the serving role.
DATABASES = {"default": database(os.environ.get("DATABASE_OWNER_URL") or _cluster.url(localpg.OWNER))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("SHANZHI_TEST_DB", "test_shanzhi")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = ROOT / ".local" / "test-media"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = ROOT / ".local" / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing folder, and warnings are errors
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SHANZHI_CITY = "玉溪"
