"""The demonstration's controller and texts of consent, so that its pages on law have a ground."""

from collections.abc import Mapping

from klustermotor.core.history import acting
from klustermotor.core.models import Controller, User
from klustermotor.register.models import ConsentText
from klustermotor.register.services.privacy import save_consent_texts

TEXTS = {
    "news": {
        "sv": "Ja, skicka nyheter och inbjudningar till mig. Jag kan återkalla det när jag vill.",
        "nb": "Ja, send meg nyheter og invitasjoner. Jeg kan trekke det tilbake når jeg vil.",
        "en": "Yes, send me news and invitations. I may withdraw this at any time.",
    },
    "survey": {
        "sv": "Ja, skicka enkäter till mig. Jag kan återkalla det när jag vill.",
        "nb": "Ja, send meg spørreundersøkelser. Jeg kan trekke det tilbake når jeg vil.",
        "en": "Yes, send me surveys. I may withdraw this at any time.",
    },
}


def load(users: Mapping[str, User]) -> None:
    """Name a public controller and write the texts, where there are none yet."""
    by = users["administrator"]
    if not Controller.objects.exists() and not Controller.history.exists():
        with acting(by, "controller.saved"):
            Controller.objects.create(
                name="Region Dalarna (demonstration)",
                kind=Controller.Kind.PUBLIC,
                email="dataskydd@demo.example",
                is_default=True,
            )
    for purpose, texts in TEXTS.items():
        if not ConsentText.objects.filter(purpose=purpose).exists():
            save_consent_texts(purpose, texts, by=by)
