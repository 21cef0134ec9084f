"""Every address of the shop. English pages stand under /en/, Chinese ones under none, and so do machines' addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from storefront.pages import art, campaign, errors, home, listing, live, product, region, zone

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

# What is read.
reading = [
    path("", home.home, name="home"),
    path("zones/", zone.zones, name="zones"),
    path("zones/<slug:slug>/", zone.zone, name="zone"),
    path("categories/", listing.categories, name="categories"),
    path("categories/<slug:slug>/", listing.category, name="category"),
    path("counties/", region.provinces, name="provinces"),
    path("counties/<slug:slug>/", region.region, name="region"),
    path("search/", listing.search, name="search"),
    path("products/<slug:slug>/", product.product, name="product"),
    path("campaigns/", campaign.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign.campaign, name="campaign"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("live.json", live.live, name="live"),
    path("suggest.json", listing.suggest, name="suggest"),
    path("art/<slug:kind>/<int:seed>.svg", art.art, name="art"),
    path("robots.txt", art.robots, name="robots"),
    *i18n_patterns(
        *reading,
        path("accounts/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]
