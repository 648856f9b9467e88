"""From a stranger's bytes to a clean picture: checked, turned upright, stripped of everything, resized."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.evidence import exif

LARGEST, THUMB = 1920, 480
QUALITY, THUMB_QUALITY = 82, 74
# A baseline JPEG can be decoded at an eighth of its size; everything else unfolds in memory whole.
MOST_PIXELS, MOST_PIXELS_WHOLE = 200_000_000, 50_000_000
FORMATS = {
    "jpeg": ["JPEG", "MPO"],
    "png": ["PNG"],
    "webp": ["WEBP"],
    "gif": ["GIF"],
    "avif": ["AVIF"],
    "heic": ["HEIF"],
}
# Pillow's own guard stays as the second one: it warns above this and refuses above twice this.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes  # JPEG
    thumb: bytes  # JPEG
    width: int
    height: int
    taken_at: datetime | None
    taken_position: tuple[float, float, str] | None  # longitude, latitude, datum


def clean(content: bytes, kind: str) -> Picture:
    """Raises Invalid, and nothing else, whatever the bytes are."""
    try:
        return _clean(content, kind)
    except Invalid:
        raise
    except Image.DecompressionBombError as error:  # a few bytes that claim to be a wall: nothing was unfolded
        raise too_large(MOST_PIXELS) from error
    except Exception as error:  # decoders raise SyntaxError, struct.error, OverflowError, EOFError … on crafted bytes
        raise damaged() from error


def damaged() -> Invalid:
    return Invalid({"photo": [_("This photo is damaged or arrived incomplete. Choose it again, or take a new one.")]})


def too_large(pixels: int) -> Invalid:
    text = _(
        "This picture has more than %(millions)d million points, too many to take. Send a smaller one: a photo straight from the "
        "camera, or a screenshot of it."
    )
    return Invalid({"photo": [text % {"millions": pixels // 1_000_000}]})


def can_open(kind: str) -> bool:
    Image.init()
    return any(name in Image.OPEN for name in FORMATS.get(kind, []))


def _clean(content: bytes, kind: str) -> Picture:
    with Image.open(BytesIO(content), formats=FORMATS[kind]) as probe:
        _check_size(probe)
        probe.verify()
    with Image.open(BytesIO(content), formats=FORMATS[kind]) as image:
        where, when = exif.position(image), exif.moment(image)
        image.draft("RGB", (LARGEST * 2, LARGEST * 2))
        image.load()
        upright = _upright(image)
        upright.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
        plain = _plain(upright)
    small = plain.copy()
    small.thumbnail((THUMB, THUMB), Image.Resampling.LANCZOS)
    return Picture(_jpeg(plain, QUALITY), _jpeg(small, THUMB_QUALITY), plain.width, plain.height, when, where)


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    scalable = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    most = MOST_PIXELS if scalable else MOST_PIXELS_WHOLE
    if pixels > most:
        raise too_large(most)
    if min(image.size) < 8:
        raise Invalid({"photo": [_("This picture is too small to show anything.")]})


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a broken EXIF block: the picture itself may be sound
        return image.copy()


def _plain(image: Image.Image) -> Image.Image:
    """sRGB on white. What isn't pixels does not survive: Pillow would carry comments over from `info`."""
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    elif image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    image = _srgb(image, profile) or image.convert("RGB")
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except Exception:  # a broken profile: colours a little off are better than no photo
        return None


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
