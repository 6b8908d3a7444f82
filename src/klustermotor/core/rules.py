import rules

from klustermotor.core.models import ApiToken, Job, User


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_authenticated and user.is_active and user.is_administrator


@rules.predicate
def is_owner(user: User, job: Job | None) -> bool:
    return job is not None and job.owner_id == user.pk


rules.add_perm("core.administer", is_administrator)
rules.add_perm("core.view_job", is_owner | is_administrator)
rules.add_perm("core.use", rules.is_authenticated)


@rules.predicate
def is_holder(user: User, token: ApiToken | None) -> bool:
    return token is not None and user.is_authenticated and token.user_id == user.pk


rules.add_perm("core.revoke_token", is_holder | is_administrator)
