// What is typed is kept in the browser until the server has it, so that a lost connection, a
// closed lid or a logged-out session loses nothing.
const key = (form) => `draft:${form.action}:${form.dataset.draft}`;

function watch(form) {
  const box = form.querySelector("textarea");
  const note = form.querySelector("[data-draft-note]");
  const kept = localStorage.getItem(key(form));
  if (kept !== null && kept !== box.value) {
    box.value = kept;
    note.hidden = false;
    // A frame later, so that htmx is listening.
    requestAnimationFrame(() => box.dispatchEvent(new Event("input", { bubbles: true })));
  }
  box.addEventListener("input", () => localStorage.setItem(key(form), box.value));
  form.addEventListener("htmx:afterRequest", (event) => {
    const status = form.querySelector("[data-save-state]");
    if (!status) return;
    if (event.detail.successful) {
      if (status.dataset.saveState === "saved") localStorage.removeItem(key(form));
      return;
    }
    status.textContent = form.dataset.failed;
    status.classList.add("saved--failed");
    setTimeout(() => box.dispatchEvent(new Event("input", { bubbles: true })), 5000);
  });
  form.addEventListener("submit", () => localStorage.removeItem(key(form)));
}

document.querySelectorAll("form[data-draft]").forEach(watch);

document.addEventListener("click", (event) => {
  const theirs = event.target.closest("[data-keep-theirs]");
  if (!theirs) return;
  event.preventDefault();
  localStorage.removeItem(key(theirs.closest("form")));
  location.reload();
});
