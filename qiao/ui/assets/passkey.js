// form[data-passkey=make|show]: asks the device for a passkey by data-passkey-options, puts what it says into "answer", and sends the form.
import { onEach } from "./page.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const letters = (held) =>
  btoa(String.fromCharCode(...new Uint8Array(held)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const named = (known) => known?.map((one) => ({ ...one, id: bytes(one.id) }));

async function ask(form) {
  const options = JSON.parse(form.dataset.passkeyOptions);
  options.challenge = bytes(options.challenge);
  if (form.dataset.passkey === "make") {
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = named(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = named(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function written(passkey) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (passkey.response[part]) response[part] = letters(passkey.response[part]);
  }
  return JSON.stringify({ id: passkey.id, rawId: letters(passkey.rawId), type: passkey.type, response, clientExtensionResults: {} });
}

function start(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  form.parentElement.querySelector("[data-passkey-missing]")?.remove();
  // Before submit.js hears of it: the form is sent only once the device has answered.
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      form.elements.answer.value = written(await ask(form));
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}

onEach("form[data-passkey]", start);
