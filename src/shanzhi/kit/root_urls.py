"""Addresses that must lie at the root: a service worker rules only what is below it."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from . import pwa

urlpatterns = [
    path("sw.js", pwa.service_worker, name="service-worker"),
    path("manifest.webmanifest", pwa.manifest, name="webmanifest"),
    path("offline/", pwa.offline, name="kit-offline"),
    path("i18n/", include("django.conf.urls.i18n")),
]
if settings.DEBUG:
    urlpatterns += [path("gallery/", RedirectView.as_view(pattern_name="kit:gallery"))]
