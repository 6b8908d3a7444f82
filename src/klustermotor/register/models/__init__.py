"""Tables of the register: who and where, what is known of them, from whom, and by what right."""

from klustermotor.register.models.classification import (
    Industry,
    IndustryCrosswalk,
    OrganisationIndustry,
)
from klustermotor.register.models.contact import (
    CompanyContact,
    ContactInvitation,
    ContactRequest,
    ProfileProposal,
)
from klustermotor.register.models.establishment import Establishment, EstablishmentYear
from klustermotor.register.models.facts import YearlyFact
from klustermotor.register.models.identity import FormerNumber, NotTheSame, OrganisationName
from klustermotor.register.models.loading import Load, LoadChange, LoadRow
from klustermotor.register.models.merging import DuplicateProposal, Merge
from klustermotor.register.models.note import Note, SecrecyMark
from klustermotor.register.models.organisation import (
    Organisation,
    OrganisationTag,
    Tag,
    ValueChainPosition,
)
from klustermotor.register.models.person import ConsentText, LegalBasis, Person, PersonRole
from klustermotor.register.models.place import Municipality
from klustermotor.register.models.provenance import Source, SourcedValue, SourceKey
from klustermotor.register.models.responsibility import MunicipalDeveloper

__all__ = [
    "CompanyContact",
    "ConsentText",
    "ContactInvitation",
    "ContactRequest",
    "DuplicateProposal",
    "Establishment",
    "EstablishmentYear",
    "FormerNumber",
    "Industry",
    "IndustryCrosswalk",
    "LegalBasis",
    "Load",
    "LoadChange",
    "LoadRow",
    "Merge",
    "MunicipalDeveloper",
    "Municipality",
    "NotTheSame",
    "Note",
    "Organisation",
    "OrganisationIndustry",
    "OrganisationName",
    "OrganisationTag",
    "Person",
    "PersonRole",
    "ProfileProposal",
    "SecrecyMark",
    "Source",
    "SourceKey",
    "SourcedValue",
    "Tag",
    "ValueChainPosition",
    "YearlyFact",
]
