"""Enumerations under Saleor's names (the values that this shop has), and the catalogue's own."""

import graphene


class LanguageCodeEnum(graphene.Enum):
    """A language that names can be read in."""

    EN = "en"
    ZH = "zh"
    ZH_HANS = "zh-hans"
    ZH_HANS_CN = "zh-hans-cn"
    ZH_HANT = "zh-hant"


class OrderDirection(graphene.Enum):
    """The direction of an order."""

    ASC = ""
    DESC = "-"


class ProductOrderField(graphene.Enum):
    """What products can be ordered by."""

    RANK = "rank"
    PRICE = "price"
    MINIMAL_PRICE = "minimal_price"
    PUBLISHED_AT = "published_at"
    CREATED_AT = "created_at"


class ThumbnailFormatEnum(graphene.Enum):
    """The format of a picture: ORIGINAL is a JPEG. Drawings are SVG and come as they are."""

    ORIGINAL = "original"
    WEBP = "webp"


class ProductMediaType(graphene.Enum):
    """What is seen of a product."""

    IMAGE = "IMAGE"


class WeightUnitsEnum(graphene.Enum):
    """A unit of weight."""

    G = "g"
    KG = "kg"


class CertificateStatus(graphene.Enum):
    """The state of a certificate now. EXPIRING: it ends within 30 days."""

    PENDING = "PENDING"
    VALID = "VALID"
    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


class CertificateMove(graphene.Enum):
    """What was done with a certificate."""

    SUBMIT = "submit"
    RECOMMEND = "recommend"
    RETURN = "return"
    APPROVE = "approve"
    REVOKE = "revoke"


class CertificateDesk(graphene.Enum):
    """Who did it: the merchant, the county, or the programme's platform."""

    MERCHANT = "merchant"
    COUNTY = "county"
    PLATFORM = "platform"


class BenefitMode(graphene.Enum):
    """How a merchant lets farming households take part."""

    CONTRACT_PURCHASE = "contract_purchase"
    EMPLOYMENT = "employment"
    SHAREHOLDING = "shareholding"
    LAND_LEASE = "land_lease"
    TECHNICAL_SERVICE = "technical_service"


class ReturnRule(graphene.Enum):
    """Whether it may be sent back within seven days without a reason. EXCLUDED: fresh, perishable, or a service."""

    SEVEN_DAYS = "seven_days"
    EXCLUDED = "excluded"


class Processing(graphene.Enum):
    """How far a food is processed."""

    PRIMARY = "primary"
    SEMI_FINISHED = "semi_finished"
    READY_TO_COOK = "ready_to_cook"
    DEEP_PROCESSED = "deep_processed"
    NOT_FOOD = "not_food"


class ListingSort(graphene.Enum):
    """The order of a listing. RELEVANCE without a text means sales."""

    RELEVANCE = "relevance"
    SALES = "sales"
    PRICE_ASC = "price"
    PRICE_DESC = "-price"
    NEWEST = "newest"
