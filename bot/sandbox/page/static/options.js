// What can be done with a message: a menu at the message, and gestures for the commonest.

import { $, coloured, el } from "./dom.js";
import { say } from "./words.js";

const OFFERED = ["👍", "❤", "🔥", "🎉", "🏆", "🤔", "👀", "👎"]; // the first ones; Telegram lists 73
const SWIPE_PX = 64; // our own: a sixth of the narrowest screen, further than a thumb slips while it scrolls
const PRESS_MS = 500; // as iOS has it (UILongPressGestureRecognizer, minimumPressDuration)

let open = null;

/** Open the menu for `message` at its line. `hands` does what is chosen. */
export function options(message, line, hands) {
  const mine = message.reactions?.find(({ side }) => side === "person")?.emoji;
  const faces = OFFERED.map((emoji) => face(emoji, emoji === mine, () => hands.react(message, emoji === mine ? "" : emoji)));
  const items = [item("reply", () => hands.reply(message))];
  if (hands.mayEdit(message)) items.push(item("edit", () => hands.edit(message)));
  if (message.text) items.push(item("copy", () => hands.copy(message.text)));
  items.push(item("forwardThis", () => hands.forward(message)));
  const group = el("div", { className: "faces", role: "group" }, ...faces);
  popUp([group, ...items], line.querySelector(".bubble"), message.side, () => hands.focus(message.n));
  items[0].focus();
}

/** Open the menu of the Send button. `forward` sends what was typed as somebody else's words. */
export function sendOptions(button, forward) {
  const forwarding = item("sendForward", forward);
  popUp([forwarding], button, "person", () => button.focus());
  forwarding.focus();
}

function popUp(children, beside, side, back) {
  open?.hidePopover();
  const menu = el("div", { className: "options", role: "menu", popover: "auto", "aria-label": say("options") }, ...children);
  $("phone").append(menu);
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    menu.remove();
    if (!document.activeElement || document.activeElement === document.body) back();
  });
  menu.onkeydown = (event) => walk(event, menu);
  menu.showPopover();
  place(menu, beside.getBoundingClientRect(), side);
  open = menu;
}

/** Double click, swipe, long press and right click on the lines of `log`. `find` gives the message
 * of a line. */
export function gestures(log, find, hands) {
  const target = (event) => event.target.closest(".line[data-n]");
  const busy = (event) => event.target.closest("a, button, .wave, blockquote");
  log.ondblclick = (event) => {
    const line = target(event);
    if (!line || busy(event)) return;
    getSelection()?.removeAllRanges();
    hands.reply(find(line));
  };
  log.oncontextmenu = (event) => {
    const line = target(event);
    if (!line || event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    options(find(line), line, hands);
  };
  let touch = null;
  const still = () => (clearTimeout(touch?.timer), (touch = null));
  log.addEventListener("pointerdown", (event) => {
    const line = target(event);
    if (!line || event.pointerType === "mouse" || busy(event)) return;
    const timer = setTimeout(() => (still(), options(find(line), line, hands)), PRESS_MS);
    touch = { line, x: event.clientX, y: event.clientY, timer };
  });
  log.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!touch) return;
    const by = touch.x - clientX;
    if (Math.abs(clientY - touch.y) > 24) return release(touch.line), still();
    if (Math.abs(by) > 8) clearTimeout(touch.timer);
    touch.line.style.translate = `${-Math.max(0, Math.min(by, SWIPE_PX + 16))}px`;
  });
  const lift = ({ clientX, type }) => {
    if (!touch) return;
    const { line, x } = touch;
    still();
    release(line);
    if (type === "pointerup" && x - clientX > SWIPE_PX) hands.reply(find(line));
  };
  log.addEventListener("pointerup", lift);
  log.addEventListener("pointercancel", lift);
}

const release = (line) => (line.style.translate = "");

function face(emoji, chosen, act) {
  const label = say(chosen ? "takeBack" : "react", { emoji });
  const button = el("button", { type: "button", role: "menuitem", className: chosen ? "face chosen" : "face", textContent: coloured(emoji) });
  button.setAttribute("aria-label", label);
  button.onclick = () => (open?.hidePopover(), act());
  return button;
}

function item(name, act) {
  const button = el("button", { type: "button", role: "menuitem", textContent: say(name) });
  button.onclick = () => (open?.hidePopover(), act());
  return button;
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Tab") return open?.hidePopover();
  if (!move) return;
  event.preventDefault();
  items.at((at + move + items.length) % items.length).focus();
}

function place(menu, bubble, side) {
  const { width, height } = menu.getBoundingClientRect();
  const edge = $("phone").getBoundingClientRect();
  const x = side === "person" ? bubble.right - width : bubble.left;
  const below = bubble.bottom + 6 + height < innerHeight;
  const y = below ? bubble.bottom + 6 : Math.max(edge.top + 8, Math.min(bubble.top, innerHeight) - height - 6);
  menu.style.left = `${Math.max(edge.left + 8, Math.min(x, edge.right - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
}
