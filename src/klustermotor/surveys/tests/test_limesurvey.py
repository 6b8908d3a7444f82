"""A questionnaire comes from LimeSurvey, and what did not come along is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.surveys.models import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluator(client):
    user = User.objects.create_superuser("e@example.org", name="E")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _row(**cells):
    return "<row>" + "".join(f"<{k}>{v}</{k}>" for k, v in cells.items()) + "</row>"


def _question(qid, kind, title, **more):
    return _row(
        qid=qid, parent_qid="0", sid="7", gid="1", type=kind, title=title,
        question=f"Text {title}", question_order=qid, language="sv", **more,
    )  # fmt: skip


def _lss():
    questions = (
        _question("1", "Y", "active")
        + _question("2", "N", "sales", relevance="active.NAOK == 1")
        + _question("3", "R", "rank")
    )
    return (
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
        f"<groups><rows>{_row(gid='1', group_order='0')}</rows></groups>"
        f"<questions><rows>{questions}</rows></questions>"
        f"<surveys><rows>{_row(sid='7')}</rows></surveys><surveys_languagesettings><rows>"
        f"{_row(surveyls_language='sv', surveyls_title='Enkät')}"
        "</rows></surveys_languagesettings></document>"
    )


def _send(client, text, name="survey.lss"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("instrument_create"), {"file": file})


def test_questions_come_along_and_the_rest_is_listed(evaluator):
    response = _send(evaluator, _lss())
    assert response.status_code == 200
    listed = [(one.question, one.type, one.why) for one, _ in response.context["rows"]]
    assert listed == [("sales", "N", "condition"), ("rank", "R", "type")]
    assert "Alla får frågan." in response.content.decode()
    instrument = Instrument.objects.get(slug="limesurvey-7")
    page = evaluator.get(reverse("instrument", args=["limesurvey-7", instrument.version]))
    assert "Text sales" in page.content.decode()
    assert "Text rank" not in page.content.decode()


def test_a_broken_file_is_refused_and_nothing_is_kept(evaluator):
    before = Instrument.objects.count()
    response = _send(evaluator, "<document>")
    assert response.context["form"].errors["file"]
    assert Instrument.objects.count() == before
