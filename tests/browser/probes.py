"""What is asked of an open page, in JavaScript: sizes of targets, what scrolls sideways, whether focus is seen."""

from playwright.sync_api import Page

_SHARED = """
const shown = (node) => {
  const box = node.getBoundingClientRect();
  if (box.width <= 0 || box.height <= 0 || node.closest("[inert]")) return false;
  return node.checkVisibility({ visibilityProperty: true });
};
const named = (node) => {
  const text = (node.getAttribute("aria-label") || node.textContent || node.name || "").trim().replace(/\\s+/g, " ");
  return `<${node.tagName.toLowerCase()} class="${node.className?.baseVal ?? node.className}"> “${text.slice(0, 40)}”`;
};
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const focusable = () => [...document.querySelectorAll(FOCUSABLE)].filter(
  (node) => shown(node) && !node.disabled && node.tabIndex >= 0 && node.type !== "hidden");
const stretched = (node) => {
  const after = getComputedStyle(node, "::after");
  return after.content !== "none" && after.position === "absolute" && after.top === "0px" && after.bottom === "0px";
};
const area = (node) => {
  if (node.matches("label input")) return node.closest("label").getBoundingClientRect();
  if (!stretched(node)) return node.getBoundingClientRect();
  let around = node.parentElement;
  while (getComputedStyle(around).position === "static") around = around.parentElement;
  return around.getBoundingClientRect();
};
const inSentence = (node) => {
  if (getComputedStyle(node).display !== "inline") return false;
  const block = node.closest("p, li, dd, td, th, figcaption");
  return block !== null && block.innerText.trim().length > node.innerText.trim().length;
};
const outlined = (node) => {
  const style = getComputedStyle(node);
  return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
};
const focusFault = (node) => {
  const around = [node, node.nextElementSibling, node.parentElement, node.closest(".card, .search-box, label, li")];
  if (!around.some((near) => near && outlined(near))) return "has no visible focus: " + named(node);
  const box = node.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1);
  for (const part of [0.5, 0.2, 0.8]) {
    const hit = document.elementFromPoint(x, box.top + box.height * part);
    if (hit && (node.contains(hit) || hit.contains(node) || hit.closest("label")?.contains(node))) continue;
    const cover = hit ? "is covered by " + named(hit) : "is outside the window";
    return `${cover} at ${part}, ${Math.round(box.top)}–${Math.round(box.bottom)} of ${innerHeight}: ` + named(node);
  }
  return "";
};
"""

_SIDEWAYS = """
() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= innerWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (node) => shown(node) && node.getBoundingClientRect().right > innerWidth + 1);
  return [`${root.scrollWidth} px wide`, ...wide.slice(0, 4).map(named)];
}"""

_SMALL = """
(least) => focusable().filter((node) => {
  const box = area(node);
  return !inSentence(node) && !node.matches(".skip") && Math.min(box.width, box.height) < least - 0.5;
}).map((node) => `${Math.round(area(node).width)}×${Math.round(area(node).height)} ${named(node)}`)"""

_FOCUS_EACH = """
() => focusable().map((node) => { node.focus(); return focusFault(node); }).filter(Boolean)"""

_FOCUS_NOW = "() => focusFault(document.activeElement)"

_CUT = """
() => {
  const holders = document.querySelectorAll("a, button, h1, h2, h3, label, .price, .figure, .badge, .state, dd, dt");
  return [...holders].filter((node) => {
  if (!shown(node) || node.closest(".sr, .skip, .card h3")) return false;
  const style = getComputedStyle(node);
  return style.overflow !== "visible" && style.overflowX !== "auto" && node.scrollWidth > node.clientWidth + 1;
  }).map((node) => "shows not all of " + named(node));
}"""

_TEXTS = """
() => {
  const found = [];
  const tongue = (node) => node.closest("[lang]")?.lang ?? "";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), holder = walker.currentNode.parentElement;
    if (text && !holder.closest("script, style, noscript") && (holder.closest("option") || shown(holder)))
      found.push([tongue(holder), text]);
  }
  for (const node of document.querySelectorAll("[aria-label], [alt], [placeholder], [title]"))
    for (const name of ["aria-label", "alt", "placeholder", "title"])
      if (node.getAttribute(name)) found.push([tongue(node), node.getAttribute(name)]);
  found.push([document.documentElement.lang, document.title]);
  return found;
}"""


def _ask(page: Page, question: str, given: object = None):
    return page.evaluate(f"(given) => {{ {_SHARED} return ({question})(given); }}", given)


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, widest first; nothing when it does not."""
    return _ask(page, _SIDEWAYS)


def small_targets(page: Page, least: int) -> list[str]:
    """Return what can be pressed but is less than `least` px wide or high. Links inside a sentence are exempt."""
    return _ask(page, _SMALL, least)


def focus_faults(page: Page) -> list[str]:
    """Focus everything in turn, as the keyboard would; return what then shows no focus, or is covered by a bar."""
    page.keyboard.press("Tab")  # from here on the browser shows focus
    return _ask(page, _FOCUS_EACH)


def focus_fault(page: Page) -> str:
    """Return what is wrong with the focus that the keyboard has just moved; nothing when all is well."""
    return _ask(page, _FOCUS_NOW)


def cut_texts(page: Page) -> list[str]:
    """Return what holds more text than it shows."""
    return _ask(page, _CUT)


def texts(page: Page) -> list[tuple[str, str]]:
    """Return (language, text) of all that is seen or read out."""
    return [(language, text) for language, text in _ask(page, _TEXTS)]
