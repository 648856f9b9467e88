"""How heavy the report page is at the first visit, and how soon it shows: bytes over the wire, largest paint.

    make bench-report_page            with Shanzhi running (make run), or SHANZHI_URL=http://… for another one

Chromium is throttled as Lighthouse throttles a slow phone on 4G: processor 4 times slower, 1.6 Mbit/s down, 750 kbit/s
up, 150 ms there and back for each request. Every run has an empty cache. The bound on bytes is a test as well
(tests/browser/test_report.py); seconds depend on the machine and are only measured here.
"""

from __future__ import annotations

import os
import sys
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks.report import Row, leave, report

URL = os.environ.get("SHANZHI_URL", "http://127.0.0.1:8000")
CHROMIUM = os.environ.get("SHANZHI_CHROMIUM", "/usr/bin/chromium")
RUNS = 5
PHONE = {"width": 390, "height": 844}
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
LARGEST = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) last = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(last), 300);
})"""
TIMES = """() => { const one = performance.getEntriesByType('navigation')[0];
  const first = performance.getEntriesByName('first-contentful-paint')[0];
  return {answered: one.responseStart, ready: one.domContentLoadedEventEnd, first: first ? first.startTime : 0}; }"""


def visit(browser: Browser, *, slow: bool) -> dict[str, float]:
    """Kilobytes and requests of one first visit, and when things showed, in milliseconds."""
    context = browser.new_context(base_url=URL, viewport=PHONE, locale="zh-CN", service_workers="block")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if slow:
        wire.send("Network.emulateNetworkConditions", NETWORK)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    weights: dict[str, float] = {}

    def finished(event: dict[str, Any]) -> None:
        weights[event["requestId"]] = event["encodedDataLength"]

    wire.on("Network.loadingFinished", finished)
    page.goto("/report/", wait_until="load")
    page.wait_for_load_state("networkidle")
    found = {"largest": page.evaluate(LARGEST), **page.evaluate(TIMES)}
    found |= {"kilobytes": sum(weights.values()) / 1000, "requests": float(len(weights))}
    context.close()
    return found


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            visit(browser, slow=False)  # the server's own caches
        except Error as trouble:
            sys.exit(f"No Shanzhi answers at {URL}: start one with `make run`, or set SHANZHI_URL. ({trouble})")
        runs = [visit(browser, slow=True) for _n in range(RUNS)]
        quick = [visit(browser, slow=False) for _n in range(RUNS)]
        browser.close()

    def middle(name: str, of: list[dict[str, float]] = runs) -> float:
        return median(run[name] for run in of)

    rows = [
        Row("over the wire, first visit", middle("kilobytes"), "kB", aim=100),
        Row("requests, first visit", middle("requests"), ""),
        Row("largest paint, throttled", middle("largest") / 1000, "s", aim=1.0),
        Row("first paint, throttled", middle("first") / 1000, "s"),
        Row("server's answer, throttled", middle("answered") / 1000, "s"),
        Row("largest paint, not throttled", middle("largest", quick) / 1000, "s"),
    ]
    notes = f"Median of {RUNS} first visits. Throttled: processor 4×, 1.6 Mbit/s down, 150 ms round trip."
    leave(report("report_page", rows, notes=notes))


if __name__ == "__main__":
    main()
