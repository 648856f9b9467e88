"""Streams go to the live process's handler, everything else to Django's plain synchronous views."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django_application = get_asgi_application()

from config.live import Live  # noqa: E402 - needs the settings loaded

live = Live()


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await live.lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/sse/"):
        await live(scope, receive, send)
    else:
        await django_application(scope, receive, send)
