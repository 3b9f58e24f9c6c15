"""Settings for all tests."""

import os

from hypothesis import HealthCheck, settings

# Kernels compile at their first call, so no example has a deadline; where CI is set, examples
# are the same each time.
settings.register_profile(
    "orientalis",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("orientalis")


def pytest_configure(config):
    """Name the marks."""
    config.addinivalue_line("markers", "slow: takes more than 20 seconds")
