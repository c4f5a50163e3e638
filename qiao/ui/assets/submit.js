// A form is sent once: while it is under way its button says so and does not send it again.
const under = new WeakSet();

function rest(form) {
  under.delete(form);
  for (const button of form.querySelectorAll("[aria-busy=true]")) {
    button.removeAttribute("aria-busy");
    if (button.dataset.word) button.innerHTML = button.dataset.word;
    delete button.dataset.word;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (under.has(form)) {
    event.preventDefault();
    return;
  }
  under.add(form);
  const button = event.submitter;
  if (!button?.classList.contains("btn")) return;
  setTimeout(() => {
    button.setAttribute("aria-busy", "true");
    button.dataset.word = button.innerHTML;
    button.textContent = button.dataset.busy || document.body.dataset.busyWord;
  });
});

// Back in the browser's history, after a download, or answered by htmx: it can be sent anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(rest);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) rest(form);
});
