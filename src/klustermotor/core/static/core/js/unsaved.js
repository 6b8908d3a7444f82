// Leaving a page with unsaved changes asks first.
const unsaved = new Set();

export function markUnsaved(form) {
  unsaved.add(form);
}

export function markSaved(form) {
  unsaved.delete(form);
}

export function watchUnsaved(form) {
  form.addEventListener("input", () => markUnsaved(form));
  form.addEventListener("submit", () => markSaved(form));
}

window.addEventListener("beforeunload", (event) => {
  for (const form of unsaved) {
    if (form.isConnected) {
      event.preventDefault();
      return;
    }
  }
});
