"""A sheet of paper on a table: the record of a talk, a certificate. Stamped when the matter is settled."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from .canvas import HEIGHT, WIDTH, ground, shadow


def paper(seed: int, dice: random.Random, mended: bool) -> Image.Image:
    image = ground(dice.choice([(150, 116, 82), (122, 98, 76), (168, 140, 108)]), seed=seed, roughness=12)
    pen = ImageDraw.Draw(image, "RGBA")
    for top in range(0, HEIGHT, 46):
        pen.line([(0, top + dice.randint(-6, 6)), (WIDTH, top + dice.randint(-6, 6))], fill=(60, 40, 24, 40), width=3)
    left, top = 320 + dice.randint(-60, 60), 90 + dice.randint(-20, 20)
    shadow(image, (left - 10, top + 10, left + 600, top + 770), strength=90)
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle([left, top, left + 560, top + 730], fill=(246, 244, 238))
    pen.rectangle([left + 170, top + 50, left + 390, top + 78], fill=(70, 70, 74))
    for line in range(top + 130, top + 560, 36):
        pen.line([(left + 50, line), (left + dice.randint(330, 510), line)], fill=(96, 96, 100), width=7)
    if mended:
        x, y = left + 400, top + 600
        pen.ellipse([x - 74, y - 74, x + 74, y + 74], outline=(196, 40, 36, 210), width=9)
        pen.regular_polygon((x, y, 30), 5, fill=(196, 40, 36, 200))
        pen.line(
            [(left + 70, top + 640), (left + 120, top + 610), (left + 190, top + 650)], fill=(34, 44, 110), width=6
        )
    pen.rounded_rectangle([left + 620, top + 120, left + 648, top + 560], 12, fill=(38, 52, 92))
    return image
