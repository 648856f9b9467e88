from django.urls import URLPattern, path

from shanzhi.doors.api import views

app_name = "api"
urlpatterns: list[URLPattern] = [path("files/<str:token>", views.file, name="file")]
