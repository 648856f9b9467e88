"""Photos for tests: made here, with whatever EXIF a test needs."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image


def scene(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, so that turning shows."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def exif(
    *,
    lon: float | None = None,
    lat: float | None = None,
    taken: str = "",
    offset: str = "",
    orientation: int = 1,
    datum: str = "",
) -> Image.Exif:
    block = Image.Exif()
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.Make] = "SecretPhoneMaker"
    if lon is not None and lat is not None:
        gps: dict[int, Any] = {
            1: "N" if lat >= 0 else "S",
            2: (abs(lat), 0.0, 0.0),
            3: "E" if lon >= 0 else "W",
            4: (abs(lon), 0.0, 0.0),
        }
        if datum:
            gps[18] = datum
        block.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    if taken:
        inner = block.get_ifd(ExifTags.IFD.Exif)
        inner[ExifTags.Base.DateTimeOriginal] = taken
        if offset:
            inner[ExifTags.Base.OffsetTimeOriginal] = offset
    return block


def encoded(image: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    (image or scene()).save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "photo.jpg", media_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded() if content is None else content, media_type)


def pdf(extra: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n" + extra + b"\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
