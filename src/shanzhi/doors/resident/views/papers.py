"""Papers of a dispute, at one address for every door: who may have which, mediation and casework say."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.programmes.mediation import queries as mediation
from shanzhi.programmes.mediation import services
from shanzhi.registers.people.middleware import ActorRequest

TOKEN = "token"  # noqa: S105 - stands in the address until the letter is made


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: ActorRequest, number: str, name: str) -> HttpResponse:
    by = request.actor
    case = casework.access_case(number, by=by)
    wanted = next((one for one in mediation.papers_of(case, by) if one.name == name), None)
    if wanted is None or wanted.secret != (request.method == "POST"):
        raise NotFound(_("There is no such paper in this matter, or it is not for you."))
    if name == "agreement":
        content = services.agreement_pdf(case=case.id, by=by)
    elif name == "remedies":
        content = services.remedies_pdf(case=case.id, by=by)
    else:
        link = request.build_absolute_uri(reverse("resident:follow", args=[TOKEN])).replace(f"/{TOKEN}/", "/{token}/")
        content = services.invitation_pdf(case=case.id, side=name[-1], by=by, link=link)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{case.number}-{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
