from django.urls import path

from .views import demo, home, interests, invitation, me

app_name = "signin"
urlpatterns = [
    path("home/", home.home, name="home"),
    path("post/", home.choose_post, name="post"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("second/needed/", home.second_needed, name="second-needed"),
    path("demo/", demo.sign_in, name="demo"),
    path("me/", me.me, name="me"),
    path("me/data/", me.export, name="export"),
    path("me/erasure/", me.erasure, name="erasure"),
    path("me/openings/", me.openings, name="openings"),
    path("me/interests/", interests.interests, name="interests"),
    path("me/interests/<uuid:id>/end/", interests.end, name="interest-end"),
]
