"""The console's addresses. A module adds its own list; each page of a merchant's stands under its slug."""

from django.urls import path

from storefront.console.pages import home, staff, trail, warehouses

app_name = "console"

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:slug>/", home.overview, name="overview"),
    path("<slug:slug>/staff/", staff.staff, name="staff"),
    path("<slug:slug>/trail/", trail.trail, name="trail"),
    path("<slug:slug>/warehouses/", warehouses.warehouses, name="warehouses"),
    path("<slug:slug>/warehouses/new/", warehouses.opening, name="warehouse_new"),
    path("<slug:slug>/warehouses/<int:pk>/", warehouses.warehouse, name="warehouse"),
    path("<slug:slug>/warehouses/<int:pk>/close/", warehouses.close, name="warehouse_close"),
    path("<slug:slug>/shelves/<int:pk>/", warehouses.shelf, name="shelf"),
    path("<slug:slug>/transfers/", warehouses.transfers, name="transfers"),
    path("<slug:slug>/transfers/<int:pk>/", warehouses.end_transfer, name="transfer_end"),
]
