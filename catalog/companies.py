"""What identifies a company: the unified social credit code (统一社会信用代码, GB 32100-2015). Pure."""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError


class BadCreditCode(ValueError):
    """This is no unified social credit code; `reason` is "length", "checksum" or "characters"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def tidy_code(text: str) -> str:
    """Return a code as typed without spaces and hyphens, full-width characters made plain, in capitals."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if not character.isspace() and character != "-")


def credit_code(text: str) -> str:
    """Return the code in its 18 characters. Raises BadCreditCode."""
    code = tidy_code(text)
    try:
        return uscc.validate(code)
    except InvalidLength:
        raise BadCreditCode("length") from None
    except InvalidChecksum:
        raise BadCreditCode("checksum") from None
    except ValidationError:
        raise BadCreditCode("characters") from None
