"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import home, staff, trail

app_name = "console"

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:slug>/", home.overview, name="overview"),
    path("<slug:slug>/staff/", staff.staff, name="staff"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
]
