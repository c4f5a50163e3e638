// What was typed into a form, as text: to keep it on the device and to put it back.
const skipped = new Set(["csrfmiddlewaretoken", "once", "password"]);

export function typed(form) {
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name)));
}

export function restore(form, entries) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "file" || skipped.has(control.name)) continue;
    const given = entries.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = given.includes(option.value);
    else if (given.length) control.value = given[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// Whether something was already typed when the script came: on a slow line, or put back by the browser.
export function touched(form) {
  return [...form.elements].some((control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (control.tagName === "TEXTAREA" || control.tagName === "INPUT") return control.type !== "file" && control.value !== control.defaultValue;
    return false;
  });
}
