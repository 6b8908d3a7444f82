// Suggestions under the search box: arrows choose, Enter opens, Escape closes. htmx fetches them.
export function watchSuggestions(form) {
  const box = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[data-suggest-status]");
  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(option) {
    options().forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  list.addEventListener("htmx:afterSwap", () => {
    show(box.value.trim() !== "" && options().length > 0 && document.activeElement === box);
    status.textContent = list.querySelector("[data-told]")?.dataset.told ?? "";
  });

  box.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!all.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = all.indexOf(chosen());
      // One place before the first and after the last is the box itself.
      const next = (at + step + 1 + all.length + 1) % (all.length + 1) - 1;
      show(true);
      choose(next < 0 ? null : all[next]);
    } else if (event.key === "Enter" && !list.hidden && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  });

  // A press on a suggestion must not take the focus, or the list would close before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("blur", () => show(false));
  box.addEventListener("focus", () => show(box.value.trim() !== "" && options().length > 0));
}
