"""Text messages of a demonstration: shown on the console and on the demo page, never sent."""

from __future__ import annotations

import sys
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.utils import timezone

from shanzhi.foundation.messages.channels import Sent

KEEP = 20


@dataclass(frozen=True, slots=True)
class Shown:
    phone: str
    text: str
    at: datetime


_shown: OrderedDict[str, Shown] = OrderedDict()
_lock = Lock()


class ConsoleSmsProvider:
    def send(self, phone: str, text: str, *, key: str) -> Sent:
        with _lock:
            if key not in _shown:
                _shown[key] = Shown(phone, text, timezone.now())
                while len(_shown) > KEEP:
                    _shown.popitem(last=False)
                sys.stdout.write(f"SMS {phone}: {text}\n")
                sys.stdout.flush()
        return Sent(reference=f"console-{key}")


def last_messages() -> list[Shown]:
    """Newest first; of this process only."""
    with _lock:
        return list(reversed(_shown.values()))


def forget() -> None:
    with _lock:
        _shown.clear()
