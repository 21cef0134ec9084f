// Keys of the reviewers' queue: J and K walk, A approves, R returns. They can be switched off, and are off in fields.
"use strict";

const review = document.querySelector("[data-review]");
if (review) {
  const KEPT = "bangmai.review.keys";
  const wanted = review.querySelector("[data-keys]");
  const press = (name) => { const found = review.querySelector(`[data-${name}]`); if (found) found.click(); };
  if (wanted) {
    wanted.closest("label").hidden = false;
    wanted.checked = localStorage.getItem(KEPT) !== "off";
    wanted.addEventListener("change", () => localStorage.setItem(KEPT, wanted.checked ? "on" : "off"));
  }
  const reason = review.querySelector("[data-reason]");
  // In the reason's field Enter returns; the form's first button, which approves, is for the other keys.
  if (reason) {
    reason.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      press("return");
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || (wanted && !wanted.checked)) return;
    const key = event.key.toLowerCase();
    if (key === "j") press("next");
    else if (key === "k") press("previous");
    else if (key === "a") press("approve");
    else if (key === "r" && reason) { event.preventDefault(); reason.focus(); }
  });
  const current = review.querySelector(".review-list [aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
}
