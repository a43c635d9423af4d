// Small helps that no page depends on.
"use strict";

// A strip of words that is too long for the screen begins at the word where one is.
for (const strip of document.querySelectorAll(".at-menu ul, .at-tabs ul, .at-sections ul")) {
  const here = strip.querySelector("[aria-current]");
  if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 16;
}

// A fold closes when one clicks beside it or presses Escape.

const openFolds = () => document.querySelectorAll("details.at-fold[open]");

document.addEventListener("click", (event) => {
  for (const fold of openFolds()) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const fold of openFolds()) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

// An answer that did not reach the server is said, not lost in silence.
const notSent = (shown) => {
  for (const line of document.querySelectorAll("[data-not-sent]")) line.hidden = !shown;
};
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, () => notSent(true));
}
document.addEventListener("htmx:afterSwap", () => notSent(false));
