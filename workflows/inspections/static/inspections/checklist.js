// Answers that do not reach the server stay on the device and go when there is a connection again.
// Without this script every item is a plain form; nothing here is needed to answer.

const list = document.querySelector("[data-checklist]");
// Several people may use one device: each sends only what is his.
const STORE = `atestat:waiting:${list?.dataset.person}:${location.pathname}`;
const AGAIN_AFTER = 15_000;
const files = new Map(); // files chosen for an item; a device's storage cannot hold them

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
};

const write = (waiting) => {
  try {
    if (Object.keys(waiting).length) localStorage.setItem(STORE, JSON.stringify(waiting));
    else localStorage.removeItem(STORE);
  } catch {
    // a device without room: the page itself still holds what was typed
  }
};

const itemOf = (form) => form?.dataset?.item;
const formOf = (item) => document.getElementById(`item-${item}`);

// What is sent for an item, kept until the server has said that it is stored.
const keep = (form, values) => {
  const waiting = read();
  const chosen = values.getAll("photo").filter((file) => file.size);
  const texts = [...values.entries()].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  files.set(itemOf(form), chosen);
  waiting[itemOf(form)] = { url: form.getAttribute("action"), texts, at: Date.now() };
  write(waiting);
};

const forget = (item) => {
  const waiting = read();
  delete waiting[item];
  files.delete(item);
  write(waiting);
};

// How many wait is said in the head, whichever answer has just replaced it.
const tell = () => {
  const waiting = Object.keys(read());
  for (const item of waiting) formOf(item)?.classList.add("at-waits");
  const badge = document.querySelector("[data-to-send]");
  if (badge) {
    badge.classList.toggle("at-waiting", waiting.length > 0);
    badge.querySelector("[data-waiting]").toggleAttribute("hidden", !waiting.length);
    badge.querySelector("[data-all-sent]").toggleAttribute("hidden", waiting.length > 0);
    badge.querySelector("[data-words]").textContent = waiting.length
      ? badge.dataset.toSend.replace("{n}", waiting.length)
      : badge.dataset.sent;
  }
  const elsewhere = waiting.filter((item) => !formOf(item)).length;
  const line = document.querySelector("[data-waiting-elsewhere]");
  if (line) {
    line.hidden = !elsewhere;
    line.textContent = line.dataset.waitingElsewhere.replace("{n}", elsewhere);
  }
};

// Show again what was typed, after a reload without a connection.
const restore = () => {
  for (const [item, sent] of Object.entries(read())) {
    const form = formOf(item);
    if (!form) continue;
    for (const [name, value] of sent.texts) {
      const field = form.elements.namedItem(name);
      if (name === "key" || (name !== "version" && field?.tagName === "TEXTAREA")) field.value = value;
      for (const button of form.querySelectorAll(`button[name="${CSS.escape(name)}"]`)) {
        const chosen = button.value === value;
        button.classList.toggle("at-chosen", chosen);
        button.setAttribute("aria-pressed", String(chosen));
      }
    }
    const folded = form.querySelector("textarea[name=fact]")?.closest("details");
    if (folded && form.elements.namedItem("fact").value) folded.open = true;
  }
};

let sending = false;

const sendAll = async () => {
  if (sending || !navigator.onLine) return;
  sending = true;
  try {
    for (const [item, sent] of Object.entries(read())) {
      if (formOf(item)?.classList.contains("htmx-request")) continue;
      if (!(await sendOne(item, sent))) break;
    }
  } finally {
    sending = false;
    tell();
  }
};

const sendOne = async (item, sent) => {
  const body = new FormData();
  for (const [name, value] of sent.texts) body.append(name, value);
  for (const file of files.get(item) ?? []) body.append("photo", file);
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  let answer;
  try {
    answer = await fetch(sent.url, { method: "POST", body, headers, redirect: "error" });
  } catch {
    return false;
  }
  if (!answer.ok && ![409, 422].includes(answer.status)) return false;
  const html = await answer.text();
  if (answer.ok) forget(item);
  show(item, html, answer.ok);
  return true;
};

// The item as the server sees it now, in place of the one on the page; the head and the foot with it.
const show = (item, html, stored) => {
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["checklist-head", "checklist-foot", `item-${item}`]) {
    const now = made.getElementById(id);
    const before = document.getElementById(id);
    if (!now || !before) continue;
    now.removeAttribute("hx-swap-oob");
    before.replaceWith(document.adoptNode(now));
    window.htmx?.process(now);
  }
  if (!stored && formOf(item)) forget(item); // what was sent stands in the item beside what others said
  tell();
};

// The server took the answer or said why not; a page for signing in, or none at all, is no answer.
const isAnswered = ({ xhr, requestConfig }) => {
  const elsewhere = xhr.responseURL && new URL(xhr.responseURL).pathname !== requestConfig.path;
  return xhr.status > 0 && xhr.status < 500 && ![403, 429].includes(xhr.status) && !elsewhere;
};

if (list) {
  const typed = new WeakMap(); // what a text field held when it was sent

  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.target.closest?.(".at-question");
    if (!form) return;
    keep(form, event.detail.formData);
    typed.set(form, form.elements.namedItem("fact")?.value);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt; // the item itself may have been replaced by now
    if (!itemOf(form)) return;
    if (isAnswered(event.detail)) forget(itemOf(form));
    tell();
  });

  // Words typed while an answer was under way are not lost with the item that is replaced.
  let goingOn = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.target.closest?.(".at-question");
    if (form && !isAnswered(event.detail)) {
      event.detail.shouldSwap = false;
      for (const line of document.querySelectorAll("[data-not-sent]")) line.hidden = false;
      return;
    }
    const field = form?.elements?.namedItem("fact");
    goingOn = form && field && field.value !== typed.get(form) ? { item: itemOf(form), text: field.value } : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const field = goingOn && formOf(goingOn.item)?.elements.namedItem("fact");
    if (field) field.value = goingOn.text;
    goingOn = null;
    tell();
  });
  document.addEventListener("htmx:oobAfterSwap", tell);

  // A text saves itself when its item is left, a photo when it is chosen.
  const isChanged = (form) =>
    [...form.querySelectorAll("textarea, input:not([type=hidden], [type=file])")].some((f) => f.value !== f.defaultValue);
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.(".at-question");
    if (!form || form.contains(event.relatedTarget)) return;
    setTimeout(() => {
      if (form.isConnected && !form.contains(document.activeElement) && isChanged(form)) form.requestSubmit();
    }, 200);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".at-question input[type=file]")) event.target.form.requestSubmit();
  });

  restore();
  tell();
  sendAll();
  window.addEventListener("online", sendAll);
  setInterval(sendAll, AGAIN_AFTER);
}
