"""Which language a command speaks: that of the terminal it was started in, not that of the city."""

from __future__ import annotations

import os


def terminal_language() -> str:
    """As LC_ALL, LC_MESSAGES or LANG say, in this order: Chinese where they begin with zh, English otherwise."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-hans" if wanted.lower().startswith("zh") else "en"
