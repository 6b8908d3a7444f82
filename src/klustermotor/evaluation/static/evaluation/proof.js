// Faults that the server found are underlined in the box where the text is written, and the
// wording proposed takes their place at the press of a button. The list itself is the server's.

// Where a stretch of `before` stands in `after`; null when it was itself changed.
function moved(range, before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (range.end <= head) return range;
  const shift = after.length - before.length;
  if (range.start >= before.length - tail) return { start: range.start + shift, end: range.end + shift };
  return null;
}

// Typed as by hand, so that the browser's own undo knows of it, and saving follows.
function replace(box, range, words) {
  box.focus();
  box.setSelectionRange(range.start, range.end);
  if (!document.execCommand("insertText", false, words)) {
    box.setRangeText(words, range.start, range.end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.setSelectionRange(range.start, range.start + words.length);
}

function watch(form) {
  const box = form.querySelector("textarea");
  const marks = document.createElement("div");
  marks.className = "writing__marks";
  marks.setAttribute("aria-hidden", "true");
  box.after(marks);
  const used = form.querySelector("[data-wording-used]");
  const summary = form.querySelector("[data-proof-summary]");
  let read = box.defaultValue; // what the server found the faults in
  let sent = read;
  let last = null; // the wording that was replaced last

  const remarks = () => [...form.querySelectorAll("[data-remark]")];
  const range = (remark) =>
    moved({ start: Number(remark.dataset.start), end: Number(remark.dataset.end) }, read, box.value);

  function draw() {
    marks.style.width = `${box.clientWidth + 2}px`;
    marks.style.height = `${box.clientHeight + 2}px`;
    const found = remarks()
      .map((remark) => ({ ...range(remark), severity: remark.dataset.severity }))
      .filter((one) => one.end > one.start)
      .sort((a, b) => a.start - b.start);
    const parts = [];
    let at = 0;
    for (const one of found) {
      if (one.start < at) continue;
      const mark = document.createElement("mark");
      mark.dataset.severity = one.severity;
      mark.textContent = box.value.slice(one.start, one.end);
      parts.push(box.value.slice(at, one.start), mark);
      at = one.end;
    }
    marks.replaceChildren(...parts, `${box.value.slice(at)}\n`);
    marks.scrollTop = box.scrollTop;
  }

  box.addEventListener("input", () => {
    used.hidden = true;
    draw();
  });
  box.addEventListener("scroll", () => {
    marks.scrollTop = box.scrollTop;
  });
  new ResizeObserver(draw).observe(box);

  form.addEventListener("htmx:beforeRequest", () => {
    sent = box.value;
  });
  form.addEventListener("htmx:afterSettle", () => {
    read = sent;
    const said = form.querySelector("[data-proof]")?.dataset.summary ?? "";
    if (summary.textContent !== said) summary.textContent = said;
    draw();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use], [data-find], [data-wording-undo]");
    if (!button) return;
    event.preventDefault();
    if (button.matches("[data-wording-undo]")) {
      replace(box, { start: last.start, end: last.start + last.words.length }, last.before);
      return;
    }
    const remark = button.closest("[data-remark]");
    const place = range(remark);
    if (place === null) {
      box.focus();
    } else if (button.matches("[data-find]")) {
      box.focus();
      box.setSelectionRange(place.start, place.end);
    } else {
      const words = remark.dataset.wording;
      last = { start: place.start, words, before: box.value.slice(place.start, place.end) };
      replace(box, place, words);
      used.hidden = false;
    }
  });
  draw();
}

document.querySelectorAll("form[data-draft]").forEach(watch);
