"""Production's settings on this machine: the same middleware, cookies and caches, asked without a proxy in front."""

import os

os.environ.setdefault("SHANZHI_SECRET_KEY", "only-for-measuring")
os.environ.setdefault("SHANZHI_HOSTS", "127.0.0.1")

from config.settings.production import *  # noqa: E402, F403

CSRF_TRUSTED_ORIGINS = ["https://127.0.0.1"]
