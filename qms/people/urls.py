"""Addresses of people, units and bodies, of one's own account, and of the links by which somebody comes in."""

from django.urls import URLPattern, URLResolver, include, path

from qms.people import claim_views, invitation_views, my_views, place_views, views, welcome_views

kept = [
    path("", views.people, name="list"),
    path("invitations/", invitation_views.invitations, name="invitations"),
    path("invitations/new", invitation_views.invite_page, name="invite"),
    path("invitations/<uuid:uid>/", invitation_views.invitation_page, name="invitation"),
    path("invitations/<uuid:uid>/qr.svg", invitation_views.invitation_qr, name="invitation_qr"),
    path("invitations/<uuid:uid>/revoke", invitation_views.invitation_revoke, name="invitation_revoke"),
    path("units/", place_views.units, name="units"),
    path("units/new", place_views.unit_new, name="unit_new"),
    path("units/<uuid:uid>/", place_views.unit_edit, name="unit"),
    path("bodies/", place_views.bodies, name="bodies"),
    path("bodies/new", place_views.body_new, name="body_new"),
    path("bodies/<uuid:uid>/", place_views.body_edit, name="body"),
    path("delegations/", my_views.delegations, name="delegations"),
    path("delegations/new", my_views.delegation_new, name="delegation_new"),
    path("delegations/<uuid:uid>/revoke", my_views.delegation_revoke, name="delegation_revoke"),
    path("roles/<uuid:uid>/end", views.role_end, name="role_end"),
    path("me/", my_views.my_account, name="me"),
    path("me/language", my_views.my_language, name="my_language"),
    path("<uuid:uid>/", views.person_page, name="person"),
    path("<uuid:uid>/edit", views.edit, name="edit"),
    path("<uuid:uid>/roles/new", views.role_new, name="role_new"),
    path("<uuid:uid>/delegations/new", my_views.delegation_new, name="delegation_for"),
    path("<uuid:uid>/close", views.close, name="close"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("people/", include((kept, "people"))),
    path("invitation/<str:token>", invitation_views.accept_page, name="invitation"),
    path("claim/<str:token>", claim_views.claim_page, name="claim"),
    path("welcome", welcome_views.welcome, name="welcome"),
    path("welcome/put-away", welcome_views.put_away, name="welcome_put_away"),
    path("welcome/mail", welcome_views.mail_test, name="welcome_mail"),
]
