"""Looking up codes, and drawing them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from uuid import UUID

import segno
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.codes.models import Code
from shanzhi.registers.codes.permissions import may_issue
from shanzhi.registers.codes.sheets import sheet_pdf
from shanzhi.registers.codes.tokens import normal

__all__ = ["address", "code", "codes_about", "codes_in", "may_issue", "scanned", "sheet_pdf", "svg"]


def code(token: str) -> Code:
    """The code with this token however typed, retired ones too. Raises NotFound."""
    text = normal(token)
    found = Code.objects.select_related("place", "replaced_by").filter(token=text).first() if text else None
    if found is None:
        raise NotFound(_("This code is not one of ours. Check the letters, or report without a code."))
    return found


def scanned(token: str) -> Code:
    """What a scan of this token leads to today: the code itself, or the one that replaced it. `retired_at` may be set."""
    found = code(token)
    while found.replaced_by_id:
        found = Code.objects.select_related("place", "replaced_by").get(id=found.replaced_by_id)
    return found


def codes_in(path: str, *, kind: str = "", limit: int = 500) -> list[Code]:
    """Codes in use within a place and all below it, by place and label."""
    rows = Code.objects.select_related("place").filter(place__path__startswith=path, retired_at=None)
    return list((rows.filter(kind=kind) if kind else rows).order_by("place__path", "issued_at", "id")[:limit])


def codes_about(ids: Iterable[UUID]) -> list[Code]:
    """Codes in use that stand for these assets or households."""
    return list(Code.objects.select_related("place").filter(about__in=list(ids), retired_at=None))


def address(code: Code, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/c/{code.token}"


def svg(code: Code, url: str) -> str:
    """The QR picture of `url` as inline SVG, sized by CSS, with a title for those who can't see it."""
    out = BytesIO()
    drawn = segno.make(url, error="m", micro=False)
    title = str(_("Code %(token)s") % {"token": code.shown})
    drawn.save(
        out, kind="svg", xmldecl=False, omitsize=True, border=4, title=title, svgclass="qr", dark="#000", light="#fff"
    )
    return out.getvalue().decode()
