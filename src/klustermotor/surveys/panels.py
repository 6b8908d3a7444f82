"""What an initiative's page shows of its waves."""

from django.http import HttpRequest

from klustermotor.initiatives.models import Initiative


def waves_panel(initiative: Initiative, request: HttpRequest) -> dict[str, object] | None:
    """The waves, latest first, with their response, for those who work in the initiative."""
    if not request.user.has_perm("initiatives.work_in", initiative):
        return None
    # Read when the page is shown: it loads the method, which starting up does without.
    from klustermotor.surveys.queries import waves_with_answers

    waves = list(waves_with_answers([initiative.pk]))
    for wave in waves:
        wave.response_rate = wave.n_answers / wave.invited if wave.invited else None
    return {"waves": waves, "may_create": request.user.has_perm("surveys.create_wave", initiative)}
