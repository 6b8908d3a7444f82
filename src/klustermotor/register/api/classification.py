"""Calls about municipalities and industries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router

from klustermotor.core.api import Page, PageQuery, call, listed
from klustermotor.core.lists import Column
from klustermotor.core.models import User
from klustermotor.register.api.organisations import READ
from klustermotor.register.api.shown import (
    BridgeOut,
    IndustryInFull,
    IndustryOut,
    MunicipalityOut,
    industry_shown,
    municipality_shown,
)
from klustermotor.register.models import Industry, Municipality
from klustermotor.register.queries.industries import bridges_of

router = Router(tags=["Places and industries"])

MUNICIPALITIES = [
    Column("name", _("Municipality"), lambda row: row.name, sort="name"),
    Column("id", _("Code"), lambda row: row.pk, sort="id"),
    Column("county", _("County"), lambda row: row.county),
]
INDUSTRIES = [
    Column("id", _("Code"), lambda row: row.pk, sort="id"),
    Column("title", _("Industry"), lambda row: row.title),
    Column("level", _("Level"), lambda row: row.get_level_display()),
]


class MunicipalityQuery(PageQuery):
    """Which municipalities."""

    country: str = Field("", max_length=2, description="SE or NO.")


class IndustryQuery(PageQuery):
    """Which industries."""

    standard: str = Field("", max_length=8, description="SNI2007, SNI2025, SN2007 or SN2025.")
    level: str = Field("", max_length=8)


def industry_of(user: User, industry: str) -> Industry:
    """The industry with this key, ``SNI2007:24``."""
    return get_object_or_404(Industry, pk=industry.replace("\0", ""))


@router.get("/municipalities", response=Page[MunicipalityOut], summary="List municipalities")
@call("register.view", READ)
def list_municipalities(
    request: HttpRequest, response: HttpResponse, query: Query[MunicipalityQuery]
) -> Any:
    """Sweden's and Norway's, with county and midpoint."""
    rows = Municipality.objects.defer("boundary")
    if query.country:
        rows = rows.filter(country=query.country.replace("\0", ""))
    return listed(
        request,
        response,
        rows,
        MUNICIPALITIES,
        query,
        shown=municipality_shown,
        name="municipalities",
    )


@router.get("/industries", response=Page[IndustryOut], summary="List industries")
@call("register.view", READ)
def list_industries(
    request: HttpRequest, response: HttpResponse, query: Query[IndustryQuery]
) -> Any:
    """Sections, divisions and what else is loaded, with titles in three languages."""
    rows = Industry.objects.all()
    for name in ("standard", "level"):
        if value := getattr(query, name).replace("\0", ""):
            rows = rows.filter(**{name: value})
    return listed(
        request,
        response,
        rows,
        INDUSTRIES,
        query,
        shown=industry_shown,
        name="industries",
    )


@router.get("/industries/{industry}", response=IndustryInFull, summary="Read an industry")
@call("register.view", READ, industry_of)
def read_industry(request: HttpRequest, industry: Industry) -> Any:
    """With its parts, and what it is in other versions of the standard."""
    return IndustryInFull(
        **industry_shown(industry).model_dump(),
        parts=list(industry.parts.order_by("code").values_list("pk", flat=True)),
        bridges=[
            BridgeOut(id=other.pk, is_partial=partial) for other, partial in bridges_of(industry)
        ],
    )
