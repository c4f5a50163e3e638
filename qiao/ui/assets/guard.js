// form[data-guard]: the browser asks before a page with unsaved changes is left.
import { onEach } from "./page.js";
import { touched } from "./typed.js";

const began = new WeakMap();
const leaving = new WeakSet();

function state(form) {
  const held = [];
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken") held.push([name, value instanceof File ? `${value.name} ${value.size}` : value]);
  }
  return JSON.stringify(held);
}

onEach("form[data-guard]", (form) => began.set(form, form.querySelector("[data-summary]") || touched(form) ? "" : state(form)));

document.addEventListener("qiao:saved", (event) => began.set(event.target, state(event.target)));
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) leaving.add(event.target);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-guard]").forEach((form) => leaving.delete(form)));

addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    if (began.has(form) && !leaving.has(form) && state(form) !== began.get(form)) {
      event.preventDefault();
      event.returnValue = document.body.dataset.leaveWord;
      return;
    }
  }
});
