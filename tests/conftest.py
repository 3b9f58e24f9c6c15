"""Settings for all tests."""

import os

import pytest
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


MAY_BE_MISSING = (
    "there is no setpriv",
    "another user cannot use this Python",
    "no file system may be mounted here",
)
"""What a machine may lack through no fault of the set-up; a test left out for any other reason fails CI."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where CI is set, a skipped test is a failed one: nobody would notice that it never ran."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not any(allowed in reason for allowed in MAY_BE_MISSING):
            report.outcome = "failed"
            report.longrepr = f"left out in CI: {reason}"
    return report
