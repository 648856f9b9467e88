"""One function a scene: draws the trouble, or what is there when it has been mended."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from .canvas import HEIGHT, WIDTH, ground, paving, shadow, street

Dice = random.Random


def manhole(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = paving(seed)
    x, y, r = 600 + dice.randint(-60, 60), 450 + dice.randint(-40, 40), 250
    shadow(image, (x - r - 20, y - r - 10, x + r + 30, y + r + 34))
    pen = ImageDraw.Draw(image, "RGBA")
    rim, iron = ((120, 118, 114), (88, 90, 92)) if mended else ((96, 90, 84), (70, 68, 66))
    pen.ellipse([x - r - 24, y - r - 24, x + r + 24, y + r + 24], fill=rim, outline=(60, 58, 54), width=4)
    pen.ellipse([x - r, y - r, x + r, y + r], fill=iron)
    for ring in range(40, r - 10, 34):
        for angle in range(0, 360, max(9, 620 // ring)):
            a = math.radians(angle + ring)
            cx, cy = x + ring * math.cos(a), y + ring * math.sin(a)
            pen.rounded_rectangle([cx - 9, cy - 6, cx + 9, cy + 6], 3, fill=(128, 130, 130) if mended else (92, 90, 86))
    if not mended:
        edge: list[tuple[float, float]] = [(x + 30, y - 20)]
        for step in range(9):
            a = math.radians(-50 + step * 18)
            edge.append((x + (r - 6) * math.cos(a), y + (r - 6) * math.sin(a)))
        edge += [(x + dice.randint(20, 70), y + 120), (x - 20, y + 60), (x + 50, y + 30)]
        pen.polygon(edge, fill=(14, 13, 12), outline=(40, 38, 36))
        for _ in range(6):
            _crack(pen, dice, x - 10, y, r * 0.8)
    return image


def pothole(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = ground((98, 100, 103), seed=seed, roughness=34)
    x, y = 600 + dice.randint(-80, 80), 470
    blob = [
        (x + dice.uniform(0.75, 1.15) * 300 * math.cos(a / 18 * math.tau), y + dice.uniform(0.7, 1.2) * 170 * math.sin(a / 18 * math.tau))
        for a in range(18)
    ]  # fmt: skip
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle([0, 60, WIDTH, 78], fill=(228, 224, 210, 190))
    if mended:
        pen.rectangle([x - 360, y - 220, x + 360, y + 220], fill=(48, 49, 52), outline=(32, 32, 34), width=6)
        return image
    shadow(image, (x - 330, y - 190, x + 330, y + 200), strength=150, blur=24)
    pen.polygon(blob, fill=(58, 52, 46))
    pen.polygon([(x + (px - x) * 0.72, y + 12 + (py - y) * 0.66) for px, py in blob], fill=(74, 66, 56))
    for _ in range(46):
        px, py, s = x + dice.gauss(0, 200), y + dice.gauss(0, 110), dice.randint(5, 17)
        pen.ellipse([px, py, px + s, py + s * 0.8], fill=(128, 122, 114), outline=(60, 56, 52))
    for _ in range(7):
        _crack(pen, dice, x, y, 380)
    return image


def lamp(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = street(seed, sky=(38, 48, 70), road=(50, 52, 56))
    image = Image.blend(image, Image.new("RGB", image.size, (16, 20, 34)), 0.58)
    x = 560 + dice.randint(-120, 120)
    if mended:
        glow = Image.new("L", image.size, 0)
        ImageDraw.Draw(glow).polygon([(x + 120, 176), (x + 190, 176), (x + 480, 860), (x - 170, 860)], fill=120)
        image.paste((255, 226, 160), mask=glow.filter(ImageFilter.GaussianBlur(60)))
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle([x - 9, 160, x + 9, 720], fill=(78, 84, 90))
    pen.line([(x, 166), (x + 160, 146)], fill=(78, 84, 90), width=13)
    pen.polygon([(x + 108, 142), (x + 206, 136), (x + 200, 170), (x + 112, 174)], fill=(96, 100, 104))
    pen.ellipse([x + 118, 160, x + 198, 186], fill=(255, 244, 206) if mended else (56, 58, 62))
    return image


def rubbish(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = street(seed)
    pen = ImageDraw.Draw(image, "RGBA")
    for number in range(3):
        left = 690 + number * 150
        pen.rounded_rectangle(
            [left, 470, left + 118, 660], 10, fill=[(46, 92, 74), (58, 78, 110), (92, 90, 86)][number]
        )
        pen.rounded_rectangle(
            [left - 6, 448, left + 124, 482], 8, fill=[(38, 76, 62), (48, 64, 92), (76, 74, 70)][number]
        )
    if mended:
        return image
    shadow(image, (120, 600, 700, 730), strength=110)
    pen = ImageDraw.Draw(image, "RGBA")
    for _ in range(34):
        x, y, s = dice.gauss(420, 120), dice.gauss(625, 40), dice.randint(40, 104)
        colour = dice.choice(
            [(38, 40, 44), (214, 210, 200), (176, 138, 92), (120, 144, 160), (196, 84, 66), (88, 110, 78)]
        )
        if dice.random() < 0.45:
            pen.polygon([(x, y), (x + s, y - 12), (x + s * 1.1, y + s * 0.6), (x + 8, y + s * 0.7)], fill=colour)
        else:
            pen.ellipse([x, y - s * 0.3, x + s, y + s * 0.55], fill=colour)
            pen.arc([x + 8, y - s * 0.2, x + s - 10, y + s * 0.4], 190, 300, fill=(255, 255, 255, 70), width=4)
    return image


def tree(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = street(seed)
    pen = ImageDraw.Draw(image, "RGBA")
    if mended:
        pen.ellipse([540, 596, 640, 630], fill=(150, 118, 80), outline=(92, 70, 46), width=5)
        for _ in range(70):
            left, top = dice.randint(300, 900), dice.randint(620, 720)
            pen.ellipse([left, top, left + 7, top + 4], fill=(146, 128, 84, 190))
        return image
    shadow(image, (130, 660, 1120, 800), strength=120, blur=22)
    pen = ImageDraw.Draw(image, "RGBA")
    pen.polygon([(110, 640), (150, 602), (760, 660), (748, 706)], fill=(96, 72, 50), outline=(64, 48, 34))
    for _ in range(520):
        x, y, s = dice.gauss(850, 130), dice.gauss(640, 78), dice.randint(18, 50)
        green = dice.randint(64, 128)
        pen.ellipse([x, y, x + s, y + s * 0.55], fill=(green // 2, green, green // 3 + 14, 230))
    return image


def leak(seed: int, dice: Dice, mended: bool) -> Image.Image:
    image = paving(seed, (150, 150, 148), size=190)
    pen = ImageDraw.Draw(image, "RGBA")
    if not mended:
        pool = Image.new("L", image.size, 0)
        brush = ImageDraw.Draw(pool)
        for _ in range(26):
            x, y, s = dice.gauss(620, 170), dice.gauss(520, 100), dice.randint(120, 280)
            brush.ellipse([x - s, y - s * 0.5, x + s, y + s * 0.5], fill=150)
        image.paste((62, 74, 84), mask=pool.filter(ImageFilter.GaussianBlur(12)))
        pen = ImageDraw.Draw(image, "RGBA")
        for _ in range(16):
            x, y, s = dice.gauss(620, 150), dice.gauss(520, 80), dice.randint(30, 110)
            pen.arc([x - s, y - s * 0.3, x + s, y + s * 0.3], 200, 330, fill=(226, 236, 240, 120), width=4)
    pen.rectangle([0, 180, WIDTH, 250], fill=(86, 104, 122), outline=(54, 66, 80), width=4)
    pen.rectangle([560, 160, 650, 270], fill=(196, 70, 52) if mended else (112, 92, 78), outline=(50, 42, 38), width=4)
    if not mended:
        for _ in range(40):
            x = dice.gauss(606, 34)
            pen.line([(606, 262), (x, 262 + dice.randint(60, 190))], fill=(214, 228, 234, 130), width=4)
    return image


def blocked(seed: int, dice: Dice, mended: bool) -> Image.Image:
    """A stairwell door, with or without things stacked before it."""
    image = ground((206, 200, 188), seed=seed, roughness=10)
    pen = ImageDraw.Draw(image, "RGBA")
    pen.rectangle([0, 700, WIDTH, HEIGHT], fill=(138, 132, 124))
    pen.rectangle([430, 130, 800, 702], fill=(92, 112, 104), outline=(58, 72, 66), width=10)
    pen.rectangle([500, 200, 730, 400], fill=(150, 168, 170), outline=(58, 72, 66), width=6)
    pen.rounded_rectangle([500, 60, 730, 112], 6, fill=(30, 120, 76))
    pen.polygon([(640, 70), (690, 86), (640, 102)], fill=(232, 244, 236))
    pen.rectangle([545, 80, 642, 92], fill=(232, 244, 236))
    if mended:
        return image
    for _ in range(13):
        x, y, w, h = dice.randint(300, 850), dice.randint(480, 700), dice.randint(90, 200), dice.randint(80, 150)
        box = dice.choice([(182, 146, 98), (166, 130, 84), (198, 166, 118)])
        pen.rectangle([x, y, x + w, y + h], fill=box, outline=(104, 80, 50), width=4)
        pen.line([(x + w // 2, y), (x + w // 2, y + h)], fill=(214, 196, 150), width=8)
    for left in (330, 760):
        pen.ellipse([left, 640, left + 170, 810], outline=(40, 40, 44), width=12)
        pen.line([(left + 85, 725), (left + 170, 590), (left + 230, 600)], fill=(150, 48, 44), width=12)
    return image


def wall(seed: int, dice: Dice, mended: bool) -> Image.Image:
    """Little advertisements pasted over a wall, or the wall painted clean."""
    image = ground((196, 184, 166), seed=seed, roughness=14)
    pen = ImageDraw.Draw(image, "RGBA")
    for top in range(0, HEIGHT, 74):
        for left in range(-(top // 74 % 2) * 90, WIDTH, 180):
            pen.rectangle([left, top, left + 180, top + 74], outline=(158, 144, 126, 150), width=3)
    if mended:
        pen.rectangle([150, 130, 1060, 760], fill=(214, 206, 192, 235))
        return image
    for _ in range(24):
        x, y, w, h = dice.randint(120, 960), dice.randint(110, 660), dice.randint(90, 190), dice.randint(110, 170)
        paper = dice.choice([(246, 240, 226), (252, 222, 120), (226, 236, 246), (250, 206, 196)])
        pen.polygon(
            [(x, y + dice.randint(-8, 8)), (x + w, y), (x + w, y + h), (x + dice.randint(-6, 6), y + h)],
            fill=paper,
            outline=(120, 110, 96),
        )
        for line in range(y + 18, y + h - 16, 20):
            pen.line(
                [(x + 14, line), (x + dice.randint(w // 2, w - 12), line)],
                fill=dice.choice([(60, 60, 64), (176, 50, 44)]),
                width=6,
            )
    return image


def _crack(pen: ImageDraw.ImageDraw, dice: Dice, x: float, y: float, reach: float) -> None:
    a, length = dice.uniform(0, math.tau), 0.0
    while length < reach:
        step = dice.uniform(18, 46)
        a += dice.uniform(-0.5, 0.5)
        nx, ny = x + step * math.cos(a), y + step * math.sin(a)
        pen.line([(x, y), (nx, ny)], fill=(26, 24, 22, 220), width=dice.randint(2, 5))
        x, y, length = nx, ny, length + step
