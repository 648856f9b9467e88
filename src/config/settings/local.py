"""`make run`: this machine only, synthetic city, its own PostgreSQL unless DATABASE_URL names one."""

import os

from config import localpg

from .base import *  # noqa: F403
from .base import ROOT, database

DEBUG = os.environ.get("SHANZHI_DEBUG", "1") == "1"
ALLOWED_HOSTS = ["*"]
SHANZHI_DEMO = True


def _secret() -> str:
    """A secret of this checkout's own, made once."""
    import secrets

    path = ROOT / ".local" / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = os.environ.get("SHANZHI_SECRET_KEY") or _secret()

_cluster = localpg.Cluster()
_role = localpg.OWNER if os.environ.get("SHANZHI_AS_OWNER") else localpg.APP
_url = os.environ.get("DATABASE_OWNER_URL" if os.environ.get("SHANZHI_AS_OWNER") else "DATABASE_URL")
if not os.environ.get("DATABASE_URL") and not os.environ.get("SHANZHI_BUILDING"):
    _cluster.start()
DATABASES = {"default": database(_url or os.environ.get("DATABASE_URL") or _cluster.url(_role))}
if os.environ.get("SHANZHI_POOL"):
    # Under ASGI each request may meet another thread: connections are pooled instead of kept per thread.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 16, "timeout": 10}
