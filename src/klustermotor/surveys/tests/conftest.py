"""A fieldwork of a small questionnaire, and companies that are invited to it."""

from typing import Any

from klustermotor.initiatives.models import Initiative
from klustermotor.register.models import Organisation
from klustermotor.surveys.fieldwork import keys
from klustermotor.surveys.models import Fieldwork, Frame, FrameMember, Invitation, Wave
from klustermotor.surveys.services import save_instrument

YAML = """
id: small
title: {sv: Liten enkät, nb: Liten undersøkelse, en: Small survey}
scales:
  extent:
    type: ordinal
    codes:
      1: {sv: lite, nb: lite, en: little}
      2: {sv: mycket, nb: mye, en: much}
      9: {sv: vet ej, nb: vet ikke, en: don't know}
    dont_know: [9]
blocks:
  - id: will
    type: yes_no
    about: company
    required: true
    text: {sv: Vill ni växa?, nb: Vil dere vokse?, en: Do you want to grow?}
    items: [{id: grow, text: {sv: växa, nb: vokse, en: grow}}]
  - id: why
    type: text
    about: company
    ask_if: "will.grow == 'no'"
    text: {sv: Varför inte?, nb: Hvorfor ikke?, en: Why not?}
    items: [{id: reason, text: {sv: skäl, nb: grunn, en: reason}}]
  - id: results
    type: scale
    scale: extent
    text: {sv: Vad gav det?, nb: Hva ga det?, en: What did it give?}
    items:
      - {id: sales, text: {sv: försäljning, nb: salg, en: sales}}
      - {id: skills, text: {sv: kompetens, nb: kompetanse, en: skills}}
  - id: motives
    type: multiple
    text: {sv: Varför är ni med?, nb: Hvorfor er dere med?, en: Why do you take part?}
    items:
      - {id: friends, text: {sv: kontakter, nb: kontakter, en: contacts}}
      - {id: money, text: {sv: pengar, nb: penger, en: money}}
  - id: cooperation
    type: gap
    scale: extent
    text: {sv: Samarbetar ni?, nb: Samarbeider dere?, en: Do you cooperate?}
    items: [{id: companies, text: {sv: med företag, nb: med bedrifter, en: with companies}}]
  - id: staff
    type: number
    unit: personer
    text: {sv: Hur många är ni?, nb: Hvor mange er dere?, en: How many are you?}
    items: [{id: number, text: {sv: anställda, nb: ansatte, en: employees}}]
"""


def make_fieldwork(mode: str, *slugs: str, **fields: Any) -> Fieldwork:
    """An open fieldwork with a wave of 2026 for each initiative."""
    instrument = save_instrument(YAML)
    wanted = {"name": "2026", "state": "open", "languages": ["sv", "nb", "en"]} | fields
    fieldwork = Fieldwork.objects.create(mode=mode, **wanted)
    keys.make_fieldwork_key(fieldwork.pk)
    for slug in slugs:
        initiative = Initiative.objects.create(slug=slug, name=slug.title())
        wave = Wave.objects.create(
            initiative=initiative, instrument=instrument, name="2026", fieldwork=fieldwork
        )
        Frame.objects.create(wave=wave)
    return fieldwork


def invite(fieldwork: Fieldwork, company: str, *slugs: str, email: str = "") -> Invitation:
    """Invite a company to these initiatives' waves, or to all of the fieldwork."""
    organisation = Organisation.objects.get_or_create(name=company)[0]
    invitation = Invitation.objects.create(
        fieldwork=fieldwork, organisation=organisation, email=email or f"{company}@exempel.se"
    )
    frames = Frame.objects.filter(wave__fieldwork=fieldwork)
    for frame in frames.filter(wave__initiative__slug__in=slugs) if slugs else frames:
        FrameMember.objects.create(
            frame=frame, organisation=organisation, invitation=invitation, size="10-49"
        )
    return invitation
