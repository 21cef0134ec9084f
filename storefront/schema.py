"""The schema served at /graphql/: the rooms' types, joined."""
