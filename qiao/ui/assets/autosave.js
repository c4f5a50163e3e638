// form[data-autosave=address] saves itself after a pause and when a field is left; what cannot be sent stays on this device.
// The answer may be JSON: {"fields": {"version": 3}, "autosave": "/…", "action": "/…", "page": "/…"} for a draft that has just been made.
import { onEach, reasonOf } from "./page.js";
import { restore, touched, typed } from "./typed.js";

const PAUSE = 1500;
const PATIENCE = 10_000;
function start(form) {
  let key = `qiao:draft:${form.dataset.autosaveKey}`;
  const state = form.querySelector("[data-autosave-state]");
  const words = state?.dataset ?? {};
  const early = touched(form);
  let last = early ? "" : typed(form);
  let timer = early ? setTimeout(save, PAUSE) : 0;
  let running = null;
  let sent = false;
  let waiting = false;

  const say = (text, tone = "") => {
    if (!state) return;
    state.textContent = text;
    state.dataset.tone = tone;
  };
  const fail = (reason) => {
    say((words.failed ?? "{reason}").replace("{reason}", reason), "bad");
    try {
      localStorage.setItem(key, typed(form));
    } catch {
      /* no room or not allowed: the page still holds the text */
    }
  };
  const take = (answer) => {
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      if (form.elements[name]?.type === "hidden") form.elements[name].value = value;
    }
    if (answer.autosave) {
      localStorage.removeItem(key);
      key = `qiao:draft:${answer.autosave}`;
      form.dataset.autosave = answer.autosave;
    }
    if (answer.action) form.action = answer.action;
    if (answer.page) history.replaceState(null, "", answer.page);
  };

  function save() {
    clearTimeout(timer);
    if (sent || running || typed(form) === last) return;
    running = keep().finally(() => (running = null));
  }

  async function keep() {
    const sending = typed(form);
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    say(words.saving ?? "");
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!response.ok || response.redirected) {
        fail((response.ok ? "" : await reasonOf(response)) || words.refused);
      } else {
        const same = sending === typed(form);
        if (response.headers.get("Content-Type")?.includes("json")) take(await response.json());
        last = same ? typed(form) : sending;
        if (!same) timer = setTimeout(save, PAUSE);
        localStorage.removeItem(key);
        const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
        say((words.saved ?? "{time}").replace("{time}", time));
        if (same) form.dispatchEvent(new CustomEvent("qiao:saved", { bubbles: true }));
      }
    } catch {
      fail(words.offline ?? "");
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("focusout", save);
  // What is just being kept may give the form a new address and version: sending waits for it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running) {
      sent = true;
      return;
    }
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    running.then(() => {
      waiting = false;
      form.requestSubmit(event.submitter);
    });
  });
  addEventListener("online", save);
  addEventListener("pageshow", () => (sent = false));

  const offer = form.querySelector("[data-autosave-offer]");
  const kept = localStorage.getItem(key);
  if (!offer || !kept || kept === last) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    if (event.target.closest("[data-autosave-restore]")) {
      restore(form, JSON.parse(kept));
      save();
    } else if (!event.target.closest("[data-autosave-drop]")) return;
    localStorage.removeItem(key);
    offer.hidden = true;
  });
}

onEach("form[data-autosave]", start);
