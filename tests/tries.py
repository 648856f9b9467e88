"""How often tests of random cases try.

Usually few times and the same in every run, so that a red run is red again, and says at once what it found, however long.
`--hypothesis-profile=shrink` looks for the shortest such case (minutes). `--hypothesis-profile=thorough` (`make test-slow`)
tries twenty times as often (a quarter of an hour), new cases each time: what that finds becomes an example of its own.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings

# No deadlines: how busy the machine is says nothing of the code.
COMMON: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
FINDING = (Phase.explicit, Phase.generate)
THOROUGH = 20
settings.register_profile("fast", max_examples=40, derandomize=True, phases=FINDING, **COMMON)
settings.register_profile("shrink", max_examples=40, derandomize=True, phases=(*FINDING, Phase.shrink), **COMMON)
settings.register_profile(
    "thorough", max_examples=40 * THOROUGH, print_blob=True, phases=(*FINDING, Phase.shrink), **COMMON
)
settings.load_profile("fast")


def tries(often: int) -> settings:
    """Settings for a test that needs another number of cases than the profile has."""
    return settings(max_examples=often * (THOROUGH if settings.get_current_profile_name() == "thorough" else 1))
