"""How often tests of random cases try.

Usually few times and the same in every run, so that a red run is red again. With `--hypothesis-profile=thorough`
(`make test-slow`) ten times as often, and new cases each time: what that finds becomes an example of its own.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

BUSY = [HealthCheck.too_slow]  # and no deadlines: how busy the machine is says nothing of the code
settings.register_profile(
    "fast", max_examples=50, derandomize=True, database=None, deadline=None, suppress_health_check=BUSY
)
settings.register_profile("thorough", max_examples=500, print_blob=True, deadline=None, suppress_health_check=BUSY)
settings.load_profile("fast")


def tries(often: int) -> settings:
    """Settings for a test that needs another number of cases than the profile has."""
    return settings(max_examples=often * (10 if settings.get_current_profile_name() == "thorough" else 1))
