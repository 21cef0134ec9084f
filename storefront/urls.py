"""Every address of the shop. Pages carry a language prefix, except in Simplified Chinese; machines' addresses do not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(prefix_default_language=False),
]
