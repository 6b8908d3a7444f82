// <form data-autosave="URL" data-saving="…" data-saved="…" data-failed="…"> saves itself a moment
// after the last keystroke and tells in its [data-autosave-status] element how that went.
import { markSaved, markUnsaved } from "./unsaved.js";

const PAUSE = 800;

export function watchAutosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = null;
  let version = 0;
  let saving = Promise.resolve();

  function tell(text, failed = false) {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("saved--failed", failed);
  }

  async function save() {
    const sent = version;
    tell(form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      if (sent === version) {
        markSaved(form);
        tell(form.dataset.saved);
      }
    } catch {
      tell(form.dataset.failed, true);
      timer = setTimeout(queue, 5000);
    }
  }

  // One request at a time, so that an older text never overwrites a newer one.
  function queue() {
    saving = saving.then(save);
  }

  form.addEventListener("input", () => {
    version += 1;
    markUnsaved(form);
    clearTimeout(timer);
    timer = setTimeout(queue, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    markSaved(form);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      queue();
    }
  });
}
