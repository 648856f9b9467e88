"""Where and when a photo says that it was taken. Every value is a stranger's: anything odd counts as absent."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from django.utils import timezone as now_in
from PIL import ExifTags, Image

CHINA = ZoneInfo("Asia/Shanghai")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
GPS = ExifTags.GPS


def position(image: Image.Image) -> tuple[float, float, str] | None:
    """(longitude, latitude, datum) with datum "wgs84" or "gcj02", or None."""
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[GPS.GPSLatitude], gps.get(GPS.GPSLatitudeRef, "N"), "S")
        lon = _degrees(gps[GPS.GPSLongitude], gps.get(GPS.GPSLongitudeRef, "E"), "W")
        datum = str(gps.get(GPS.GPSMapDatum, "")).upper()
    except Exception:  # a broken block raises nearly anything: KeyError, struct.error, ZeroDivisionError …
        return None
    # Phones without a fix write 0, 0.
    if not (abs(lat) <= 90 and abs(lon) <= 180) or (abs(lat) < 1e-6 and abs(lon) < 1e-6):
        return None
    return round(lon, 7), round(lat, 7), "gcj02" if "GCJ" in datum else "wgs84"


def _degrees(parts: object, side: object, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError("not a number")
    text = side.decode("ascii") if isinstance(side, bytes) else str(side)
    return -value if text.strip("\0 ").upper() == negative else value


def moment(image: Image.Image) -> datetime | None:
    """UTC. A time without an offset is read as China's."""
    try:
        block = image.getexif().get_ifd(ExifTags.IFD.Exif)
        text = str(block[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
        naive = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the offset follows
        zone = _offset(str(block.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 "))
        taken = naive.replace(tzinfo=zone).astimezone(UTC)
    except Exception:  # as above
        return None
    # A camera whose clock was never set says 1970 or 2036: no evidence of anything.
    return taken if EARLIEST < taken <= now_in.now() + timedelta(days=1) else None


def _offset(text: str) -> timezone | ZoneInfo:
    if len(text) == 6 and text[0] in "+-" and text[3] == ":":
        span = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
        return timezone(span if text[0] == "+" else -span)
    return CHINA
