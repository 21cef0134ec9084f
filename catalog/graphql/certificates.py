"""A certificate with what it covers and its public log."""

from urllib.parse import quote

import graphene
from django.conf import settings

from catalog.graphql.enums import CertificateDesk, CertificateMove, CertificateStatus


class CertificateEvent(graphene.ObjectType):
    """A line of a certificate's public log."""

    move = graphene.Field(CertificateMove, required=True)
    desk = graphene.Field(CertificateDesk, required=True, description="Who did it.")
    at = graphene.DateTime(required=True)
    reason = graphene.String(required=True, description="Of a revocation; empty for all else.")


class CertificateCoverage(graphene.ObjectType):
    """A product under a certificate, by the name and specification that were certified."""

    certified_name = graphene.String(required=True)
    scope = graphene.String(required=True)
    product = graphene.Field("catalog.graphql.types.Product", description="Null where it is not published.")


class Certificate(graphene.ObjectType):
    """A certificate as it covers this product; one that was asked by its number, with all the names it covers."""

    number = graphene.String(required=True)
    scheme = graphene.String(required=True)
    scheme_slug = graphene.String(required=True)
    admits_sale = graphene.Boolean(required=True, description="Whether one of this kind opens the shop's door.")
    issuer = graphene.String(required=True)
    certified_name = graphene.String(required=True)
    valid_from = graphene.DateTime(required=True)
    valid_until = graphene.DateTime(required=True, description="The first moment at which it no longer holds.")
    revoked_at = graphene.DateTime(description="From when on it is revoked; it may lie ahead.")
    status = CertificateStatus(required=True, description="What it says now.")
    url = graphene.String(required=True, description="The page on which anybody may check it.")
    log = graphene.List(graphene.NonNull(CertificateEvent), required=True, description="All public records, in order.")
    coverage = graphene.List(graphene.NonNull(CertificateCoverage), required=True)

    @staticmethod
    def resolve_url(node, info):
        """Return its page in the reader's language."""
        prefix = "/en" if info.context.english else ""
        return f"{settings.PUBLIC_URL}{prefix}/certificates/{quote(node.number)}/"

    @staticmethod
    def resolve_log(node, info):
        """Load the logs of a whole page together."""
        return info.context.loaders.log_of(node.key)

    @staticmethod
    def resolve_coverage(node, info):
        """Load what the certificates of a whole page cover together."""
        loaders = info.context.loaders
        return [
            {"certified_name": name, "scope": scope, "product": loaders.product(product)}
            for product, name, scope in loaders.coverage_of(node.key)
        ]
