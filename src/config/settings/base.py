"""Settings common to every way of running. What differs comes from `local`, `test` or `production`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .signin import *  # noqa: F403

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SRC = ROOT / "src"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_htmx",
    "shanzhi.foundation.journal",
    "shanzhi.foundation.calendar",
    "shanzhi.foundation.language",
    "shanzhi.foundation.playbook",
    "shanzhi.foundation.messages",
    "shanzhi.registers.places",
    "shanzhi.registers.people",
    "shanzhi.registers.evidence",
    "shanzhi.registers.codes",
    "shanzhi.engines.casework",
    "shanzhi.programmes.reporting",
    "shanzhi.programmes.mediation",
    "shanzhi.programmes.patrol",
    "shanzhi.kit",
    "shanzhi.doors.resident",
    "shanzhi.doors.worker",
    "shanzhi.doors.desk",
    "shanzhi.doors.department",
    "shanzhi.doors.administration",
    "shanzhi.doors.signin",
    "shanzhi.doors.api",
    "shanzhi.simulation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random padding, so that lengths say nothing of the page's secrets
    "shanzhi.kit.middleware.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "shanzhi.registers.people.sessions.Middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shanzhi.doors.signin.middleware.LastSeenMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shanzhi.registers.people.middleware.ActorMiddleware",
    "shanzhi.doors.signin.second.SecondFactorMiddleware",
    "shanzhi.kit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [SRC / "shanzhi" / "doors" / "signin" / "templates"],  # before allauth's own of the same names
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shanzhi.kit.context.house",
            ],
        },
    }
]


def database(url: str) -> dict:
    """A Django database entry from postgres://user:password@host:port/name?host=/socket/dir."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "config.postgres",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"] if (ROOT / "frontend" / "dist").exists() else []
# Vite has hashed the names already: hashing again would give one file two addresses.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_ROOT = Path(os.environ.get("SHANZHI_MEDIA_ROOT", ROOT / ".local" / "media"))

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "shanzhi.kit.errors.csrf_failed"
CSRF_COOKIE_HTTPONLY = False  # the page's own script sends it with htmx and with uploads
# A number is no must at sign-up, see settings.signin.
SILENCED_SYSTEM_CHECKS = ["account.W001"]

# --- Shanzhi -------------------------------------------------------------------------------------------------------
SHANZHI_APP_ROLE = os.environ.get("SHANZHI_APP_ROLE", "shanzhi_app")
SHANZHI_PLAYBOOKS = Path(os.environ.get("SHANZHI_PLAYBOOKS", ROOT / "playbooks"))
SHANZHI_CITY = os.environ.get("CITY", "玉溪")
SHANZHI_TILES = os.environ.get(
    "SHANZHI_TILES", ""
)  # base map tile URL with {z} {x} {y}; empty: the map draws the places
SHANZHI_TILES_DATUM = os.environ.get("SHANZHI_TILES_DATUM", "wgs84")  # "gcj02" for most tiles made in China
SHANZHI_TERRITORY_SECONDS = 3  # how long a process may go by places that have changed elsewhere
SHANZHI_SMS_URL = os.environ.get("SHANZHI_SMS_URL", "")
SHANZHI_SMS_TOKEN = os.environ.get("SHANZHI_SMS_TOKEN", "")
SHANZHI_SMS_SECRET = os.environ.get("SHANZHI_SMS_SECRET", "")
SHANZHI_SECOND_FACTOR = os.environ.get("SHANZHI_SECOND_FACTOR", "roles")  # "posts": of everyone who holds one
SHANZHI_SIM = os.environ.get("SIM", "on") != "off"  # whether `make run` starts synthetic people beside the pages
SHANZHI_DEMO = False  # shows synthetic sign-in names on the sign-in page

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SHANZHI_LOG", "WARNING")},
}
