"""Every address of the shop. 繁體 pages stand under /zh-hant/, English ones under /en/, 简体 ones under none."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from storefront.graphql_view import graphql
from storefront.pages import (
    accounts,
    art,
    articles,
    campaign,
    cart,
    certificates,
    checkout,
    divisions,
    errors,
    health,
    home,
    listing,
    live,
    notices,
    orders,
    pay,
    product,
    region,
    webhooks,
    zone,
)

handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_often  # allauth's, too
handler500 = errors.broken

# What is read: the same for everybody who is not signed in.
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
    path("certificates/", certificates.lookup, name="certificates"),
    path("certificates/<path:number>/", certificates.certificate, name="certificate"),
    path("campaigns/", campaign.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", campaign.campaign, name="campaign"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/preview/", articles.preview, name="article_preview"),
    path("privacy/", notices.privacy, name="privacy"),
    path("manifest.webmanifest", notices.manifest, name="manifest"),
]

# What one person does; reached with a cart's cookie, an order's unguessable link, or signed in.
buying = [
    path("cart/", cart.cart, name="cart"),
    path("cart/add/", cart.add, name="cart_add"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<uuid:token>/", orders.order, name="order"),
    path("orders/<uuid:token>/state.json", orders.state, name="order_state"),
    path("orders/<uuid:token>/pay/", pay.pay, name="order_pay"),
    path("orders/<uuid:token>/pay/begin/", pay.begin, name="order_pay_begin"),
    path("orders/<uuid:token>/return/", orders.returned, name="order_return"),
    path("orders/<uuid:token>/cancel/", orders.cancel, name="order_cancel"),
    path("accounts/", accounts.me, name="account"),
]

urlpatterns = [
    path("health/ping", health.ping, name="health_ping"),
    path("health/ready", health.ready, name="health_ready"),
    path("health/status", health.status, name="health_status"),
    path("graphql/", graphql, name="graphql"),
    path("live.json", live.live, name="live"),
    path("suggest.json", listing.suggest, name="suggest"),
    path("art/<slug:kind>/<int:seed>.svg", art.art, name="art"),
    path("pictures/<str:name>", art.picture, name="picture"),
    path("certificates/<path:number>/qr.svg", certificates.qr, name="certificate_qr"),
    path("robots.txt", art.robots, name="robots"),
    path("divisions/<slug:code>.json", divisions.divisions, name="divisions"),
    path("webhooks/stripe/", webhooks.stripe, name="webhooks_stripe"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        *reading,
        *buying,
        path("accounts/", include("allauth.urls")),
        path("console/", include("storefront.console.urls")),
        prefix_default_language=False,
    ),
]
