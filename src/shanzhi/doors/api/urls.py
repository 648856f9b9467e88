from django.urls import path

from . import files, places

app_name = "api"
urlpatterns = [
    path("files", files.upload, name="files"),
    path("files/kept/<uuid:id>", files.kept, name="kept"),
    path("files/<str:token>", files.file, name="file"),
    path("places", places.search, name="places"),
    path("places/here", places.here, name="here"),
    path("places/outline", places.outline, name="outline"),
]
