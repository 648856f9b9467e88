"""The photo pipeline: what comes out is clean, and nothing but Invalid comes of bad bytes."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pictures
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from shanzhi.foundation.base.actor import NOBODY, SYSTEM
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.evidence import photos
from shanzhi.registers.evidence.intake import take_in
from shanzhi.registers.evidence.kinds import kind_of
from tries import tries

# Pillow warns of oddities that it then skips; outside of tests a warning stops nothing.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL", "ignore::DeprecationWarning:PIL")


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_usual_formats_become_jpeg(kind: str):
    taken = take_in(pictures.encoded(kind=kind), NOBODY)
    assert (taken.media_type, taken.width, taken.height) == ("image/jpeg", 800, 600)
    assert opened(taken.content).format == "JPEG"
    assert opened(taken.thumb).size == (480, 360)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK", "RGB"])
def test_every_mode_becomes_colour(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = pictures.scene(mode="L").convert("I").convert("I;16") if mode == "I;16" else pictures.scene(mode=mode)
    assert opened(take_in(pictures.encoded(image, kind), NOBODY).content).mode == "RGB"


def test_sixteen_bits_keep_their_greys():
    grey = Image.new("I;16", (64, 64), 128 * 256)
    middle = opened(take_in(pictures.encoded(grey, "PNG"), NOBODY).content).getpixel((32, 32))
    assert all(abs(value - 128) < 4 for value in middle)


def test_transparent_becomes_white():
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert min(opened(take_in(pictures.encoded(clear, "PNG"), NOBODY).content).getpixel((5, 5))) > 250


def test_large_ones_shrink_and_turn_upright():
    content = pictures.encoded(pictures.scene(4000, 3000), exif=pictures.exif(orientation=6))
    taken = take_in(content, NOBODY)
    assert (taken.width, taken.height) == (1440, 1920)
    top, bottom = (opened(taken.content).getpixel((700, y)) for y in (100, 1800))
    assert top[0] > 150
    assert bottom[2] > 150


def test_position_and_time_are_read_then_stripped():
    block = pictures.exif(lon=102.54, lat=24.35, taken="2026:05:01 08:30:00")
    extra = PngImagePlugin.PngInfo()
    extra.add_text("Comment", "SecretWords")
    for content in (
        pictures.encoded(exif=block, comment=b"SecretWords", xmp=b"<x>SecretWords</x>"),
        pictures.encoded(kind="PNG", exif=block, pnginfo=extra),
        pictures.encoded(kind="WEBP", exif=block, xmp=b"<x>SecretWords</x>"),
    ):
        taken = take_in(content, NOBODY)
        assert taken.position == pytest.approx((102.54, 24.35))
        assert taken.at == datetime(2026, 5, 1, 0, 30, tzinfo=UTC)
        for out in (taken.content, taken.thumb):
            assert b"Secret" not in out
            assert not opened(out).getexif()
            assert opened(out).info.keys() <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "dpi",
                "progressive",
                "progression",
            }


def test_offset_of_the_phone_counts():
    taken = take_in(pictures.encoded(exif=pictures.exif(taken="2026:05:01 08:30:00", offset="+09:00")), NOBODY)
    assert taken.at == datetime(2026, 4, 30, 23, 30, tzinfo=UTC)


def test_chinese_datum_is_converted():
    taken = take_in(pictures.encoded(exif=pictures.exif(lon=102.54, lat=24.35, datum="GCJ-02")), NOBODY)
    lon, lat = taken.position
    assert 0.0005 < abs(lon - 102.54) + abs(lat - 24.35) < 0.02


@pytest.mark.parametrize(
    "block",
    [
        pictures.exif(lon=0.0, lat=0.0, taken="0000:00:00 00:00:00"),
        pictures.exif(lon=999.0, lat=12.0, taken="1970:01:01 00:00:00"),
        pictures.exif(taken="2999:01:01 00:00:00"),
        pictures.exif(taken="yesterday"),
    ],
)
def test_nonsense_in_exif_counts_as_absent(block):
    taken = take_in(pictures.encoded(exif=block), NOBODY)
    assert (taken.position, taken.at) == (None, None)


def test_broken_exif_does_not_lose_the_photo():
    content = pictures.encoded(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x88\x25\0\x04" * 9)
    assert take_in(content, NOBODY).width == 800


def test_bombs_are_refused_without_unfolding():
    bomb = pictures.encoded(Image.new("1", (9000, 9000)), "PNG")
    assert len(bomb) < 200_000
    with pytest.raises(Invalid, match="50"):
        take_in(bomb, NOBODY)
    with pytest.raises(Invalid):
        take_in(pictures.encoded(Image.new("L", (9000, 9000)), progressive=True), NOBODY)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
def test_a_picture_that_claims_to_be_a_wall_is_too_large_and_not_damaged(kind):
    """Past twice Pillow's own limit its opener raises before the size can be asked for."""
    bomb = claiming(pictures.encoded(Image.new("L", (64, 64)), kind), kind)
    with override("en"), pytest.raises(Invalid) as caught:
        take_in(bomb, NOBODY)
    with override("en"):
        assert "million points" in str(caught.value.message)
        assert "smaller" in str(caught.value.message)


def claiming(content: bytes, kind: str) -> bytes:
    """The same bytes with a header that says 30,000 × 30,000. (WebP ends at 16,383: below what Pillow refuses.)"""
    if kind == "PNG":
        head = b"IHDR" + struct.pack(">II", 30_000, 30_000) + content[24:29]
        return content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]
    if kind == "GIF":
        return content[:6] + struct.pack("<HH", 30_000, 30_000) + content[10:]
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", 30_000, 30_000) + content[at + 4 :]


def test_a_camera_of_many_points_is_welcome():
    assert take_in(pictures.encoded(Image.new("L", (12000, 9000))), NOBODY).width == 1920


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"MZ" + b"\0" * 600, "program"),
        (b"PK\x03\x04" + b"\0" * 600, "archive"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "web page"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 600, "video"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 600, "Most Compatible"),
        (b"hello, I am photo.jpg", "not a photo"),
        (b"\xff\xd8\xff\xe0<script>", "damaged"),
        (b"%PDF-1.7", "Only photos"),
    ],
)
def test_disguises_are_named(content: bytes, word: str):
    with override("en"), pytest.raises(Invalid) as caught:
        take_in(content, NOBODY)
    with override("en"):
        assert word in str(caught.value.message)


def test_papers_are_for_staff():
    taken = take_in(pictures.pdf(), SYSTEM)
    assert (taken.media_type, taken.content) == ("application/pdf", pictures.pdf())
    for broken in (
        pictures.pdf()[:-20],
        pictures.pdf(b"/OpenAction<</S/JavaScript>>"),
        b"%PDF-9.0" + pictures.pdf()[8:],
    ):
        with pytest.raises(Invalid):
            take_in(broken, SYSTEM)


def survives(content: bytes) -> None:
    with suppress(Invalid):
        take_in(content, NOBODY)


MAGICS = [
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x10\0\0\0WEBP",
    b"GIF89a",
    b"\0\0\0\x1cftypavif",
    b"%PDF-1.4",
    b"",
]
SAMPLES = [
    pictures.encoded(pictures.scene(64, 48), kind, exif=pictures.exif(lon=1.0, lat=2.0, taken="2026:01:01 00:00:00"))
    for kind in ("JPEG", "PNG", "WEBP", "AVIF")
] + [pictures.encoded(pictures.scene(64, 48), "GIF")]


@pytest.mark.property
@tries(80)
@given(st.sampled_from(MAGICS), st.binary(max_size=400))
def test_random_bytes_never_crash(magic: bytes, rest: bytes):
    survives(magic + rest)


@pytest.mark.property
@tries(80)
@given(st.data())
def test_truncated_and_changed_photos_never_crash(data):
    content = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(0, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(content[: data.draw(st.integers(0, len(content)))]))


@pytest.mark.property
@given(st.binary(max_size=600))
def test_kind_of_answers_for_any_bytes(head: bytes):
    assert isinstance(kind_of(head), str)


def test_multi_picture_files_of_phones_open():
    out = BytesIO()
    pictures.scene().save(out, "MPO", save_all=True, append_images=[pictures.scene(80, 60)])
    assert photos.clean(out.getvalue(), "jpeg").width == 800
