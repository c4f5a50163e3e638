// #q-idle: asks, a while before the session ends because nothing is done, whether somebody is still there. All tabs share one moment.
import { onEach } from "./page.js";

const KEY = "qiao:session-ends";
const PATIENCE = 10_000;

function start(dialog) {
  const { before, lasts, stay } = dialog.dataset;
  const warning = dialog.querySelector("[data-idle-warning]");
  const over = dialog.querySelector("[data-idle-over]");
  const words = warning.textContent;
  const now = () => Date.now() / 1000;
  let ends = 0;
  let timer = 0;

  const lastsUntil = (moment, tell) => {
    ends = moment;
    try {
      if (tell) localStorage.setItem(KEY, ends);
    } catch {
      /* not allowed: each tab asks for itself */
    }
    look();
  };
  const show = (isOver) => {
    const time = new Date(ends * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    warning.textContent = words.replace("{time}", time);
    for (const [part, shown] of [[dialog.querySelectorAll("[data-idle-before]"), !isOver], [dialog.querySelectorAll("[data-idle-after]"), isOver]]) {
      part.forEach((one) => (one.hidden = !shown));
    }
    dialog.setAttribute("aria-describedby", (isOver ? over : warning).id);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector(isOver ? "[data-idle-after] a, a[data-idle-after]" : "[data-idle-stay]").focus();
  };
  // Timers stop while a computer sleeps: the clock is looked at again after each.
  const look = () => {
    clearTimeout(timer);
    const left = ends - now();
    if (left > before) {
      if (dialog.open) dialog.close();
      timer = setTimeout(look, (left - before) * 1000);
    } else {
      show(left <= 0);
      if (left > 0) timer = setTimeout(look, left * 1000);
    }
  };
  const here = () => lastsUntil(now() + Number(lasts), true);

  // Whoever has signed in again elsewhere can send what stands on this page: its forms get the new session's token.
  async function renew() {
    try {
      const response = await fetch(stay, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
      if (response.redirected || !response.ok) return lastsUntil(now(), false);
      const { token } = await response.json();
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
      here();
    } catch {
      /* no connection: the button can be pressed again */
    }
  }

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-idle-stay]")) renew();
  });
  // Closing it by Escape says that somebody is there.
  dialog.addEventListener("cancel", () => ends > now() && renew());
  addEventListener("storage", (event) => {
    if (event.key !== KEY || !event.newValue) return;
    if (ends <= now()) renew();
    else lastsUntil(Number(event.newValue), false);
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  document.addEventListener("qiao:saved", here);
  document.addEventListener("htmx:afterOnLoad", here);
  here();
}

onEach("#q-idle", start);
