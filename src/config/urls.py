"""The front of the house: which door answers which address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from shanzhi.doors.api import cases
from shanzhi.kit import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shanzhi.doors.resident.urls")),
    path("worker/", include("shanzhi.doors.worker.urls")),
    path("desk/", include("shanzhi.doors.desk.urls")),
    path("department/", include("shanzhi.doors.department.urls")),
    path("administration/", include("shanzhi.doors.administration.urls")),
    path("signin/", include("shanzhi.doors.signin.flow_urls")),
    path("signin/", include("shanzhi.doors.signin.urls")),
    path("api/", include("shanzhi.doors.api.urls")),
    path("api/", cases.api.urls),
    path("simulation/", include("shanzhi.simulation.urls")),
    path("kit/", include("shanzhi.kit.urls")),
    path("", include("shanzhi.kit.root_urls")),
]

if settings.DEBUG:  # else Django would answer with its own list of addresses
    urlpatterns.append(re_path(r"^.*/$", errors.not_found))

handler400 = "shanzhi.kit.errors.bad_request"
handler403 = "shanzhi.kit.errors.denied"
handler404 = "shanzhi.kit.errors.not_found"
handler500 = "shanzhi.kit.errors.broken"
