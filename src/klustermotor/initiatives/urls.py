"""Addresses of this room."""

from django.urls import path

from klustermotor.initiatives.views import pages, people

urlpatterns = [
    path("initiatives", pages.listing, name="initiatives"),
    path("initiatives/new", pages.create, name="initiative_create"),
    path("initiatives/<slug:slug>", pages.show, name="initiative"),
    path("initiatives/<slug:slug>/change", pages.change, name="initiative_change"),
    path("initiatives/<slug:slug>/figures/new", pages.add_fact, name="fact_add"),
    path(
        "initiatives/<slug:slug>/figures/<uuid:fact>/remove", pages.remove_fact, name="fact_remove"
    ),
    path(
        "initiatives/<slug:slug>/figures/<int:version>/restore",
        pages.restore_fact,
        name="fact_restore",
    ),
    path("administration/users", people.users, name="users"),
    path("administration/users/new", people.create_user, name="user_create"),
    path("administration/users/<int:user>", people.show_user, name="user"),
    path("administration/roles", people.assign, name="assignment_make"),
    path("administration/roles/<uuid:assignment>/end", people.end, name="assignment_end"),
    path("administration/roles/<int:version>/restore", people.restore, name="assignment_restore"),
]
