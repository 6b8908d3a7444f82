// What every page does with JavaScript; each page works without it.
import { watchAutosave } from "./autosave.js";
import { watchSuggestions } from "./suggest.js";
import { watchUnsaved } from "./unsaved.js";

document.documentElement.classList.add("js");

function start(root) {
  root.querySelectorAll("form[data-autosave]").forEach(watchAutosave);
  root.querySelectorAll("form[data-unsaved]").forEach(watchUnsaved);
  root.querySelectorAll("form[data-suggest]").forEach(watchSuggestions);
  root.querySelector("[data-focus]")?.focus();
}

function showCurrent(row) {
  // On a phone the tabs and the places scroll sideways: the current one is brought into view.
  const current = row.querySelector("[aria-current]");
  if (current && row.scrollWidth > row.clientWidth) {
    row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.querySelector('[data-shortcut="/"]');
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
});

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  event.target.closest("[data-close]")?.closest(".toast").remove();
});

document.addEventListener("change", (event) => {
  // A filter acts when it is chosen; the button beside it serves those without JavaScript.
  if (event.target.matches("form[data-submit-on-change] select, form[data-submit-on-change] [type=checkbox]")) {
    event.target.form.requestSubmit();
  }
});

document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target);
});

start(document);
document.querySelectorAll(".tabs, .places").forEach(showCurrent);
