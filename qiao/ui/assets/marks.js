// Tables of marks: 1 chooses the first mark of the row, 2 the second, and goes on to the next row.
const row = (target) => target.closest?.("table[data-marks] tbody tr") ?? document.querySelector("table[data-marks] [data-at]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.target.matches?.("input, textarea, select") && !event.target.matches("[type=radio]"))) return;
  const here = row(event.target);
  const mark = here?.querySelectorAll("[type=radio]")[{ 1: 0, 2: 1 }[event.key]];
  if (!mark) return;
  event.preventDefault();
  mark.checked = true;
  mark.dispatchEvent(new Event("change", { bubbles: true }));
  here.removeAttribute("data-at");
  const next = here.nextElementSibling ?? here;
  next.setAttribute("data-at", "");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a, button")?.focus({ preventScroll: true });
});
