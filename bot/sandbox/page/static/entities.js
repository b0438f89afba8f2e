// A text and its entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do.

import { el, icon } from "./dom.js";
import { say } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};
const BLOCK = /^(expandable_)?blockquote$|^pre$/;
const folds = new ResizeObserver((seen) => {
  for (const { target } of seen) fit(target);
});
const LINK = /^(https?|tg|mailto|tel):/i;

/** The nodes of `text`. `hands.say(command)` is called when a command is pressed; `opened` is a Set
 * that remembers which folded quotes are open, by their place. */
export function formatted(text, entities = [], hands, opened = new Set()) {
  const known = entities.map((one) => ({ ...one, to: one.offset + one.length }));
  return pieces(text, 0, text.length, known, { hands, opened });
}

function pieces(text, from, to, entities, about) {
  const nodes = [];
  const left = entities.filter((one) => one.to > from && one.offset < to);
  left.sort((a, b) => a.offset - b.offset || b.to - a.to);
  let at = from;
  while (left.length) {
    const outer = left.shift();
    const start = Math.max(outer.offset, at);
    const end = Math.min(outer.to, to);
    if (start >= end) continue;
    nodes.push(text.slice(at, start));
    const inner = left.filter((one) => one.offset < end);
    for (const one of inner) if (one.to <= end) left.splice(left.indexOf(one), 1);
    nodes.push(wrapped(outer, text, start, end, inner, about));
    at = end;
    if (BLOCK.test(outer.type) && text[at] === "\n") at++; // a block ends its line by itself
    left.sort((a, b) => Math.max(a.offset, at) - Math.max(b.offset, at) || b.to - a.to);
  }
  nodes.push(text.slice(at, to));
  return nodes.filter((node) => node !== "");
}

function wrapped(entity, text, start, end, inner, about) {
  const said = text.slice(start, end);
  const children = entity.type === "bot_command" ? [] : pieces(text, start, end, inner, about);
  switch (entity.type) {
    case "expandable_blockquote":
      return folded(children, start, about.opened);
    case "text_link":
      return LINK.test(entity.url) ? link(entity.url, children) : el("span", {}, ...children);
    case "url":
      return link(LINK.test(said) ? said : `https://${said}`, children);
    case "spoiler":
      return spoiler(children);
    case "bot_command":
      return command(said, about.hands);
    default:
      return el(TAGS[entity.type] ?? "span", {}, ...children);
  }
}

function command(words, hands) {
  return el("button", { type: "button", className: "inline", textContent: words, onclick: () => hands.say(words) });
}

function link(url, children) {
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler(children) {
  const hidden = el("span", {}, ...children);
  const cover = el("button", { type: "button", className: "spoiler", "aria-label": say("spoiler") }, hidden);
  cover.onclick = () => cover.replaceWith(hidden);
  return cover;
}

function folded(children, place, opened) {
  const words = el("div", { className: "inner" }, ...children);
  const handle = el("button", { type: "button", className: "unfold" }, icon("m6 9 6 6 6-6"));
  const quote = el("blockquote", { className: "fold" }, words, handle);
  const show = (open) => {
    quote.classList.toggle("open", open);
    handle.setAttribute("aria-expanded", String(open));
    handle.setAttribute("aria-label", say(open ? "showLess" : "showAll"));
    if (open) opened.add(place);
    else opened.delete(place);
  };
  quote.onclick = (event) => {
    if (handle.hidden || event.target.closest("a, .inline, .spoiler") || String(getSelection())) return;
    show(!opened.has(place));
  };
  show(opened.has(place));
  folds.observe(words);
  return quote;
}

/** Where everything can be seen already, there is nothing to unfold. */
function fit(words) {
  const open = words.parentElement.matches(".open");
  words.nextElementSibling.hidden = !open && words.scrollHeight <= words.clientHeight;
}
