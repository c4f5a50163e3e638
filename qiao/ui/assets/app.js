// Everything here is a help on top of pages that work without it.
import "./htmx.js";
import "./dialog.js";
import "./drop.js";
import "./submit.js";
import "./guard.js";
import "./autosave.js";
import "./counter.js";
import "./upload.js";
import "./copy.js";
import "./passkey.js";
import "./focus.js";
import "./idle.js";
import "./keyboard.js";
import "./marks.js";
