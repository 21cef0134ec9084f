// Small comforts of the shop. Every page works without this file.
"use strict";

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const tongue = document.documentElement.lang.replace("zh-Hans", "zh"); // as /live.json calls it

// What is personal comes from readable cookies, so that pages can be the same for everybody.
function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
function showPersonal() {
  const count = Number.parseInt(cookie("cart_count"), 10) || 0;
  for (const node of $$("[data-cart-count]")) {
    node.textContent = count > 99 ? "99+" : String(count);
    node.hidden = count === 0;
  }
  const name = cookie("account_name");
  if (name) for (const node of $$("[data-account-name]")) node.textContent = name;
}
showPersonal();
addEventListener("pageshow", showPersonal);

// Live figures: one small answer with an ETag, asked for every two seconds while the page is seen.
const live = $$("[data-live]");
let tag = "", spoken = 0;
function apply(answer) {
  let changed = "";
  for (const node of live) {
    if (node.dataset.live === "as_of") { node.textContent = answer.as_of[tongue]; continue; }
    const figure = answer.figures[node.dataset.live];
    if (!figure) continue;
    const part = node.dataset.livePart;
    if (part === "permille") { node.value = figure.permille; continue; }
    const text = part === "headline" ? figure[tongue].headline.join("") : figure[tongue][part] ?? figure[part];
    if (text === undefined || node.textContent.trim() === text) continue;
    if (part === "headline") {
      const unit = document.createElement("small");
      unit.textContent = figure[tongue].headline[1];
      node.replaceChildren(figure[tongue].headline[0], unit);
    } else {
      node.textContent = text;
    }
    node.classList.remove("moved");
    void node.offsetWidth; // restarts the animation
    node.classList.add("moved");
    if (part === "exact") changed = text;
  }
  // A screen reader hears a new total at most twice a minute.
  if (changed && Date.now() - spoken > 30000) {
    spoken = Date.now();
    const status = document.querySelector("[data-announce]");
    if (status) status.textContent = changed;
  }
}
async function poll() {
  if (document.hidden) return;
  try {
    const response = await fetch("/live.json", { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (response.status === 200) {
      tag = response.headers.get("ETag") || "";
      apply(await response.json());
    }
  } catch { /* the last figures stay, with their time */ }
}
if (live.length) {
  setInterval(poll, 2000);
  poll();
  document.addEventListener("visibilitychange", poll);
}

// Filter sheet (phones): the address's #filters opens it even without script; here focus and Escape are looked after.
const sheet = document.querySelector("[data-sheet]");
if (sheet) {
  const narrow = matchMedia("(max-width: 59.99rem)");
  const opener = document.querySelector(".open-filters");
  const isOpen = () => narrow.matches && location.hash === "#filters";
  const close = () => location.replace("#list");
  let wasOpen = false; // other links to a place on the page, like the one that skips to the content, keep their focus
  const settle = () => {
    const open = isOpen();
    for (let inside = sheet; inside !== document.body; inside = inside.parentElement)
      for (const beside of inside.parentElement.children) if (beside !== inside) beside.inert = open;
    document.body.style.overflow = open ? "hidden" : "";
    if (open) { sheet.setAttribute("role", "dialog"); sheet.setAttribute("aria-modal", "true"); sheet.focus(); }
    else { sheet.setAttribute("role", "complementary"); sheet.removeAttribute("aria-modal"); if (wasOpen) opener?.focus(); }
    wasOpen = open;
  };
  addEventListener("hashchange", settle);
  narrow.addEventListener("change", settle);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && isOpen()) close(); });
  document.addEventListener("click", (event) => { if (isOpen() && !sheet.contains(event.target)) close(); });
  // A chosen filter leaves the sheet open on the next page, so that several can be chosen in a row.
  if (narrow.matches) for (const link of $$(".facet a", sheet)) link.hash = "filters";
  settle();
}

// Search suggestions: a combobox kept simple.
for (const form of $$("[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent || "");
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  let chosen = -1, asked = 0, wait = 0;
  const show = (on) => { list.hidden = !on; input.setAttribute("aria-expanded", String(on)); if (!on) choose(-1); };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const take = (index) => { input.value = list.children[index].textContent; show(false); form.requestSubmit(); };
  const ask = async () => {
    const text = input.value.trim(), mine = ++asked;
    if (!text) return show(false);
    try {
      const words = await (await fetch(form.dataset.suggest + "?q=" + encodeURIComponent(text))).json();
      if (mine !== asked || document.activeElement !== input) return;
      list.replaceChildren(...words.map((word, at) => {
        const item = document.createElement("li");
        item.id = "suggestion-" + at;
        item.setAttribute("role", "option");
        item.textContent = word;
        return item;
      }));
      chosen = -1;
      choose(-1);
      show(words.length > 0);
    } catch { show(false); }
  };
  input.addEventListener("input", (event) => { if (!event.isComposing) { clearTimeout(wait); wait = setTimeout(ask, 120); } });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("li");
    if (item) { event.preventDefault(); take([...list.children].indexOf(item)); }
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen >= last ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen <= 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
}

// Quantity: plus and minus beside a number field.
for (const stepper of $$("[data-stepper]")) {
  const input = stepper.querySelector("input");
  for (const button of $$("[data-step]", stepper)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = (Number.parseInt(input.value, 10) || 0) + Number(button.dataset.step);
      input.value = String(Math.min(Math.max(wanted, Number(input.min) || 1), Number(input.max) || 99));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

// Product: the price shown is that of the chosen size and quantity ("1 ¥59.90 10 ¥55.00": from so many, so much each).
for (const form of $$("[data-buy]")) {
  const shown = form.querySelector("[data-price] .price");
  const quantity = form.querySelector("[name=quantity]");
  const paint = () => {
    const size = form.querySelector("[name=variant]:checked");
    if (!shown || !size?.dataset.steps) return;
    const words = size.dataset.steps.split(" ");
    if (quantity) {
      quantity.min = words[0];
      quantity.max = size.dataset.most;
      if (Number(quantity.value) < Number(quantity.min)) quantity.value = quantity.min;
    }
    const wanted = Number(quantity?.value) || 1;
    let text = words[1];
    for (let at = 2; at < words.length; at += 2) if (Number(words[at]) <= wanted) text = words[at + 1];
    const sign = document.createElement("small");
    sign.textContent = text[0];
    shown.replaceChildren(sign, text.slice(1));
  };
  form.addEventListener("change", paint);
  if (form.querySelector("[name=variant]")) paint();
}

// Address form: province → city → county. Options come from /divisions/<code>.json: [{code, name}].
for (const picker of $$("[data-divisions]")) {
  const selects = $$("select", picker);
  const below = async (parent, tries = 3) => {
    try {
      return await (await fetch(picker.dataset.divisions + encodeURIComponent(parent) + ".json")).json();
    } catch (error) {
      if (tries === 1) return [];
      await new Promise((resolve) => setTimeout(resolve, 700));
      return below(parent, tries - 1);
    }
  };
  const fill = async (select, parent) => {
    const head = select.options[0]?.value === "" ? [select.options[0]] : [];
    select.replaceChildren(...head);
    select.disabled = true;
    select.dataset.parent = parent;
    if (!parent) return;
    const rows = await below(parent);
    if (select.dataset.parent !== parent) return;  // another place was chosen while this one was asked about
    select.append(...rows.map((row) => new Option(row.name, row.code)));
    select.disabled = false;
    if (rows.length === 1) { select.value = rows[0].code; select.dispatchEvent(new Event("change", { bubbles: true })); }
  };
  selects.forEach((select, at) => select.addEventListener("change", async () => {
    for (const later of selects.slice(at + 2)) fill(later, "");
    if (selects[at + 1]) await fill(selects[at + 1], select.value);
  }));
}

// A form that changes something on each choice says so with data-autosubmit; its button is for those without script.
for (const form of $$("form[data-autosubmit]")) {
  form.addEventListener("change", () => form.requestSubmit());
  for (const button of $$("[data-noscript]", form)) button.hidden = true;
}
