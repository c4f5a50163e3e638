// [data-copy="#id"]: the text of a box to the clipboard.
import { onEach } from "./page.js";

onEach("[data-copy]", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const box = document.querySelector(button.dataset.copy);
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      document.execCommand("copy");
    }
    const state = button.closest(".q-field").querySelector("[data-copy-state]");
    if (state) state.textContent = button.dataset.said;
  });
});
