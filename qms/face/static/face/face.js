// Small helps that no page depends on: a fold closes when one clicks beside it or presses Escape.
"use strict";

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
