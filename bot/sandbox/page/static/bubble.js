// One message as a line of the conversation.

import { mark, place } from "./busy.js";
import { coloured, el, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { player } from "./player.js";
import { locale, say } from "./words.js";

const SAVE = "M12 4v11m0 0-5-5m5 5 5-5M5 20h14";
const LINK = "M7 17 17 7M9 7h8v8";
const COPY = "M9 9h10v11H9zM6 15H5V4h10v2";
const opened = new Map(); // the folded quotes that are open, by message

/** The line for `message`. `about` knows who the bot is, the zone, and what hands can do. */
export function bubble(message, about) {
  const line = el("li", { className: `line ${message.side}`, tabIndex: -1 });
  line.dataset.n = message.n;
  const held = message.file ? attachment(message.file, message.text) : null;
  const body = el(
    "article",
    { className: held ? `bubble with-${message.file.kind}` : "bubble" },
    el("span", { className: "unseen", textContent: `${who(message.side, about)}: ` }),
    message.forwarded ? el("p", { className: "forwarded", textContent: say("forwardedFrom", { who: message.forwarded }) }) : null,
    message.reply ? quoted(message.reply, about) : null,
    held,
    words(message, about),
    foot(message, about),
  );
  line.append(body);
  if (message.buttons) line.append(keyboard(message, about));
  return line;
}

/** A streamed draft, before it is a message. */
export function preview({ text, entities }, about) {
  const line = el("li", { className: "line bot preview" });
  const shown = el("div", { className: "words", dir: "auto" }, ...formatted(text, entities, about.hands));
  const dots = el("span", { className: "dots", role: "img", "aria-label": say("preview") }, el("i"), el("i"), el("i"));
  line.append(el("article", { className: "bubble" }, shown, dots));
  return line;
}

export function who(side, about) {
  return side === "person" ? say("you") : about.bot;
}

/** What a message is about, in a few words. */
export function gist({ text, kind, file }) {
  return text || say(kind && kind !== "text" ? kind : (file?.kind ?? "document"));
}

function words(message, about) {
  if (!message.text) return null;
  if (!opened.has(message.n)) opened.set(message.n, new Set());
  const nodes = formatted(message.text, message.entities, about.hands, opened.get(message.n));
  return el("div", { className: "words", dir: "auto" }, ...nodes);
}

function foot(message, about) {
  const at = new Date(message.at * 1000);
  const time = el("time", { dateTime: at.toISOString(), textContent: about.time(at) });
  const edited = message.edited && message.side === "person" ? el("span", { textContent: say("edited") }) : null;
  const stamp = el("span", { className: "stamp" }, edited, time);
  const reactions = (message.reactions ?? []).map((one) => reaction(one, message, about));
  return el("footer", { className: reactions.length ? "reacted" : "" }, ...reactions, stamp);
}

function reaction({ side, emoji }, message, about) {
  const mine = side === "person";
  const label = mine ? say("takeBack", { emoji }) : say("reacted", { who: about.bot, emoji });
  const chip = el(mine ? "button" : "span", { className: `reaction ${side}`, title: label }, coloured(emoji));
  chip.setAttribute("aria-label", label);
  if (mine) {
    chip.type = "button";
    chip.onclick = () => about.hands.react(message, "");
  } else chip.setAttribute("role", "img");
  return chip;
}

function quoted(reply, about) {
  return el(
    "button",
    { type: "button", className: `quoted ${reply.side}`, onclick: () => about.hands.goTo(reply.n) },
    el("strong", { textContent: who(reply.side, about) }),
    el("span", { textContent: gist(reply) }),
  );
}

function attachment(file, caption = "") {
  if (file.kind === "voice") return player(file);
  if (file.kind === "photo") return photo(file, caption);
  const size = bytes(file.bytes);
  return el(
    "a",
    { className: "file", href: file.url, download: file.name, "aria-label": `${say("save", { name: file.name })}, ${size}` },
    el("span", { className: "round" }, icon(SAVE)),
    el("span", { className: "facts" }, el("strong", { textContent: file.name }), el("span", { textContent: size })),
  );
}

// What it is, its caption says first; the rest of that stands below and is not read twice.
function photo(file, caption) {
  const alt = caption.split("\n", 1)[0] || say("photo");
  const image = el("img", { src: file.url, alt, loading: "lazy", decoding: "async" });
  const frame = el("a", { className: "photo", href: file.url, target: "_blank", rel: "noopener" }, image);
  image.onerror = () => frame.replaceWith(attachment({ ...file, kind: "document" }));
  return frame;
}

export function bytes(count) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
  const shown = { style: "unit", unit: units[step], maximumFractionDigits: step > 1 ? 1 : 0, unitDisplay: step ? "short" : "long" };
  return new Intl.NumberFormat(locale(), shown).format(count / 1000 ** step);
}

function keyboard(message, about) {
  const rows = message.buttons.map((row, y) =>
    el("div", { className: "keys" }, ...row.map((button, x) => key(button, message, y, x, about))),
  );
  return el("div", { className: "keyboard" }, ...rows);
}

function key(button, message, row, column, about) {
  if (button.url && /^https?:/i.test(button.url)) {
    return el("a", { className: "key", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text, icon(LINK));
  }
  const pressed = el("button", { type: "button", className: "key" }, button.text, button.copy ? icon(COPY) : null);
  pressed.dataset.key = `${row}.${column}`;
  mark(pressed, (pressed.dataset.place = place(message.n, row, column)));
  pressed.onclick = () => {
    if (button.copy) about.hands.copy(button.copy);
    about.hands.press(message, row, column);
  };
  return pressed;
}
