"""The verbs of a cart, under Saleor's names."""

from uuid import UUID

import graphene
from django.utils import timezone

from catalog.graphql.base import MetadataInput, from_metadata, integer_key_of, key_of
from catalog.graphql.enums import LanguageCodeEnum
from checkout import address as addresses
from checkout.actions import carts, orders
from checkout.graphql import types
from checkout.graphql.errors import CheckoutError, of
from checkout.models import CheckoutLine
from checkout.rules import Code, PurchaseError
from checkout.selectors import Cart

# As the shop keeps them; 简体 for every other one.
_LANGUAGES = {LanguageCodeEnum.EN: "en", LanguageCodeEnum.ZH_HANT: "zh-hant"}


class CheckoutLineInput(graphene.InputObjectType):
    """Some units of a variant."""

    quantity = graphene.Int(required=True)
    variant_id = graphene.ID(required=True)
    metadata = graphene.List(graphene.NonNull(MetadataInput))


class CheckoutLineUpdateInput(graphene.InputObjectType):
    """The new quantity of a line; 0 takes it out, and the same again accepts its present price."""

    line_id = graphene.ID()
    quantity = graphene.Int()
    metadata = graphene.List(graphene.NonNull(MetadataInput))


class AddressInput(graphene.InputObjectType):
    """A delivery address in China. The metadata item `divisionCode` names the lowest division (GB/T 2260)."""

    first_name = graphene.String()
    street_address1 = graphene.String()
    city = graphene.String()
    city_area = graphene.String()
    country_area = graphene.String()
    phone = graphene.String()
    metadata = graphene.List(graphene.NonNull(MetadataInput))


class CheckoutCreateInput(graphene.InputObjectType):
    """A cart from nothing: lines, and the address where it is known."""

    channel = graphene.String()
    lines = graphene.List(graphene.NonNull(CheckoutLineInput))
    email = graphene.String()
    shipping_address = AddressInput()
    language_code = LanguageCodeEnum()


def _address(given: AddressInput | None) -> addresses.Address | None:
    if given is None:
        return None
    code = from_metadata(given.metadata).get("divisionCode", "")
    found = addresses.place(code)
    province, city, county = found or ("", "", "")
    built = addresses.Address(
        name=(given.first_name or "").strip(),
        phone=(given.phone or "").strip(),
        province=province,
        city=city,
        county=county,
        street=(given.street_address1 or "").strip(),
        division_code=code,
    )
    wrong = addresses.problems(built)
    if wrong:
        field, why = next(iter(wrong.items()))
        code_of = Code.REQUIRED if why == "required" else Code.INVALID
        raise PurchaseError(code_of, f"The address is not complete: {field} ({why}).", field=field)
    return built


def _changes(lines: list[CheckoutLineInput] | None) -> list[carts.LineChange]:
    return [
        carts.LineChange(
            integer_key_of("ProductVariant", line.variant_id), line.quantity, from_metadata(line.get("metadata"))
        )
        for line in lines or ()
    ]


def _token(opaque: str | None) -> UUID:
    try:
        return UUID(key_of("Checkout", opaque))
    except ValueError:
        raise PurchaseError(Code.NOT_FOUND, "There is no such checkout.", field="id") from None


class _CheckoutMutation(graphene.Mutation):
    """A verb that answers with the cart as it is afterwards, or with typed errors."""

    class Meta:
        abstract = True

    checkout = graphene.Field(types.Checkout)
    errors = graphene.List(graphene.NonNull(CheckoutError), required=True)

    @classmethod
    def mutate(cls, root, info, **arguments):
        """Run the verb; a refusal becomes a typed error."""
        try:
            changed = cls.act(info, **arguments)
        except PurchaseError as error:
            return cls(checkout=None, errors=of(CheckoutError, error))
        return cls(checkout=Cart(changed, timezone.now()), errors=[])


class CheckoutCreate(_CheckoutMutation):
    """Make a cart."""

    class Arguments:
        input = CheckoutCreateInput(required=True)

    @classmethod
    def act(cls, info, input):
        """Return the new cart."""
        return carts.create(
            lines=_changes(input.lines),
            email=(input.email or "").strip(),
            language=_LANGUAGES.get(input.language_code, "zh-hans"),
            address=_address(input.shipping_address),
            user_id=info.context.user_id,
            in_browser=info.context.is_app,  # our own pages call as the shop itself
            now=timezone.now(),
        )


class CheckoutLinesAdd(_CheckoutMutation):
    """Put more into a cart."""

    class Arguments:
        id = graphene.ID()
        lines = graphene.List(graphene.NonNull(CheckoutLineInput), required=True)

    @classmethod
    def act(cls, info, lines, id=None):
        """Return the cart."""
        return carts.add_lines(token=_token(id), lines=_changes(lines), now=timezone.now())


class CheckoutLinesUpdate(_CheckoutMutation):
    """Set quantities."""

    class Arguments:
        id = graphene.ID()
        lines = graphene.List(graphene.NonNull(CheckoutLineUpdateInput), required=True)

    @classmethod
    def act(cls, info, lines, id=None):
        """Return the cart."""
        token = _token(id)
        keys = {integer_key_of("CheckoutLine", line.line_id): line for line in lines}
        rows = CheckoutLine.objects.filter(checkout__token=token, pk__in=keys)
        if len(rows) != len(keys):
            raise PurchaseError(Code.NOT_FOUND, "There is no such line.", field="lineId")
        changes = [
            carts.LineChange(
                row.variant_id,
                row.quantity if keys[row.pk].get("quantity") is None else keys[row.pk].quantity,
                from_metadata(keys[row.pk].get("metadata")),
            )
            for row in rows
        ]
        return carts.set_lines(token=token, lines=changes, now=timezone.now())


class CheckoutEmailUpdate(_CheckoutMutation):
    """Say whom to write to."""

    class Arguments:
        id = graphene.ID()
        email = graphene.String(required=True)

    @classmethod
    def act(cls, info, email, id=None):
        """Return the cart."""
        return carts.set_contact(token=_token(id), email=email.strip(), address=None, now=timezone.now())


class CheckoutShippingAddressUpdate(_CheckoutMutation):
    """Say where it goes."""

    class Arguments:
        id = graphene.ID()
        shipping_address = AddressInput(required=True)

    @classmethod
    def act(cls, info, shipping_address, id=None):
        """Return the cart."""
        return carts.set_contact(token=_token(id), email=None, address=_address(shipping_address), now=timezone.now())


class CheckoutComplete(graphene.Mutation):
    """Place the order; it is paid afterwards. Asking again returns the same order. Metadata: `remark`, `noReturn`."""

    class Arguments:
        id = graphene.ID()
        metadata = graphene.List(graphene.NonNull(MetadataInput))

    order = graphene.Field(types.Order)
    confirmation_needed = graphene.Boolean(required=True)
    errors = graphene.List(graphene.NonNull(CheckoutError), required=True)

    @classmethod
    def mutate(cls, root, info, id=None, metadata=None):
        """Place it, or say why not."""
        told = from_metadata(metadata)
        try:
            placed = orders.place(
                token=_token(id),
                now=timezone.now(),
                remark=told.get("remark", ""),
                no_return=[integer_key_of("Product", opaque) for opaque in told.get("noReturn", "").split()],
            )
        except PurchaseError as error:
            return cls(order=None, confirmation_needed=False, errors=of(CheckoutError, error))
        return cls(order=placed, confirmation_needed=False, errors=[])
