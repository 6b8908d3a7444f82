"""Fixtures of every test: a home of its own, plain HTTP, fast passwords."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings


def pytest_configure(config: pytest.Config) -> None:
    """Make the secure defaults testable without TLS, and quick."""
    django_settings.SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 4
    django_settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    django_settings.DEMO = django_settings.DEBUG = False
    django_settings.SECURE_SSL_REDIRECT = False
    django_settings.SESSION_COOKIE_SECURE = django_settings.CSRF_COOKIE_SECURE = False
    django_settings.LANGUAGE_COOKIE_SECURE = False
    django_settings.ACCOUNT_RATE_LIMITS = False
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Give each test its own ``KLUSTERMOTOR_HOME``."""
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "uploads"
    settings.HOME.mkdir()
    return settings.HOME
