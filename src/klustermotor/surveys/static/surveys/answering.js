// Answering works without this. With it, each answer is saved as it is given: by the server, or,
// where answers are anonymous, in this browser only.
const PAUSE = 600;
const form = document.getElementById("answers");
const status = document.querySelector("[data-status]");

document.querySelector("[data-focus]")?.focus();
for (const done of document.querySelectorAll("[data-forget]")) {
  localStorage.removeItem(`answers-${done.dataset.forget}`);
}
if (form?.dataset.save) saveOnServer();
if (form?.dataset.keepHere) keepHere(`answers-${form.dataset.keepHere}`);
for (const link of document.querySelectorAll("[data-anonymous]")) goOnFromHere(link);

function tell(text, failed = false) {
  if (!status) return;
  status.textContent = text;
  status.classList.toggle("saved--failed", failed);
}

function saveOnServer() {
  let timer = null;
  let version = 0;
  let queue = Promise.resolve();

  async function save() {
    const sent = version;
    tell(form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.save, {
        method: "POST",
        body: new FormData(form),
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      if (sent === version) tell(form.dataset.saved);
    } catch {
      tell(form.dataset.failed, true);
      timer = setTimeout(next, 5000);
    }
  }

  // One request at a time, so that an older answer never overwrites a newer one.
  function next() {
    timer = null;
    queue = queue.then(save);
  }

  form.addEventListener("input", () => {
    version += 1;
    clearTimeout(timer);
    timer = setTimeout(next, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      next();
    }
  });
}

function keepHere(key) {
  const keep = () => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    localStorage.setItem(key, JSON.stringify({ page: form.action, fields }));
    tell(form.dataset.kept);
  };
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
}

// The answers kept here are sent to the page they belong to, which shows them again.
function goOnFromHere(link) {
  const kept = localStorage.getItem(`answers-${link.dataset.anonymous}`);
  if (!kept) return;
  link.addEventListener("click", (event) => {
    const { page, fields } = JSON.parse(kept);
    if (new URL(page).origin !== location.origin) return;
    event.preventDefault();
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = page;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token], ["go", "show"]]) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      carrier.append(input);
    }
    document.body.append(carrier);
    carrier.submit();
  });
}
