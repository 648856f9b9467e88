"""What subscribing apps import: the decorator, and a run for tests. An app's own `subscribers` module is found by itself."""

from .delivery import replay, run_once
from .rows import StoredFact
from .subscription import subscriber

__all__ = ["StoredFact", "replay", "run_once", "subscriber"]
