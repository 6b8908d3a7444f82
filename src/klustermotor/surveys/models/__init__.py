"""Questionnaires, waves, who is asked, by which letters, and what was answered."""

from klustermotor.surveys.models.answer import Answer
from klustermotor.surveys.models.fieldwork import (
    Draft,
    FieldDay,
    Fieldwork,
    InterviewerCall,
    Invitation,
    PageCount,
    SealedAnswer,
)
from klustermotor.surveys.models.frame import Frame, FrameMember
from klustermotor.surveys.models.instrument import Instrument
from klustermotor.surveys.models.letter import Letter
from klustermotor.surveys.models.load import AnswerLoad
from klustermotor.surveys.models.reference import ReferenceSeries
from klustermotor.surveys.models.wave import Wave

__all__ = [
    "Answer",
    "AnswerLoad",
    "Draft",
    "FieldDay",
    "Fieldwork",
    "Frame",
    "FrameMember",
    "Instrument",
    "InterviewerCall",
    "Invitation",
    "Letter",
    "PageCount",
    "ReferenceSeries",
    "SealedAnswer",
    "Wave",
]
