"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import application, apply, details, home, listing, listing_dates, listings, staff, trail

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
    path("<slug:slug>/listings/", listings.listings, name="listings"),
    path("<slug:slug>/listings/new/", listings.new, name="listing_new"),
    path("<slug:slug>/listings/<int:pk>/", listing.listing, name="listing"),
    path("<slug:slug>/listings/<int:pk>/prices/", listings.prices, name="listing_prices"),
    path("<slug:slug>/listings/<int:pk>/copy/", listings.copy, name="listing_copy"),
    path("<slug:slug>/listings/<int:pk>/discard/", listings.discard, name="listing_discard"),
    path("<slug:slug>/listings/<int:pk>/preview/", listing.preview, name="listing_preview"),
    path("<slug:slug>/listings/<int:pk>/take-back/", listing.take_back, name="listing_take_back"),
    path("<slug:slug>/listings/<int:pk>/drop-changes/", listing.drop, name="listing_drop"),
    path("<slug:slug>/listings/<int:pk>/pause/", listing.pause, name="listing_pause"),
    path("<slug:slug>/listings/<int:pk>/resume/", listing.resume, name="listing_resume"),
    path("<slug:slug>/listings/<int:pk>/withdraw/", listing.withdraw, name="listing_withdraw"),
    path("<slug:slug>/listings/<int:pk>/dates/", listing_dates.dates, name="listing_dates"),
    path("<slug:slug>/listings/<int:pk>/dates/<int:day>/", listing_dates.change, name="listing_date"),
]

urlpatterns = [
    *personal,
    path("<slug:slug>/", home.overview, name="overview"),
    *onboarding,
    *offers,
    *people,
]
