"""What makes the pages installable on a phone: web manifest, service worker, offline page."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import build


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static("icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    body = {
        "id": "/",
        "name": _("Shanzhi"),
        "short_name": _("Shanzhi"),
        "description": _("Report what is wrong in your neighbourhood and see what becomes of it"),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f1e8",
        "theme_color": "#f5f1e8",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    files = build.entry()
    keep = [*files["css"], *files["js"], *files["preload"], static("mark.svg"), reverse("kit-offline")]
    values = {
        "version": hashlib.sha256(" ".join(keep).encode()).hexdigest()[:12],
        "keep": json.dumps(keep),
        "assets": static("assets/"),
        "offline": reverse("kit-offline"),
    }
    return HttpResponse(get_template("kit/sw.js").render(values), content_type="text/javascript")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/offline.html")
