// The page of an import or export. It works without this file: then it loads itself anew every few seconds.
"use strict";

{
const watched = document.querySelector("[data-progress]");
if (watched) {
  const bar = watched.querySelector("progress");
  const told = watched.querySelector("[data-told]");
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(watched.dataset.progress, { cache: "no-store" });
      if (!answer.ok) return;
      const state = await answer.json();
      if (state.mark !== watched.dataset.mark) return location.reload();
      bar.value = state.percent;
      told.textContent = state.told;
    } catch { /* the page stays as it is */ }
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}
}
