"""The stand-in's pay page: plain HTML in Chinese, in either script, with English beside it (or the other way round).

Stripe hosts no such page for a PaymentIntent: it plays the part of Stripe.js, of the card and of the bank.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from checkout.standin.intents import CONFIRMABLE, display

STYLE = files("checkout.standin").joinpath("pay.css").read_bytes()
DEFAULT_PREFIXES = ("http://127.0.0.1", "http://localhost")
LOCALES = ("zh-Hans", "zh-Hant", "en")
PAYABLE = CONFIRMABLE

# By the order of LOCALES.
_WORDS = {
    "title": ("演示支付", "演示支付", "Demo payment"),
    "demo": ("这是演示，不会扣款。", "這是演示，不會扣款。", "This is a demo. No money moves."),
    "amount": ("应付金额", "應付金額", "Amount to pay"),
    "approve": ("同意支付（演示银行卡）", "同意支付（演示銀行卡）", "Approve (demo card)"),
    "decline": ("拒绝支付", "拒絕支付", "Decline the card"),
    "leave": ("离开，暂不支付", "離開，暫不支付", "Walk away without paying"),
    "left": ("您已离开，订单仍在等待支付。", "您已離開，訂單仍在等待支付。", "You left; the order waits."),
    "left_more": (
        "这笔付款还没有完成，可以稍后继续。",
        "這筆付款還沒有完成，可以稍後繼續。",
        "This payment is not finished; you can go on with it later.",
    ),
    "again": ("继续支付", "繼續支付", "Go on paying"),
    "paid": ("这笔订单已经支付。", "這筆訂單已經支付。", "This order has been paid."),
    "canceled": ("这笔付款已取消。", "這筆付款已取消。", "This payment was canceled."),
    "back": ("返回商店", "返回商店", "Back to the shop"),
    "bad_return": (
        "返回地址缺失或不被允许。",
        "返回地址缺失或不被允許。",
        "The return address is missing or not allowed.",
    ),
    "not_found": ("找不到这笔付款。", "找不到這筆付款。", "There is no such payment."),
    "switch": ("English first", "English first", "中文在前"),
    "reference": ("付款编号", "付款編號", "Payment"),
}


def allowed_return(url: str, prefixes: tuple[str, ...]) -> bool:
    """Whether the buyer may be sent to `url`: scheme and host as in a prefix, port too if the prefix has one."""
    if any(character <= " " or character == "\\" for character in url):
        return False
    try:
        target, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return False
    if target.username is not None or target.password is not None:
        return False
    return any(_covers(urlsplit(prefix), target, port) for prefix in prefixes)


def _covers(prefix, target, port: int | None) -> bool:
    same_host = (prefix.scheme, prefix.hostname) == (target.scheme, target.hostname)
    return same_host and prefix.port in (None, port) and target.path.startswith(prefix.path)


def redirect_target(return_url: str, intent: dict) -> str:
    """The return address with what Stripe adds to it: payment_intent, its client secret, redirect_status."""
    status = "succeeded" if intent["status"] == "succeeded" else "failed"
    parts = urlsplit(return_url)
    query = [
        *parse_qsl(parts.query, keep_blank_values=True),
        ("payment_intent", intent["id"]),
        ("payment_intent_client_secret", intent["client_secret"]),
        ("redirect_status", status),
    ]
    return urlunsplit(parts._replace(query=urlencode(query)))


def content_security_policy(return_url: str | None) -> str:
    """No script, our own style sheet, and forms that lead here or (by the redirect) to the shop."""
    origin = ""
    if return_url:
        parts = urlsplit(return_url)
        origin = f" {parts.scheme}://{parts.netloc}"
    return (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self'{origin}"
    )


def choice_page(intent: dict, return_url: str, locale: str) -> str:
    """The page that asks: approve, decline or walk away; or says that there is nothing left to pay."""
    if intent["status"] == "succeeded":
        return _closed("paid", intent, return_url, locale)
    if intent["status"] not in PAYABLE:
        return _closed("canceled", intent, return_url, locale)
    fields = {"client_secret": intent["client_secret"], "return_url": return_url, "locale": locale}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(text)}">' for name, text in fields.items())
    buttons = "".join(
        f'<button{css} name="choice" value="{name}">{_both(name, locale)}</button>'
        for name, css in (("approve", ' class="go"'), ("decline", ""), ("leave", ""))
    )
    form = f'<form method="post" action="/pay/{escape(intent["id"])}">{hidden}{buttons}</form>'
    return _page(f"{_amount(intent, locale)}{form}", locale, intent, return_url)


def left_page(intent: dict, return_url: str, locale: str) -> str:
    """The page after walking away: nothing was done."""
    link = f"/pay/{intent['id']}?" + _query(intent, return_url, locale)
    body = f"<p>{_both('left', locale)}</p><p>{_both('left_more', locale)}</p>" + _link(link, "again", locale)
    return _page(_amount(intent, locale) + body, locale, intent)


def problem_page(word: str, locale: str) -> str:
    """A page that says what is wrong: `not_found` or `bad_return`."""
    return _page(f"<p>{_both(word, locale)}</p>", locale)


def _closed(word: str, intent: dict, return_url: str, locale: str) -> str:
    link = _link(redirect_target(return_url, intent), "back", locale)
    return _page(f"{_amount(intent, locale)}<p>{_both(word, locale)}</p>{link}", locale, intent)


def _both(word: str, locale: str) -> str:
    """A text in both languages, the reader's first."""
    other = _other(locale)
    return f'{_say(word, locale)} <span class="other" lang="{other}">{_say(word, other)}</span>'


def _say(word: str, locale: str) -> str:
    return _WORDS[word][LOCALES.index(locale)]


def _other(locale: str) -> str:
    """The language beside the reader's: English, and 简体 beside English."""
    return "zh-Hans" if locale == "en" else "en"


def _amount(intent: dict, locale: str) -> str:
    figure = escape(display(intent["amount"], intent["currency"]))
    return f'<h1>{_both("amount", locale)}</h1><p class="amount">{figure}</p>'


def _link(url: str, word: str, locale: str) -> str:
    return f'<a class="back" href="{escape(url)}">{_both(word, locale)}</a>'


def _query(intent: dict, return_url: str, locale: str) -> str:
    return urlencode({"client_secret": intent["client_secret"], "return_url": return_url, "locale": locale})


def _page(body: str, locale: str, intent: dict | None = None, return_url: str | None = None) -> str:
    other, footer = _other(locale), ""
    if intent and return_url:
        switch = f"?{_query(intent, return_url, other)}"
        footer = f' · <a href="{escape(switch)}" lang="{other}">{_say("switch", locale)}</a>'
    if intent:
        footer = f"<footer>{_say('reference', locale)} {escape(intent['id'])}{footer}</footer>"
    return (
        f'<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>{_say("title", locale)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,"><link rel="stylesheet" href="/pay.css">'
        f'</head><body><main><p class="demo" role="note">{_both("demo", locale)}</p>{body}{footer}</main></body></html>'
    )
