"""Rounds by inspection order, and night patrols."""

from django.urls import path

from .views import calls, rounds

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:id>/", rounds.one, name="round"),
    path("rounds/<uuid:id>/start", rounds.start, name="round-start"),
    path("rounds/<uuid:id>/items/<slug:item>", rounds.answer, name="round-answer"),
    path("rounds/<uuid:id>/items/<slug:item>/correction", rounds.correction, name="round-correction"),
    path("calls/", calls.calls, name="calls"),
    path("calls/new", calls.new, name="call-new"),
    path("calls/<uuid:id>/", calls.one, name="call"),
    path("calls/<uuid:id>/names", calls.names, name="call-names"),
    path("calls/<uuid:id>/presence", calls.presence, name="call-presence"),
    path("calls/<uuid:id>/closing", calls.closing, name="call-closing"),
]
