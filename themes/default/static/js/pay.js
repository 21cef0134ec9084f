// The form of Stripe on the pay page; the card's data goes from the browser to Stripe alone.
"use strict";

const form = document.getElementById("stripe");
if (form && globalThis.Stripe) {
  const stripe = Stripe(form.dataset.key, { locale: form.dataset.locale });
  const elements = stripe.elements({ clientSecret: form.dataset.secret });
  const button = form.querySelector("button");
  const problem = form.querySelector("[role=alert]");
  const element = elements.create("payment");
  element.mount("#stripe-element");
  element.on("ready", () => { button.disabled = false; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.hidden = true;
    // This page may be old: the shop says whether the order may still be paid, and else shows why not.
    const may = await fetch(form.dataset.begin, { redirect: "manual" });
    if (may.type === "opaqueredirect") { location.reload(); return; }
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: form.dataset.return } });
    // Only reached when the buyer was not sent on: a wrong card number, a decline, no network.
    problem.textContent = error.message;
    problem.hidden = false;
    button.disabled = false;
  });
}
