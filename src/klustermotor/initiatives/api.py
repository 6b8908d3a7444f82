"""The API's calls about initiatives."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from klustermotor.core.api import Page, PageQuery, call, listed, with_version
from klustermotor.core.models import User
from klustermotor.initiatives import queries
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.views.pages import COLUMNS

router = Router(tags=["Initiatives"])
READ = "initiatives:read"


class InitiativeOut(Schema):
    """An initiative."""

    id: UUID
    slug: str
    name: str
    kind: str
    region: str
    owner: str
    started: int | None
    purpose: str
    web: str


class FigureOut(Schema):
    """A figure about one of its years, with its source."""

    year: int
    label: str
    value: Decimal
    unit: str
    source: str


class InitiativeInFull(InitiativeOut):
    """An initiative with the figures of its years."""

    figures: list[FigureOut]


class InitiativeQuery(PageQuery):
    """Which initiatives."""

    region: str = Field("", max_length=80)
    kind: str = Field("", max_length=10)


def initiative_of(user: User, slug: str) -> Initiative:
    """The initiative with this address name, if the user sees it."""
    return get_object_or_404(Initiative, slug=slug)


@router.get("/initiatives", response=Page[InitiativeOut], summary="List initiatives")
@call("initiatives.list", READ)
def list_initiatives(
    request: HttpRequest, response: HttpResponse, query: Query[InitiativeQuery]
) -> Any:
    """Those that the key's user may open, as JSON, CSV or XLSX."""
    user: Any = request.user
    rows = queries.listed(user)
    for name in ("region", "kind"):
        if value := getattr(query, name).replace("\0", ""):
            rows = rows.filter(**{name: value})
    return listed(
        request, response, rows, COLUMNS, query, shown=InitiativeOut.from_orm, name="initiatives"
    )


@router.get("/initiatives/{slug:slug}", response=InitiativeInFull, summary="Read an initiative")
@call("initiatives.view", READ, initiative_of)
def read_initiative(request: HttpRequest, initiative: Initiative, response: HttpResponse) -> Any:
    """With the figures of its years; ETag is its version."""
    shown = InitiativeInFull(
        **InitiativeOut.from_orm(initiative).model_dump(),
        figures=[FigureOut.from_orm(row) for row in queries.facts_of(initiative)],
    )
    return with_version(request, response, shown)
