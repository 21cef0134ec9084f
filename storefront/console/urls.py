"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import application, apply, details, home, media, staff, terms, trail

app_name = "console"

# What belongs to no merchant. No merchant's slug is one of these words: each ends in random characters.
personal = [
    path("", home.home, name="home"),
    path("apply/", apply.apply, name="apply"),
    path("invitations/<str:token>/", staff.invitation, name="invitation"),
]

onboarding = [
    path("<slug:slug>/application/", application.application, name="application"),
    path("<slug:slug>/application/take-back/", application.take_back, name="application_take_back"),
    path("<slug:slug>/application/change/", application.change, name="application_change"),
    path("<slug:slug>/documents/<slug:token>/", details.document, name="document"),
    path("<slug:slug>/contact/", details.contact, name="contact"),
    path("<slug:slug>/bank/", details.bank, name="bank"),
]

people = [
    path("<slug:slug>/staff/", staff.staff, name="staff"),
    path("<slug:slug>/staff/invite/", staff.invite, name="staff_invite"),
    path("<slug:slug>/staff/invitations/<int:invitation>/withdraw/", staff.withdraw, name="staff_withdraw"),
    path("<slug:slug>/staff/<int:person>/roles/", staff.roles, name="staff_roles"),
    path("<slug:slug>/staff/<int:person>/remove/", staff.remove, name="staff_remove"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
]

offers = [
    path("<slug:slug>/listings/<int:product>/pictures/", media.pictures_of, name="listing_media"),
    path("<slug:slug>/listings/<int:product>/pictures/<int:media>/", media.picture, name="listing_picture"),
    path("<slug:slug>/listings/<int:product>/terms/", terms.terms, name="listing_terms"),
]

urlpatterns = [
    *personal,
    path("<slug:slug>/", home.overview, name="overview"),
    *onboarding,
    *people,
    *offers,
]
