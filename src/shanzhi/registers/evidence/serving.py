"""Files over HTTP: private, never guessed at by the browser, never run."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.links import WINDOW, opened
from shanzhi.registers.evidence.models import File


def respond(token: str, request: HttpRequest | None = None) -> HttpResponseBase:
    """The file behind a signed address. Raises NotFound (forged, run out, cleaned away)."""
    identity, size = opened(token)
    file = File.objects.filter(id=identity).first()
    if file is None:
        raise NotFound(_("This photo is no longer here."))
    return serve(file, size, request)


def serve(file: File, size: str = store.LARGE, request: HttpRequest | None = None) -> HttpResponseBase:
    """Answer with a file whose permission the caller has checked; 304 when `request` shows that the browser has it."""
    photo = file.kind == File.Kind.PHOTO
    size = size if photo else store.LARGE
    etag = f'"{file.sha256[:32]}-{size}"'
    if request is not None and etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _guarded(HttpResponseNotModified(), etag)
    try:
        content = store.path(
            file.sha256, size
        ).read_bytes()  # at most some hundred kB; a stream would block an ASGI server
    except FileNotFoundError as error:
        raise NotFound(_("This photo is no longer here.")) from error
    name = f"{file.id}.{'jpg' if photo else 'pdf'}"
    # A PDF is a stranger's bytes: downloaded, never shown inside our origin.
    disposition = content_disposition_header(not photo, name) or "inline"
    headers = {"Content-Disposition": disposition, "Content-Encoding": "identity"}  # a JPEG gains nothing from gzip
    return _guarded(HttpResponse(content, content_type=file.media_type, headers=headers), etag)


def _guarded(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={WINDOW}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
