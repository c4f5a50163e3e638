// [data-copy="#id"]: the text of a box to the clipboard.
import { all, onPart } from "./page.js";

onPart((root) => {
  for (const button of all(root, "[data-copy]")) {
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
  }
});
