// Dialogs: [data-open="#id"] opens, [data-close] closes; focus goes back to what opened it.
function open(dialog) {
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector(".q-dialog-body :is(input:not([type=hidden]), textarea, select)") ?? dialog.querySelector("[data-close]"))?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.querySelector(opener.dataset.open);
  if (dialog?.showModal) {
    event.preventDefault();
    opener.closest("details[data-drop]")?.removeAttribute("open");
    open(dialog);
    return;
  }
  const shown = event.target.closest("dialog[open]");
  if (shown && (event.target === shown || event.target.closest("[data-close]"))) {
    event.preventDefault();
    shown.close();
  }
});

// Links that act as buttons answer to the space bar like buttons.
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
});

// A page reached with #id of a dialog opens it.
const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (asked instanceof HTMLDialogElement) open(asked);
