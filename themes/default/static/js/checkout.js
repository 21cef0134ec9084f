// Checkout and order pages. Both work without this file.
"use strict";

// A form that must not be sent twice by a double click (the server knows a repeated one, too).
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
}

// What went wrong is where the reader goes first.
document.querySelector("[data-focus]")?.focus();

// The order's page shows itself anew when something changed: paid, counted, sent, given back.
const watched = document.querySelector("[data-watch]");
if (watched) {
  let rounds = 0;
  const look = async () => {
    if (document.hidden) return;
    if (++rounds > 600) return clearInterval(timer);
    try {
      const answer = await fetch(watched.dataset.watch, { cache: "no-store" });
      if (answer.ok && (await answer.json()).mark !== watched.dataset.mark) location.reload();
    } catch { /* the page stays as it is */ }
  };
  const timer = setInterval(look, 1500);
  document.addEventListener("visibilitychange", look);
}
