"""Pictures of every page in both languages, both widths, light and dark, with one sheet to look them over.

    .venv/bin/python tools/screenshots.py --url http://127.0.0.1:8000 [--only desk] [--quick] [--way en,320,dark,large]

Signs in by the demonstration's buttons, follows the pages' own links to cases, and writes screenshots/index.html. Works with any running
Shanzhi that shows the demonstration; what its city has no place for (tools/shots/counties.py) is left out. Says at the end what was not found.
"""

from __future__ import annotations

import argparse
import html
import os
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright
from shots.camera import Camera, Way, file_of
from shots.every import SHOTS
from shots.shot import Shot
from shots.stage import PLAYS

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "screenshots"
# Software rendering, and only where a map needs it: painting pages with it too takes half as long again.
FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
]  # fmt: skip


def sheet(taken: list[tuple[Shot, Way]]) -> str:
    figures = "".join(
        f'<figure><a href="{file_of(shot, way)}"><img loading="lazy" src="{file_of(shot, way)}"></a>'
        f"<figcaption>{html.escape(shot.name)} · {way}</figcaption></figure>\n"
        for shot, way in sorted(taken, key=lambda one: (SHOTS.index(one[0]), str(one[1])))
    )
    style = (
        "body{font:14px system-ui;margin:1rem;background:#ddd;display:flex;flex-wrap:wrap;gap:1rem;align-items:start}"
        "figure{margin:0;width:22rem}img{width:100%;max-height:40rem;object-fit:cover;object-position:top;background:#fff}"
    )
    return f"<!doctype html><meta charset=utf-8><title>Shanzhi</title><style>{style}</style>\n{figures}"


def ways_of(options: argparse.Namespace) -> list[Way]:
    if options.way:
        return [Way(*way.split(",")) for way in options.way]
    languages, themes = (["zh-hans"], ["light"]) if options.quick else (["zh-hans", "en"], ["light", "dark"])
    return [Way(*way) for way in product(languages, ["phone", "desk"], themes)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--county", default="", help="only pages of this county, or - for only those of none")
    parser.add_argument(
        "--way", action="append", default=[], help="as in en,phone,dark or zh-hans,320,light,large; again for more"
    )
    parser.add_argument("--quick", action="store_true", help="Chinese and light only")
    options = parser.parse_args()
    options.out.mkdir(exist_ok=True, parents=True)
    with sync_playwright() as playwright:
        path = os.environ.get("SHANZHI_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        camera = Camera(browser, options.url, options.out)
        shots = [shot for shot in SHOTS if options.only in shot.name and camera.here(shot)]
        if options.county:
            shots = [shot for shot in shots if shot.county == options.county.strip("-")]
        ways = ways_of(options)
        if any(way.more != "print" for way in ways):
            camera.play(PLAYS, shots)
        for way in ways:
            print(way, flush=True)
            camera.take([shot for shot in shots if way.more != "print" or shot.printed], way)
        browser.close()
    (options.out / "index.html").write_text(sheet(camera.taken), encoding="utf-8")
    print(f"{len(camera.taken)} pictures: {options.out / 'index.html'}")
    for name, what in camera.wrong.items():
        print(f"  {name}: {what}")


if __name__ == "__main__":
    main()
