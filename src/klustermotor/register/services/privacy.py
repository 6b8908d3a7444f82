"""By what right people are kept and written to: bases given and withdrawn, texts of consent."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from klustermotor.core.history import acting, bulk_create
from klustermotor.core.models import Controller, User
from klustermotor.core.privacy import services as privacy
from klustermotor.register.models import ConsentText, LegalBasis, Municipality, Person, Source

SALT = "klustermotor.unsubscribe"
BY_MAIL = (LegalBasis.Purpose.NEWS, LegalBasis.Purpose.SURVEY, LegalBasis.Purpose.ACTIVITY)
"""Purposes that end when somebody asks for no more mail."""


def save_controller(
    controller: Controller, municipalities: Collection[Municipality], *, by: User
) -> Controller:
    """Create or change a controller, and set for which municipalities it answers."""
    with acting(by, "controller.saved"):
        saved = privacy.save_controller(controller, by=by)
        keys = [place.pk for place in municipalities]
        Municipality.objects.filter(controller=saved).exclude(pk__in=keys).update(controller=None)
        Municipality.objects.filter(pk__in=keys).update(controller=saved)
    return saved


def may_mail(person: Person, purpose: str) -> bool:
    """Whether a mail for this purpose may go to this person today.

    There must be an address and a basis that holds for the purpose, and the person must not have
    asked for no more mail. Every room that sends mail asks here, person by person, as it sends.
    """
    if not person.email or person.unsubscribed_at is not None:
        return False
    return bases_in_force(person, purpose).exists()


def bases_in_force(person: Person, purpose: str):
    """The bases for a purpose that hold today."""
    return person.legal_bases.filter(
        purpose=purpose, withdrawn_on__isnull=True, given_on__lte=timezone.localdate()
    )


def consent_text(purpose: str, language: str) -> ConsentText | None:
    """The newest words that one agrees to for a purpose, in a language or else in Swedish."""
    texts = ConsentText.objects.filter(purpose=purpose).order_by("-version")
    return texts.filter(language=language).first() or texts.filter(language="sv").first()


def save_consent_texts(purpose: str, texts: Mapping[str, str], *, by: User) -> list[ConsentText]:
    """Make a new version of the texts of one purpose, in every language; return those made.

    Nothing is made when no text has changed. What somebody has agreed to is never edited. Raises
    ``ValidationError`` when a language is left without words.
    """
    empty = [language for language, text in texts.items() if not text.strip()]
    if empty:
        raise ValidationError(
            {f"text_{language}": _("Write the text in this language too.") for language in empty}
        )
    with acting(by, "consent_text.changed"):
        known = ConsentText.objects.filter(purpose=purpose)
        latest = known.aggregate(latest=Max("version"))["latest"] or 0
        current = dict(known.filter(version=latest).values_list("language", "text"))
        fresh = {language: text.strip() for language, text in texts.items()}
        if fresh == current:
            return []
        return [
            ConsentText.objects.create(
                purpose=purpose, language=language, version=latest + 1, text=text
            )
            for language, text in fresh.items()
        ]


def grant(
    person: Person,
    purpose: str,
    basis: str,
    *,
    source: Source | None = None,
    given_on: date | None = None,
    language: str = "",
    by: User | None,
) -> LegalBasis:
    """Note by what right a person is kept for a purpose; the same basis again changes nothing.

    A consent is bound to the text that stands, in the language that the person speaks. Raises
    ``ValidationError`` for a consent to a purpose without a text, and for a day to come.
    """
    given_on = given_on or timezone.localdate()
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day has not been yet.")})
    known = person.legal_bases.filter(
        purpose=purpose, basis=basis, withdrawn_on__isnull=True
    ).first()
    if known is not None:
        return known
    text = None
    if basis == LegalBasis.Basis.CONSENT:
        text = consent_text(purpose, language or person.language or "sv")
        if text is None:
            raise ValidationError(
                {"basis": _("There is no text to agree to for this purpose yet: write one first.")}
            )
    with acting(by, "legal_basis.granted"):
        return LegalBasis.objects.create(
            person=person,
            purpose=purpose,
            basis=basis,
            text=text,
            source=source or _by_hand(),
            given_on=given_on,
        )


def _by_hand() -> Source:
    return Source.objects.get_or_create(id=Source.BY_HAND, defaults={"name": "By hand"})[0]


def withdraw(basis: LegalBasis, *, by: User | None) -> LegalBasis:
    """End a basis today; one that has ended keeps its day."""
    if basis.withdrawn_on is None:
        with acting(by, "legal_basis.withdrawn"):
            basis.withdrawn_on = max(timezone.localdate(), basis.given_on)
            basis.save(update_fields=["withdrawn_on"])
    return basis


def grant_to_many(
    people: Iterable[Person], purpose: str, basis: str, *, given_on: date, by: User
) -> int:
    """Note the same basis for many people; return for how many it is new.

    Raises ``ValidationError`` for consent: everybody gives their own.
    """
    if basis == LegalBasis.Basis.CONSENT:
        raise ValidationError({"basis": _("Consent is given by each person, one by one.")})
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("This day has not been yet.")})
    source = _by_hand()
    with acting(by, "legal_basis.granted"):
        have = set(
            LegalBasis.objects.filter(
                purpose=purpose, basis=basis, withdrawn_on__isnull=True
            ).values_list("person_id", flat=True)
        )
        fresh = [
            LegalBasis(
                person=person, purpose=purpose, basis=basis, source=source, given_on=given_on
            )
            for person in people
            if person.pk not in have
        ]
        bulk_create(fresh, LegalBasis)
    return len(fresh)


def unsubscribe_token(person: Person) -> str:
    """What stands in the address at the foot of a mail; it holds a key and no name."""
    return signing.dumps(str(person.pk), salt=SALT, compress=False)


def person_of_token(token: str) -> Person | None:
    """Whose address it is; None when it was not made here, or the person is gone."""
    try:
        key = signing.loads(token, salt=SALT)
        return Person.objects.filter(pk=key).first()
    except (signing.BadSignature, ValidationError):
        return None


def unsubscribe(person: Person) -> Person:
    """No more mail to this person; consents to what comes by mail end today."""
    if person.unsubscribed_at is None:
        with acting(None, "person.unsubscribed"):
            person.unsubscribed_at = timezone.now()
            person.save(update_fields=["unsubscribed_at"])
            wanted = Q(basis=LegalBasis.Basis.CONSENT, purpose__in=BY_MAIL)
            for basis in person.legal_bases.filter(wanted, withdrawn_on__isnull=True):
                basis.withdrawn_on = max(timezone.localdate(), basis.given_on)
                basis.save(update_fields=["withdrawn_on"])
    return person


def subscribe_again(person: Person, *, by: User | None) -> Person:
    """Let mail go to a person again who asked for none; consents are not brought back."""
    if person.unsubscribed_at is not None:
        with acting(by, "person.subscribed_again"):
            person.unsubscribed_at = None
            person.save(update_fields=["unsubscribed_at"])
    return person
