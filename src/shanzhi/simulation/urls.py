from django.urls import path

from . import views

app_name = "simulation"
urlpatterns = [
    path("", views.panel, name="panel"),
    path("pause", views.pause, name="pause"),
    path("resume", views.resume, name="resume"),
    path("speed", views.speed, name="speed"),
]
