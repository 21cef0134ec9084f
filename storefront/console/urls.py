"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import home, sheets, staff, trail

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

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:slug>/", home.overview, name="overview"),
    path("<slug:slug>/staff/", staff.staff, name="staff"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
    *sheet_pages,
]
