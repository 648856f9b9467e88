from django.conf import settings
from django.urls import path

from . import gallery, views

app_name = "kit"
urlpatterns = [path("display/", views.display, name="display")]
if settings.DEBUG:
    urlpatterns += [
        path("gallery/", gallery.gallery, name="gallery"),
        path("gallery/<slug:page>/", gallery.sample, name="gallery-page"),
        path("gallery-data/<slug:name>", gallery.data, name="gallery-data"),
    ]
