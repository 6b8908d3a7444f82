"""What all tests share: Hypothesis profiles, the mark of database tests, the real data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "klustermotor.core.testing.fixtures",
    "klustermotor.core.testing.browser",
    "klustermotor.core.testing.processes",
    "klustermotor.core.testing.smtp",
]

ROOT = Path(__file__).parent
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "new_installation"}

slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", deadline=None, suppress_health_check=slow_is_fine)
settings.register_profile(
    "ci", deadline=None, suppress_health_check=slow_is_fine, derandomize=True, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `database` what touches one, so that it can be run again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real data beside the repository; the test is skipped where it is absent."""
    shared = Path(os.environ.get("KLUSTERMOTOR_SHARED", ROOT.parent / "shared"))
    if not (shared / "data").is_dir():
        pytest.skip("no real data here: ../shared/data is absent")
    return shared / "data"
