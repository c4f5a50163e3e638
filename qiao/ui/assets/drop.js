// Menus made of <details data-drop>: one open at a time; closed by Escape and by a press elsewhere.
const shown = () => [...document.querySelectorAll("details[data-drop][open]")];

document.addEventListener("click", (event) => {
  for (const menu of shown()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const menu of shown()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of shown()) {
    const within = menu.contains(document.activeElement);
    menu.open = false;
    if (within) menu.querySelector("summary").focus();
  }
});
