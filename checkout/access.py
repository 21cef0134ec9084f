"""Who may do what with carts and orders. The token in a link is the key to one order; staff needs a permission."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError


@dataclass(frozen=True)
class Caller:
    """Who executes a document: the shop itself (`is_app`), a member of staff, a buyer, or nobody in particular."""

    user_id: int | None = None
    is_app: bool = False
    is_staff: bool = False
    actor: str = "anonymous"  # for the record of money moves, e.g. "user 3"
    idempotency_key: str = ""


class PermissionDenied(GraphQLError):
    """The caller may not do this."""

    def __init__(self) -> None:
        super().__init__("To access this path, you need staff permission.", extensions={"code": "PERMISSION_DENIED"})


def require_staff(caller: Any) -> None:
    """Let the shop itself and staff pass. Raises PermissionDenied for everybody else."""
    if not (getattr(caller, "is_app", False) or getattr(caller, "is_staff", False)):
        raise PermissionDenied
