"""How each kind of thing is read from the register, written to it, and put back."""

from klustermotor.register.services.loading.subjects.base import Subject
from klustermotor.register.services.loading.subjects.establishment import EstablishmentSubject
from klustermotor.register.services.loading.subjects.organisation import OrganisationSubject
from klustermotor.register.services.loading.subjects.person import PersonSubject
from klustermotor.register.services.loading.subjects.reference import (
    CrosswalkSubject,
    IndustrySubject,
    MunicipalitySubject,
)

SUBJECTS: dict[str, type[Subject]] = {
    subject.name: subject
    for subject in (
        OrganisationSubject,
        EstablishmentSubject,
        PersonSubject,
        IndustrySubject,
        CrosswalkSubject,
        MunicipalitySubject,
    )
}

__all__ = ["SUBJECTS", "Subject"]
