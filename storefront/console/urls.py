"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import (
    application,
    apply,
    certificates,
    details,
    home,
    listing,
    listing_dates,
    listings,
    media,
    sheets,
    staff,
    terms,
    trail,
    warehouses,
)

app_name = "console"

sheet_pages = [
    path("<slug:slug>/sheets/", sheets.sheets, name="sheets"),
    path("<slug:slug>/sheets/export/", sheets.export, name="sheet_export"),
    path("<slug:slug>/sheets/<slug:sheet>/template.xlsx", sheets.template, name="sheet_template"),
    path("<slug:slug>/sheets/<int:job>/", sheets.sheet_job, name="sheet_job"),
    path("<slug:slug>/sheets/<int:job>/state.json", sheets.sheet_state, name="sheet_state"),
    path("<slug:slug>/sheets/<int:job>/decide/", sheets.sheet_decide, name="sheet_decide"),
    path("<slug:slug>/sheets/<int:job>/stop/", sheets.sheet_stop, name="sheet_stop"),
    path("<slug:slug>/sheets/<int:job>/file", sheets.sheet_file, name="sheet_file"),
]

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

stored = [
    path("<slug:slug>/warehouses/", warehouses.warehouses, name="warehouses"),
    path("<slug:slug>/warehouses/new/", warehouses.opening, name="warehouse_new"),
    path("<slug:slug>/warehouses/<int:pk>/", warehouses.warehouse, name="warehouse"),
    path("<slug:slug>/warehouses/<int:pk>/close/", warehouses.close, name="warehouse_close"),
    path("<slug:slug>/shelves/<int:pk>/", warehouses.shelf, name="shelf"),
    path("<slug:slug>/transfers/", warehouses.transfers, name="transfers"),
    path("<slug:slug>/transfers/<int:pk>/", warehouses.end_transfer, name="transfer_end"),
]

certified = [
    path("<slug:slug>/certificates/", certificates.listing, name="certificates"),
    path("<slug:slug>/certificates/new/", certificates.new, name="certificate_new"),
    path("<slug:slug>/certificates/papers/", certificates.papers, name="papers"),
    path("<slug:slug>/certificates/<int:pk>/", certificates.one, name="certificate"),
    path("<slug:slug>/certificates/<int:pk>/withdraw/", certificates.withdraw, name="certificate_withdraw"),
    path("<slug:slug>/certificates/<int:pk>/document/", certificates.document, name="certificate_document"),
]

urlpatterns = [
    *personal,
    path("<slug:slug>/", home.overview, name="overview"),
    *onboarding,
    *offers,
    *people,
    *certified,
    *sheet_pages,
    *stored,
]
