"""Addresses of this room."""

from django.urls import path

from klustermotor.portal import views

urlpatterns = [path("", views.overview, name="overview")]
