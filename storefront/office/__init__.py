"""The programme office: Django's admin, read-mostly. What changes something is an action of a room, confirmed first."""
