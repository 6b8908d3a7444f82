"""The calls that belong to no room: the search, and whose key this is."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from klustermotor.core.api.calls import call
from klustermotor.core.search import search

router = Router(tags=["Search"])
READ = "search:read"


class HitOut(Schema):
    """One thing found, and its page."""

    title: str
    line: str
    url: str


class GroupOut(Schema):
    """What was found of one kind; `more` says that there is more."""

    kind: str
    hits: list[HitOut]
    more: bool


class SearchQuery(Schema):
    """What to look for."""

    q: str = Field("", max_length=200)
    kind: str = Field("", max_length=40, description="One kind alone, such as organisation.")
    limit: int = Field(10, ge=1, le=50, description="Of each kind.")


class KeyOut(Schema):
    """Whose key this is, and what it may be used for."""

    user: str
    name: str
    scopes: list[str]
    expires_at: datetime


@router.get("/search", response=list[GroupOut], summary="Search in everything")
@call("core.use", READ)
def find(request: HttpRequest, query: Query[SearchQuery]) -> Any:
    """As the search box: only what the key's user sees, best first."""
    user: Any = request.user
    groups = search(query.q.replace("\0", ""), user, kind=query.kind, limit=query.limit)
    return [
        GroupOut(
            kind=group.kind,
            hits=[
                HitOut(title=hit.title, line=hit.line, url=request.build_absolute_uri(hit.url))
                for hit in group.hits
            ],
            more=group.more,
        )
        for group in groups
    ]


@router.get("/key", response=KeyOut, summary="Read what this key is")
@call("core.use", "")
def read_key(request: HttpRequest) -> Any:
    """To try whether a key works."""
    token: Any = request.auth
    return KeyOut(
        user=token.user.email, name=token.name, scopes=token.scopes, expires_at=token.expires_at
    )
