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


LONGEST = (
    "house/test_wheel.py",
    "site/test_journeys_everywhere.py",
    "site/petition/test_journeys_signing.py",
    "site/test_backups.py",
    "site/test_bundles.py",
    "site/petition/test_serve_tends_its_helpers.py",
    "site/petition/test_restore.py",
    "site/test_journeys_reading.py",
    "site/test_serving.py",
    "report/test_report_page.py",
    "site/test_journeys_keyboard.py",
    "docs/test_code_runs.py",
)
"""Files that take longest, each on one worker: they begin first, so that no worker is left alone with one."""


def pytest_collection_modifyitems(items):
    """Put the longest files first."""
    here = str(items[0].config.rootpath / "tests") + os.sep if items else ""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(str(item.path).removeprefix(here).replace(os.sep, "/"), len(place)))


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
