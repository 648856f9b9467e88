"""The component gallery, only in DEBUG: every component in its states, on pages of each layout."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanzhi.foundation.base.refusals import Boundary, Conflict, Denied, Invalid, NotFound

from . import gallery_data

PAGES = {"phone": "phone", "desk": "desk", "split": "split", "document": "document", "report": "report"}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/gallery/index.html", gallery_data.everything())


def sample(request: HttpRequest, page: str) -> HttpResponse:
    """A page of one layout, or a refusal: refused-409 and so on."""
    if page.startswith("refused-"):
        raise _refusal(page.removeprefix("refused-"))
    if page not in PAGES:
        raise Http404
    return render(request, f"kit/gallery/{PAGES[page]}.html", gallery_data.everything())


def data(request: HttpRequest, name: str) -> HttpResponse:
    sources = {
        "points": gallery_data.points,
        "places": gallery_data.places,
        "search": gallery_data.search,
        "locate": gallery_data.locate,
    }
    if name == "upload":
        return JsonResponse({"id": request.POST.get("id", "")})
    if name in ("before", "after"):
        return HttpResponse(gallery_data.picture(name), content_type="image/svg+xml")
    if name not in sources:
        raise Http404
    return JsonResponse(sources[name](request.GET))


def _refusal(kind: str) -> Exception:
    return {
        "403": Denied(_("Only the unit that the case was sent to can act on it.")),
        "404": NotFound(_("This case does not exist, or is not open to you.")),
        "409": Conflict(
            _("Li Na of the city desk dispatched this case to the road office two minutes ago."),
            advice=_("Look at how it stands now."),
        ),
        "422": Invalid({"words": [_("Say in a few words what is wrong.")]}),
        "boundary": Boundary(
            13, _("The unit complained about never sees who complained."), source=_("Regulations on Petitions, art. 46")
        ),
    }.get(kind) or Http404()
