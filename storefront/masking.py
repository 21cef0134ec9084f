"""Personal data as it is shown on pages that a link opens: enough to recognise one's own, too little to use. Pure."""


def name(text: str) -> str:
    """Return 张三丰 as 张**, “Li Lei” as “L**”."""
    return f"{text[:1]}**" if text else ""


def phone(text: str) -> str:
    """Return 13812341234 as 138****1234; of short numbers the last two digits are left."""
    digits = "".join(character for character in text if character.isdigit())
    return f"{digits[:-8]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-2:]}"


def street(text: str) -> str:
    """Return the first four characters of a street."""
    return f"{text[:4]}****" if text else ""


def email(text: str) -> str:
    """Return buyer@example.com as b***@example.com."""
    local, _, domain = text.partition("@")
    return f"{local[:1]}***@{domain}"
