"""Why a demo cannot be made or moved; each message is one line for the person at the terminal."""


class DemoError(Exception):
    """The demo cannot be made or moved."""


class ShopNotEmpty(DemoError):
    """There are products that are no demo; made-up ones must not come among them."""


class NotCounted(DemoError):
    """Facts still wait, and nobody counts them."""


class NoDemo(DemoError):
    """There is no finished demo to move."""
