"""What the admin's scripts say. Django's Chinese catalogue for them is behind; the project's own fills the gaps."""

from django.utils.translation import gettext, gettext_noop
from django.views.i18n import JavaScriptCatalog

WORDS = (
    gettext_noop('Choose %s by selecting them and then select the "Choose" arrow button.'),
    gettext_noop('Remove %s by selecting them and then select the "Remove" arrow button.'),
    gettext_noop("Available %s"),
    gettext_noop("Chosen %s"),
    gettext_noop("Choose all %s"),
    gettext_noop("Choose selected %s"),
    gettext_noop("Remove all %s"),
    gettext_noop("Remove selected %s"),
    gettext_noop("(click to clear)"),
)


class ScriptWords(JavaScriptCatalog):
    """The words of the admin's scripts in the reader's language."""

    packages = ["django.contrib.admin"]

    def get_catalog(self) -> dict:
        """Return Django's own words with ours among them."""
        return {**super().get_catalog(), **{text: gettext(text) for text in WORDS}}


def script_words(request, extra_context=None):
    """Answer the words as the admin's address `jsi18n` does."""
    return ScriptWords.as_view()(request)
