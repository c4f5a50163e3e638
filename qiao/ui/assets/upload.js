// [data-upload]: size and kind of a file are looked at before it is sent.
function inUnits(bytes) {
  const [unit, least] = bytes >= 1048576 ? ["MB", 1048576] : bytes >= 1024 ? ["KB", 1024] : ["B", 1];
  return `${Math.round((bytes / least) * 10) / 10} ${unit}`;
}

function accepted(file, accept) {
  const kinds = accept.toLowerCase().split(",").map((kind) => kind.trim()).filter(Boolean);
  const name = file.name.toLowerCase();
  return !kinds.length || kinds.some((kind) =>
    kind.startsWith(".") ? name.endsWith(kind) : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind);
}

document.addEventListener("change", (event) => {
  const box = event.target.type === "file" && event.target.closest("[data-upload]");
  if (!box) return;
  const { limit, tooLarge, wrongKind, chosen } = box.dataset;
  const state = box.querySelector("[data-upload-state]");
  const wrong = [];
  for (const file of event.target.files) {
    if (!accepted(file, event.target.accept)) wrong.push(wrongKind.replace("{name}", file.name));
    else if (Number(limit) && file.size > Number(limit)) {
      wrong.push(tooLarge.replace("{name}", file.name).replace("{size}", inUnits(file.size)).replace("{limit}", inUnits(Number(limit))));
    }
  }
  const names = [...event.target.files].map((file) => `${file.name} (${inUnits(file.size)})`).join(", ");
  if (wrong.length) event.target.value = "";
  state.dataset.tone = wrong.length ? "bad" : "";
  state.textContent = wrong.length ? wrong.join(" ") : names && chosen.replace("{names}", names);
});
