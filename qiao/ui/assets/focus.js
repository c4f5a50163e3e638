// Where the focus goes: to what is wrong with a form that came back; back to where it was after htmx swapped a part.
import { onEach } from "./page.js";

onEach("[data-summary]", (summary) => {
  if (!summary.closest("[data-show]")) summary.focus();
});

// A link of the summary leads to its control, not only to its place.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-summary] a[href^='#']");
  const control = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  (control.closest(".q-field") ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});

let before = null;
document.addEventListener("htmx:beforeSwap", () => {
  const { id, name, selectionStart } = document.activeElement ?? {};
  before = id || name ? { id, name, selectionStart } : null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!before || (document.activeElement && document.activeElement !== document.body)) return;
  const found = (before.id && document.getElementById(before.id)) || (before.name && document.querySelector(`[name="${CSS.escape(before.name)}"]`));
  found?.focus({ preventScroll: true });
  if (found?.setSelectionRange && before.selectionStart != null) found.setSelectionRange(before.selectionStart, before.selectionStart);
});
