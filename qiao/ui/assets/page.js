// What the behaviours share: run on a part of the page when it arrives, the CSRF token, a spoken message.
export function onPart(work) {
  work(document);
  document.addEventListener("htmx:load", (event) => work(event.detail.elt));
}

export function all(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...found] : found;
}

export function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function say(text) {
  const place = document.querySelector("[data-messages]");
  if (!place) return;
  const line = document.createElement("p");
  line.className = "q-notice q-tone-bad";
  line.textContent = text;
  place.replaceChildren(line);
  place.scrollIntoView({ block: "nearest" });
}

// The sentence with which the server refused, from its JSON or its page.
export async function reasonOf(response, body) {
  const text = body ?? (await response.text());
  try {
    const said = JSON.parse(text);
    return said.detail || said.reason || "";
  } catch {
    const page = new DOMParser().parseFromString(text, "text/html");
    return (page.querySelector("[data-reason]") ?? page.querySelector("[data-summary] li"))?.textContent.trim() ?? "";
  }
}
