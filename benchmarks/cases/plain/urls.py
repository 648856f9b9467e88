from typing import Any

from django.urls import path
from rest_framework.routers import SimpleRouter

from .views import CaseViewSet

router = SimpleRouter()
router.register("api/cases", CaseViewSet, basename="case")
urlpatterns: list[Any] = [path("manifest.webmanifest", CaseViewSet.as_view({"get": "list"})), *router.urls]
