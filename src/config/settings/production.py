"""Production: everything secret comes from the environment, and a missing value stops the start."""

import os

from .base import *  # noqa: F403
from .base import database


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise SystemExit(f"Set {name}: production has no default for it. See docs/operations.md.")
    return value


DEBUG = False
SECRET_KEY = _required("SHANZHI_SECRET_KEY")
ALLOWED_HOSTS = _required("SHANZHI_HOSTS").split(",")
_as_owner = bool(os.environ.get("SHANZHI_AS_OWNER"))
DATABASES = {"default": database(_required("DATABASE_OWNER_URL" if _as_owner else "DATABASE_URL"))}

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
# Rate limits count by the visitor's address, which the proxy hands on: without this all visitors would be one.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SHANZHI_PROXIES", "1"))
