// htmx: the CSRF token on every request; what went wrong, said in the server's words.
import { reasonOf, say, token } from "./page.js";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:responseError", async (event) => {
  const { responseText } = event.detail.xhr;
  say((await reasonOf(null, responseText)) || document.body.dataset.brokenWord);
});

document.addEventListener("htmx:sendError", () => say(document.body.dataset.brokenWord));
