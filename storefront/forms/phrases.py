"""What forms of the libraries say that has no good Chinese of its own; the project's catalogue is asked first."""

from django.utils.translation import gettext_noop, ngettext_lazy

PHRASES = (
    gettext_noop("Enter a valid email address."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "length",
    ),
)
