"""Night patrols that one can sign up for."""

from django.urls import path

from .views import calls

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/here/<str:token>/", calls.here, name="call-here"),
    path("calls/<uuid:id>/", calls.one, name="call"),
    path("calls/<uuid:id>/signup", calls.signup, name="call-signup"),
    path("calls/<uuid:id>/withdrawal", calls.withdrawal, name="call-withdrawal"),
]
