// [data-counter=id]: how many characters are left, in words; counted as the server counts, line breaks twice.
import { onEach } from "./page.js";

const LATE = 0.4;

function length(text) {
  return [...text.replace(/\r?\n/g, "\r\n")].length;
}

onEach("[data-counter]", (counter) => {
  const control = document.getElementById(counter.dataset.counter);
  const limit = Number(control?.dataset.limit);
  if (!limit) return;
  const spoken = document.createElement("span");
  spoken.className = "sr-only";
  spoken.setAttribute("aria-live", "polite");
  counter.after(spoken);
  let timer = 0;
  const show = () => {
    const left = limit - length(control.value);
    counter.textContent = (left < 0 ? counter.dataset.tooLong : counter.dataset.left).replace("{n}", Math.abs(left));
    counter.toggleAttribute("data-over", left < 0);
    counter.hidden = "late" in counter.dataset && left > limit * LATE;
    clearTimeout(timer);
    if (left < limit / 10) timer = setTimeout(() => (spoken.textContent = counter.textContent), 1000);
  };
  control.addEventListener("input", show);
  control.form?.addEventListener("reset", () => setTimeout(show));
  if (control.value) show();
});
