"""PDF papers: kept as they came, after a look at whether they are what they say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid

# Long names only: two-letter ones turn up by chance in compressed streams.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


def check(content: bytes) -> None:
    tail = content[-2048:]
    if content[5:7] not in (b"1.", b"2.") or b"%%EOF" not in tail or b"startxref" not in tail:
        raise Invalid({"file": [_("This PDF is damaged or arrived incomplete. Save it again and send it once more.")]})
    if any(name in content for name in ACTIVE):
        text = _(
            "This PDF contains programs or attached files, which are not accepted. Print it to a new PDF and send that."
        )
        raise Invalid({"file": [text]})
