// What the behaviours share: work on each thing once, when it arrives; the CSRF token; a spoken message.
export function onEach(selector, work) {
  const known = new WeakSet();
  const look = (root) => {
    for (const found of [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
      if (known.has(found)) continue;
      known.add(found);
      work(found);
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
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
