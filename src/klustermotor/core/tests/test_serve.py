import re
import signal
import socket
import urllib.request

import pytest

pytestmark = pytest.mark.slow


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_serve_prints_its_address_answers_there_and_ends_with_0_on_sigterm(installation):
    process = installation.start("serve", "--port", str(free_port()))
    try:
        address = re.search(r"http://\S+", process.stdout.readline())[0]
        with urllib.request.urlopen(address + "account/login/") as page:
            assert "Logga in" in page.read().decode() or page.status == 200
            assert "nonce-" in page.headers["Content-Security-Policy"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


def test_serve_makes_the_sqlite_database_by_itself_and_asks_for_migrate_on_postgresql(
    new_installation,
):
    made = new_installation()
    process = made.start("serve", "--port", str(free_port()))
    try:
        if "DATABASE_URL" in made.environment:
            assert process.wait(30) == 1
            assert "klustermotor migrate" in process.stderr.read()
        else:
            assert "http://" in process.stdout.readline()
            assert (made.home / "klustermotor.sqlite3").exists()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_a_taken_port_is_named(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = installation.run("serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr


def test_serve_refuses_unsafe_settings_outside_the_demonstration(installation):
    done = installation.run("serve", KLUSTERMOTOR_DEMO="0")
    assert done.returncode == 1
    assert "ALLOWED_HOSTS is empty" in done.stderr
    done = installation.run(
        "serve",
        KLUSTERMOTOR_DEMO="0",
        ALLOWED_HOSTS="*",
        SECRET_KEY="short",
        KLUSTERMOTOR_DEBUG="1",
    )
    for fault in ("KLUSTERMOTOR_DEBUG is on", "ALLOWED_HOSTS is *", "SECRET_KEY is too short"):
        assert fault in done.stderr


def test_the_deployment_check_is_clean_with_production_settings(installation):
    done = installation.run(
        "check", "--deploy", "--fail-level", "WARNING",
        KLUSTERMOTOR_DEMO="0", ALLOWED_HOSTS="kluster.region.se",
        SECURE_PROXY_SSL_HEADER="X-Forwarded-Proto",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(installation):
    code = "from django.conf import settings; print(str(settings.SECRET_KEY))"
    first, second = installation.python(code), installation.python(code)
    path = installation.home / "keys" / "secret_key"
    assert first == second == path.read_text()
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_serve_refuses_a_database_of_the_demonstration(installation):
    installation.python(
        "from klustermotor.core.models import User\n"
        "User.objects.create_user('x@demo.example', 'known', name='X')"
    )
    safe = {"KLUSTERMOTOR_DEMO": "0", "ALLOWED_HOSTS": "kluster.example"}
    done = installation.run("serve", "--port", str(free_port()), **safe)
    assert done.returncode == 1
    assert "holds the demonstration" in done.stderr
