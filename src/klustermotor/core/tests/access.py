"""Who may visit the addresses of the core; `core/testing/access.py` tells how this works."""

from klustermotor.core.api.keys import make_token
from klustermotor.core.models import Job
from klustermotor.core.testing.access import ADMINISTRATOR, LOGGED_IN, World

OWNER = ADMINISTRATOR | {"outsider"}
MAY = {
    "search": LOGGED_IN,
    "search_suggestions": LOGGED_IN,
    "my_settings": LOGGED_IN,
    "jobs": LOGGED_IN,
    "tokens": LOGGED_IN,
    "token_revoke": OWNER,
    "job": OWNER,
    "job_cancel": OWNER,
    "job_file": OWNER,
}
CALLS = {
    "GET /search": LOGGED_IN,
    "GET /key": LOGGED_IN,
}
EXEMPT = {
    "health": "whoever watches the server asks whether the database answers",
    "set_language": "every visitor chooses a language; it shows nothing",
}


def prepare(world: World) -> None:
    job = Job.objects.create(kind="nothing", title="Nothing", owner=world.users["outsider"])
    world.arguments["job_id"] = job.pk
    token, _key = make_token(world.users["outsider"], "Excel", ["search:read"], 30)
    world.of["token_revoke"] = {"token": token.pk}
    world.of["job_file"] = {"job_id": job.pk, "name": "figures.csv"}
