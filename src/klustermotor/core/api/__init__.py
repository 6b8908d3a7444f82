"""The API's ground: keys and scopes, rules of calls, pages of rows, versions, problems.

A room declares its calls in `api.py`, on a router that `config/api.py` mounts:

    router = Router(tags=["organisations"])

    @router.get("/organisations/{uuid:organisation}", response=OrganisationOut)
    @call("register.view", "register:read", organisation_of)
    def show(request: HttpRequest, organisation: Organisation) -> …

`call` names the rule, the scope that the key must hold, and how what the call is about is found for
the key's user. A call without it fails the role matrix.
"""

from klustermotor.core.api.calls import call
from klustermotor.core.api.forms import checked
from klustermotor.core.api.paging import Page, PageQuery, listed
from klustermotor.core.api.problems import Problem, ProblemOut
from klustermotor.core.api.scopes import register_scope, scopes
from klustermotor.core.api.versions import require_match, with_version

__all__ = [
    "Page",
    "PageQuery",
    "Problem",
    "ProblemOut",
    "call",
    "checked",
    "listed",
    "register_scope",
    "require_match",
    "scopes",
    "with_version",
]
