"""What the register keeps of people, and what it keeps that is not of people."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klustermotor.core.models import User
from klustermotor.core.privacy import (
    Action,
    Shredder,
    Subject,
    SubjectKind,
    exempt,
    mentions_in,
    register_shredder,
    register_subject,
)
from klustermotor.core.privacy.processing import Activity, register_activity
from klustermotor.core.privacy.retention import RetentionKind, register_retention
from klustermotor.register.models import (
    ConsentText,
    DuplicateProposal,
    Establishment,
    EstablishmentYear,
    FormerNumber,
    Industry,
    IndustryCrosswalk,
    LegalBasis,
    Load,
    LoadChange,
    LoadRow,
    Merge,
    MunicipalDeveloper,
    Municipality,
    Note,
    NotTheSame,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    SecrecyMark,
    Source,
    SourcedValue,
    SourceKey,
    Tag,
    ValueChainPosition,
    YearlyFact,
)

REGISTER, MAIL = "register", "mail"
PLACE = "organisation__municipality__controller"


def declare() -> None:
    """Say all of it; called when the register is ready."""
    _people()
    _sole_traders()
    _users()
    _merges()
    _mentions()
    _nobody()
    _activities()
    _retention()


def _people() -> None:
    register_subject(
        SubjectKind(
            Person,
            _("person"),
            lambda one: reverse("person_privacy", args=[one.pk]),
            companions=_persons_companions,
        )
    )
    for shredder in (
        Shredder(
            Person,
            of=Person,
            path="pk",
            activity=REGISTER,
            personal=("name", "email", "phone", "language", "unsubscribed_at"),
            identifies=("name", "email", "phone"),
            stays=("name",),
        ),
        Shredder(
            PersonRole,
            of=Person,
            path="person",
            activity=REGISTER,
            personal=("organisation", "title", "email", "phone", "since", "until"),
            identifies=("email", "phone"),
        ),
        Shredder(
            LegalBasis,
            of=Person,
            path="person",
            activity=MAIL,
            personal=("purpose", "basis", "text", "source", "given_on", "withdrawn_on"),
        ),
        Shredder(
            Note,
            of=Person,
            path="person",
            activity=REGISTER,
            personal=("text", "written_at"),
            official=True,
            retention="notes",
            controller=PLACE,
        ),
        Shredder(
            SourcedValue,
            of=Person,
            path="row",
            activity=REGISTER,
            where={"model": "person"},
            personal=("source", "field", "value", "told_at"),
        ),
        Shredder(
            SourceKey,
            of=Person,
            path="row",
            activity=REGISTER,
            where={"model": "person"},
            personal=("source", "key", "told", "told_at"),
        ),
        Shredder(
            LoadRow,
            of=Person,
            path="thing",
            activity=REGISTER,
            where={"subject": "person"},
            personal=("row", "label", "changes", "held", "said"),
        ),
        Shredder(
            LoadChange,
            of=Person,
            path="row",
            activity=REGISTER,
            where={"subject": "person"},
            personal=("before", "after", "key", "told_before"),
        ),
        Shredder(
            SecrecyMark,
            of=Person,
            path="row",
            activity=REGISTER,
            where={"model": "register.person"},
            personal=("legal_ground", "decided_on", "until"),
        ),
    ):
        register_shredder(shredder)


def _merged_into(model: type[Person | Organisation], key: Any) -> list[Subject]:
    """The rows that became a part of this one."""
    merges = Merge.objects.filter(
        model=model._meta.model_name, survivor=key, undone_at__isnull=True
    )
    return [Subject(model, merged) for merged in merges.values_list("merged", flat=True)]


def _persons_companions(key: Any) -> list[Subject]:
    """Whom a merge made one with a person, and their firm: a sole trader with no other in it."""
    roles = PersonRole.objects.filter(organisation__is_sole_trader=True)
    others = roles.exclude(person=key).values("organisation")
    own = roles.filter(person=key).exclude(organisation__in=others).values_list("organisation")
    firms = Organisation.objects.filter(pk__in=own).values_list("pk", flat=True)
    return [*_merged_into(Person, key), *(Subject(Organisation, firm) for firm in firms)]


def _sole_traders() -> None:
    """A sole trader's company bears its owner's number, and often name and home address."""
    register_subject(
        SubjectKind(
            Organisation,
            _("sole trader"),
            lambda one: reverse("sole_trader_privacy", args=[one.pk]),
            only={"is_sole_trader": True},
            companions=lambda key: _merged_into(Organisation, key),
        )
    )
    personal = ("name", "number", "street", "postcode", "city", "email", "phone", "website")
    register_shredder(
        Shredder(
            Organisation,
            of=Organisation,
            path="pk",
            activity=REGISTER,
            where={"is_sole_trader": True},
            personal=(*personal, "latitude", "longitude", "description"),
            identifies=("name", "number", "email", "phone"),
            action=Action.BLANK,
            reason=_("The row stays without what names its owner, so that earlier figures hold."),
            may_name_others=True,
        )
    )
    for model, fields, path, where in (
        (OrganisationName, ("name", "used_from", "used_to"), "organisation", {}),
        (FormerNumber, ("number", "used_to"), "organisation", {}),
        (SourcedValue, ("field", "value", "told_at"), "row", {"model": "organisation"}),
        (SourceKey, ("key", "told", "told_at"), "row", {"model": "organisation"}),
        (LoadRow, ("label", "changes", "held", "said"), "thing", {"subject": "organisation"}),
        (
            LoadChange,
            ("before", "after", "key", "told_before"),
            "row",
            {"subject": "organisation"},
        ),
    ):
        register_shredder(
            Shredder(
                model,
                of=Organisation,
                path=path,
                activity=REGISTER,
                where=where,
                personal=fields,
                identifies=fields[:1] if model in (OrganisationName, FormerNumber) else (),
                may_name_others=True,
            )
        )
    register_shredder(
        Shredder(
            Establishment,
            of=Organisation,
            path="organisation",
            activity=REGISTER,
            personal=("name", "street", "postcode", "city", "latitude", "longitude"),
            action=Action.BLANK,
            reason=_("The row stays without what names its owner, so that earlier figures hold."),
        )
    )
    register_shredder(
        Shredder(
            Note,
            of=Organisation,
            path="organisation",
            activity=REGISTER,
            personal=("text", "written_at"),
            official=True,
            retention="notes",
            controller=PLACE,
        )
    )


def _merges() -> None:
    """What a merge keeps for its undo goes with whom it was about; then it cannot be undone."""
    for of, kind in ((Person, "person"), (Organisation, "organisation")):
        register_shredder(
            Shredder(
                Merge,
                of=of,
                path="survivor",
                activity=REGISTER,
                where={"model": kind},
                personal=("merged_name", "at", "before", "changed", "steps", "undone_at"),
                identifies=("merged_name",),
                may_name_others=True,
            )
        )
    for path in ("by", "undone_by"):
        register_shredder(
            Shredder(
                Merge,
                of=User,
                path=path,
                activity=REGISTER,
                personal=("at",),
                action=Action.UNLINK,
                reason=_("What was merged stays so; it no longer says by whom."),
            )
        )
    mentions_in(Merge, "merged_name", "before", "changed", "steps", by_machine=True)
    mentions_in(DuplicateProposal, "names", by_machine=True)
    exempt(Merge, "The name of a table.", "model")
    exempt(DuplicateProposal, "Codes of comparisons with their weights.", "bars", "state")


def _users() -> None:
    register_shredder(
        Shredder(
            Note,
            of=User,
            path="by",
            activity=REGISTER,
            personal=("written_at", "by"),
            action=Action.UNLINK,
            reason=_("What was written is the register's; it no longer says by whom."),
            official=True,
            controller=PLACE,
        )
    )
    register_shredder(
        Shredder(
            SourcedValue,
            of=User,
            path="by",
            activity=REGISTER,
            personal=("field", "told_at"),
            action=Action.UNLINK,
            reason=_("The correction stays; it no longer says by whom."),
        )
    )
    register_shredder(
        Shredder(
            Load,
            of=User,
            path="by",
            activity=REGISTER,
            personal=("created_at", "applied_at", "undone_at", "by"),
            action=Action.UNLINK,
            reason=_("The load stays in the list; it no longer says by whom."),
        )
    )
    for model in (Note.readers.through, SecrecyMark.readers.through):
        register_shredder(
            Shredder(model, of=User, path="user", activity=REGISTER, personal=("user",))
        )
    register_shredder(
        Shredder(
            MunicipalDeveloper,
            of=User,
            path="user",
            activity=REGISTER,
            personal=("municipality",),
        )
    )


def _mentions() -> None:
    mentions_in(Note, "text", official=True, retention="notes", controller=PLACE)
    mentions_in(
        Organisation,
        *("name", "number", "legal_form", "street", "postcode", "city"),
        *("website", "email", "phone", "description"),
    )
    mentions_in(OrganisationName, "name")
    mentions_in(FormerNumber, "number")
    mentions_in(Establishment, "name", "number", "street", "postcode", "city")
    mentions_in(Tag, "name")
    mentions_in(ValueChainPosition, "cluster")
    mentions_in(SecrecyMark, "legal_ground", "decided_by", official=True)
    mentions_in(Source, "name", "licence", "url")
    mentions_in(ConsentText, "text")
    mentions_in(SourcedValue, "value", by_machine=True)
    mentions_in(SourceKey, "key", "scope", "told", by_machine=True)
    mentions_in(LoadRow, "label", "changes", "held", "said", by_machine=True)
    mentions_in(LoadChange, "before", "after", "key", "told_before", by_machine=True)
    mentions_in(Load, "file_name", "scope", "kept", by_machine=True)


def _nobody() -> None:
    for model in (Industry, IndustryCrosswalk, OrganisationIndustry):
        exempt(model, "An official classification, without people.")
    exempt(Municipality, "Official names and boundaries of places.")
    for model in (YearlyFact, EstablishmentYear):
        exempt(model, "Figures of a company's year.")
    for model in (NotTheSame, OrganisationTag):
        exempt(model, "Keys of organisations and tags alone.")
    exempt(Source, "A short name of a register or a file.", "id")
    exempt(Organisation, "A code of a country or a class of size.", "country", "size")
    exempt(ConsentText, "A purpose and a language.", "purpose", "language")
    exempt(Person, "Always a code of a language; told in the extract.", "language")
    exempt(SourcedValue, "Names of tables and columns.", "model", "field")
    exempt(SourceKey, "The name of a table and a sum of digits.", "model", "fingerprint")
    exempt(LoadRow, "What became of a row, and of which kind it is.", "fate", "subject")
    exempt(LoadChange, "The kind of thing and the code of one.", "subject", "code")
    exempt(
        Load,
        "A kind of file, how it was read, and what the register was like.",
        *("kind", "stored_as", "into", "columns", "take", "state", "preview"),
        *("stamp", "id_prefix", "marks"),
    )
    exempt(SecrecyMark, "The name of a table.", "model")


def _activities() -> None:
    register_activity(
        Activity(
            REGISTER,
            _("Register of organisations and people"),
            _("To know the companies of the region and whom to speak with there."),
            _("Public interest (GDPR article 6.1 e), or legitimate interest (6.1 f)."),
            _("Those who work in the initiatives; never shown to the public."),
            retention=("people", "notes", "history"),
            order=20,
        )
    )
    register_activity(
        Activity(
            MAIL,
            _("News, invitations and surveys by mail"),
            _("To invite to activities and to ask how the work goes."),
            _("Consent (GDPR article 6.1 a), withdrawn at any time, or public interest."),
            _("Those who work in the initiatives."),
            retention=("consents",),
            order=30,
        )
    )


def _retention() -> None:
    for kind in (
        RetentionKind(
            "people",
            _("people without a role"),
            _("People who are nothing at any organisation any more."),
            24,
            people_before,
            dispose=_erase_person,
        ),
        RetentionKind(
            "notes",
            _("notes"),
            _("Notes on organisations and people, with their earlier versions."),
            60,
            lambda cutoff: Note.objects.filter(written_at__lt=cutoff),
        ),
        RetentionKind(
            "history",
            _("earlier values of people"),
            _("What was known of a person before a change."),
            36,
            lambda cutoff: Person.history.filter(history_date__lt=cutoff),
            dispose=lambda record, by, decision: record.delete(),
        ),
        RetentionKind(
            "consents",
            _("withdrawn legal bases"),
            _("Consents and other bases that no longer hold."),
            24,
            lambda cutoff: LegalBasis.objects.filter(withdrawn_on__lt=cutoff.date()),
        ),
    ):
        register_retention(kind)


def people_before(cutoff: datetime) -> QuerySet[Person]:
    """People whose last role ended before the cut-off, or who never had one and are that old."""
    day = cutoff.date()
    still = Q(roles__until__isnull=True, roles__isnull=False) | Q(roles__until__gte=day)
    return (
        Person.objects.exclude(pk__in=Person.objects.filter(still).values("pk"))
        .annotate(last=Max("roles__until"))
        .annotate(ended=Coalesce("last", "created_at__date"))
        .filter(ended__lt=day)
    )


def _erase_person(person: Person, by: User | None, decision: str) -> None:
    from klustermotor.core.privacy.erasure import erase

    erase(Subject.of(person), by=by, reason="people", decision=decision)
