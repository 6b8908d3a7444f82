"""Addresses of this room."""

from django.urls import path

from klustermotor.register.views import contacts, own_company, responsibility

urlpatterns = [
    path("contacts", contacts.listing, name="contacts"),
    path("contacts/companies/<uuid:organisation>", contacts.invite, name="contact_invite"),
    path(
        "contacts/companies/<uuid:organisation>/<int:version>/restore",
        contacts.restore,
        name="contact_restore",
    ),
    path("contacts/<uuid:contact>/end", contacts.end, name="contact_end"),
    path(
        "contacts/invitations/<uuid:invitation>/withdraw",
        contacts.withdraw,
        name="contact_invitation_withdraw",
    ),
    path(
        "contacts/invitations/<uuid:invitation>/send-again",
        contacts.send_again,
        name="contact_invitation_send_again",
    ),
    path("contacts/requests/<uuid:asked>/confirm", contacts.confirm, name="contact_confirm"),
    path("contacts/requests/<uuid:asked>/refuse", contacts.refuse, name="contact_refuse"),
    path(
        "contacts/proposals/<uuid:proposal>/accept",
        contacts.accept_proposal,
        name="proposal_accept",
    ),
    path(
        "contacts/proposals/<uuid:proposal>/refuse",
        contacts.refuse_proposal,
        name="proposal_refuse",
    ),
    # What follows /t/ is a secret: the log strikes it out.
    path("contacts/join/t/<str:token>", own_company.accept, name="contact_accept"),
    path("contacts/ask", own_company.ask, name="contact_ask"),
    path("contacts/ask/t/<str:token>", own_company.verify, name="contact_verify"),
    path("my-company", own_company.listing, name="my_company"),
    path("my-company/<uuid:organisation>", own_company.show, name="own_company"),
    path("administration/municipalities", responsibility.make, name="developer_make"),
    path(
        "administration/municipalities/<uuid:developer>/end",
        responsibility.end,
        name="developer_end",
    ),
    path(
        "administration/municipalities/<int:version>/restore",
        responsibility.restore,
        name="developer_restore",
    ),
]
