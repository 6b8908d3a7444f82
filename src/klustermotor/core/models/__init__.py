"""Tables of the core."""

from klustermotor.core.models.job import Job
from klustermotor.core.models.privacy import (
    Controller,
    DataRequest,
    Disposal,
    Erasure,
    ProcessingText,
    RetentionRule,
)
from klustermotor.core.models.search import SearchEntry
from klustermotor.core.models.token import ApiToken
from klustermotor.core.models.user import User

__all__ = [
    "ApiToken",
    "Controller",
    "DataRequest",
    "Disposal",
    "Erasure",
    "Job",
    "ProcessingText",
    "RetentionRule",
    "SearchEntry",
    "User",
]
