// Small helpers. Whatever a message holds goes into the page as text, never as HTML.

export const $ = (id) => document.getElementById(id);

/** An element with properties (or attributes, where there is a dash or no such property) and children. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line icon from the data of one path. */
export function icon(path, filled = false) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  if (filled) drawing.classList.add("filled");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** Telegram lists ✍ and ❤ without the mark that asks for their coloured shape. */
export function coloured(emoji) {
  return /^\p{Emoji}$/u.test(emoji) && !/^\p{Emoji_Presentation}$/u.test(emoji) ? `${emoji}\uFE0F` : emoji;
}

const toasts = $("toasts");

/** Show a few words for a moment, in place of the last ones. `wrong` stays longer, beside others. */
export function toast(text, wrong = false) {
  const shown = el("p", { className: wrong ? "toast wrong" : "toast", role: wrong ? "alert" : "status" });
  if (!wrong) toasts.querySelector(".toast:not(.wrong)")?.remove();
  toasts.append(shown);
  requestAnimationFrame(() => (shown.textContent = text)); // an empty region first, or nobody is told
  setTimeout(() => shown.remove(), wrong ? 8000 : 2500);
}

const told = $("live");

/** Tell whoever listens instead of looking. */
export function announce(text) {
  const line = el("p", { textContent: text.slice(0, 600) });
  told.append(line);
  setTimeout(() => line.remove(), 20000);
}
