"""The words of an invitation and a reminder: the evaluator's, or ours where they wrote none."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klustermotor.analysis.questionnaire import in_language
from klustermotor.surveys.answering.form import form_of, title_of, waves_of
from klustermotor.surveys.fieldwork.collecting import waves_for
from klustermotor.surveys.fieldwork.links import link_token
from klustermotor.surveys.models import Fieldwork, Invitation, Letter


@dataclass(frozen=True)
class Worded:
    """A letter in words: subject, paragraphs, and the links that it carries."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str
    stop: str


def worded(invitation: Invitation, kind: str, site: str) -> Worded:
    """The letter in the invited person's language; `site` is where our pages answer."""
    fieldwork = invitation.fieldwork
    language = fieldwork.spoken(invitation.language)
    token = link_token(invitation)
    with translation.override(language):
        return Worded(
            _subject(fieldwork, kind, language),
            _paragraphs(invitation, kind, language),
            f"{site}/s/{token}",
            f"{site}/s/{token}/no",
        )


def _subject(fieldwork: Fieldwork, kind: str, language: str) -> str:
    own = in_language(fieldwork.texts.get("subject", {}), language)
    title = own or title_of(fieldwork, language)
    if kind == Letter.Kind.REMINDER:
        title = _("Reminder: %(title)s") % {"title": title}
    return " ".join(title.split())[:180]


def _paragraphs(invitation: Invitation, kind: str, language: str) -> tuple[str, ...]:
    fieldwork = invitation.fieldwork
    own = in_language(fieldwork.texts.get(kind, {}), language)
    if own:
        lead = [part.strip() for part in own.split("\n\n") if part.strip()]
    else:
        waves = waves_of(fieldwork)
        names = ", ".join(str(wave.initiative) for wave in waves)
        lead = [
            _("You are invited to answer a survey about %(names)s.") % {"names": names}
            if kind == Letter.Kind.INVITATION
            else _("You have not answered the survey about %(names)s yet. You still can.")
            % {"names": names}
        ]
    minutes = form_of(fieldwork, waves_for(invitation)).minutes()
    facts = [_("It takes about %(n)s minutes.") % {"n": minutes}]
    if fieldwork.closes_on:
        day = date_format(fieldwork.closes_on, "Y-m-d")
        facts.append(_("You can answer until %(day)s.") % {"day": day})
    facts.append(
        _("Your answers are anonymous: nobody can see who answered what.")
        if fieldwork.is_anonymous
        else _("Your answers are confidential: only the evaluator can see them, without names.")
    )
    return (*lead, " ".join(facts))


def mail_of(letter: Letter, site: str) -> EmailMultiAlternatives:
    """The letter as a mail in plain text and HTML, ready for the server."""
    invitation = letter.invitation
    words = worded(invitation, letter.kind, site)
    fieldwork = invitation.fieldwork
    context = {"words": words, "fieldwork": fieldwork}
    language = fieldwork.spoken(invitation.language)
    with translation.override(language):
        text = render_to_string("surveys/letters/letter.txt", context)
        html = render_to_string("surveys/letters/letter.html", {**context, "language": language})
    name = "".join(c for c in fieldwork.sender_name if c.isprintable() and c not in '"<>')
    sender = f'"{name}" <{_address()}>' if name else settings.DEFAULT_FROM_EMAIL
    mail = EmailMultiAlternatives(
        words.subject,
        text,
        sender,
        [invitation.email],
        reply_to=[fieldwork.reply_to] if fieldwork.reply_to else None,
        headers={
            "Message-ID": letter.message_id,
            "List-Unsubscribe": f"<{words.stop}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _address() -> str:
    from email.utils import parseaddr

    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
