"""Grounds, grain and light that every drawn photograph shares. Sizes are in pixels of a 1200 × 900 picture."""

from __future__ import annotations

import random
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

WIDTH, HEIGHT = 1200, 900
Colour = tuple[int, int, int]


@lru_cache(maxsize=16)
def grain(seed: int, sigma: int) -> Image.Image:
    """Grey noise around 128. `effect_noise` cannot be seeded, so the bytes come from our own generator."""
    small = Image.frombytes("L", (WIDTH // 2, HEIGHT // 2), random.Random(seed).randbytes(WIDTH * HEIGHT // 4))  # noqa: S311
    soft = small.filter(ImageFilter.GaussianBlur(0.8)).resize((WIDTH, HEIGHT))
    return soft.point(lambda value: int(128 + (value - 128) * sigma / 50))


def ground(colour: Colour, *, seed: int, roughness: int = 22) -> Image.Image:
    base = Image.new("RGB", (WIDTH, HEIGHT), colour)
    rough = Image.merge("RGB", [grain(seed % 7, roughness)] * 3)
    return ImageChops.overlay(base, rough)


def paving(seed: int, colour: Colour = (158, 152, 142), *, size: int = 150) -> Image.Image:
    """Pavement of staggered slabs, seen from above."""
    image = ground(colour, seed=seed, roughness=18)
    pen = ImageDraw.Draw(image, "RGBA")
    dice = random.Random(seed)  # noqa: S311
    for row, top in enumerate(range(0, HEIGHT, size)):
        shift = (row % 2) * size // 2
        for left in range(-shift, WIDTH, size):
            tint = dice.randint(-14, 14)
            shade = (255, 255, 255, tint) if tint > 0 else (0, 0, 0, -tint)
            pen.rectangle([left + 2, top + 2, left + size - 3, top + size - 3], fill=shade)
            pen.rectangle([left, top, left + size, top + size], outline=(70, 66, 60, 150), width=3)
    return image


def street(seed: int, *, sky: Colour = (176, 200, 214), road: Colour = (104, 106, 108)) -> Image.Image:
    """A street seen at eye level: sky, a row of houses, kerb, road."""
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    pen = ImageDraw.Draw(image, "RGBA")
    dice = random.Random(seed)  # noqa: S311
    for band in range(420):
        pen.line([(0, band), (WIDTH, band)], fill=(255, 255, 255, int(110 * band / 420)))
    left = -40
    while left < WIDTH:
        width, top = dice.randint(150, 290), dice.randint(90, 270)
        wall = dice.choice([(214, 202, 184), (196, 188, 178), (224, 214, 198), (186, 170, 150), (204, 208, 206)])
        pen.rectangle([left, top, left + width, 560], fill=wall)
        for row in range(top + 30, 520, 74):
            for column in range(left + 24, left + width - 50, 66):
                glass = dice.choice([(92, 112, 124), (112, 132, 140), (78, 92, 104)])
                pen.rectangle([column, row, column + 38, row + 44], fill=glass, outline=(240, 238, 232))
        left += width + dice.choice([0, 0, 18])
    pen.rectangle([0, 545, WIDTH, 590], fill=(170, 164, 154))
    pen.rectangle([0, 588, WIDTH, 602], fill=(128, 124, 118))
    lower = ground(road, seed=seed).crop((0, 0, WIDTH, HEIGHT - 600))
    image.paste(lower, (0, 600))
    for left in range(-60, WIDTH, 260):
        pen.polygon([(left, 742), (left + 130, 742), (left + 118, 758), (left - 14, 758)], fill=(226, 222, 206, 200))
    return image


def shadow(image: Image.Image, box: tuple[int, int, int, int], *, strength: int = 120, blur: int = 14) -> None:
    """A soft ellipse of shade, drawn into the picture."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse(box, fill=strength)
    image.paste((24, 22, 20), mask=mask.filter(ImageFilter.GaussianBlur(blur)))


def finish(image: Image.Image, *, seed: int, light: float = 1.0) -> bytes:
    """Light, lens shade, grain and the mark, as JPEG."""
    dice = random.Random(seed * 31)  # noqa: S311
    image = ImageEnhance.Brightness(image).enhance(light * dice.uniform(0.93, 1.06))
    image = image.rotate(dice.uniform(-2.2, 2.2), Image.Resampling.BILINEAR, expand=False).crop((40, 30, 1160, 870))
    image = ImageChops.add(ImageEnhance.Brightness(image).enhance(0.78), _veil(image.size))
    image = ImageChops.overlay(image, _dust(image.size))
    out = BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


@cache
def _veil(size: tuple[int, int]) -> Image.Image:
    veil = Image.new("L", (280, 210), 0)
    ImageDraw.Draw(veil).ellipse([-40, -40, 320, 250], fill=70)
    return Image.merge("RGB", [veil.filter(ImageFilter.GaussianBlur(40)).resize(size)] * 3)


@cache
def _dust(size: tuple[int, int]) -> Image.Image:
    return Image.merge("RGB", [grain(3, 9).resize(size)] * 3)
