// The list of messages: in order, each redrawn in place when it changes.

import { bubble, gist, preview, who } from "./bubble.js";
import { $, announce, el } from "./dom.js";
import { say, written } from "./words.js";

const log = $("log");
const scroll = $("scroll");
const down = $("down");

const AT_ONCE = 100; // messages: more than a screen holds, and drawn in a few milliseconds
const PAUSE_MS = 16;

export class Conversation {
  messages = new Map();
  #about;
  #lines = new Map();
  #preview = null; // the line of the draft that is being streamed
  #draft = null;
  #fading = 0;
  #unread = 0;
  #older = []; // not drawn yet
  #drawing = 0;

  constructor(about) {
    this.#about = about;
    log.addEventListener("keydown", (event) => this.#walk(event));
    log.addEventListener("focusin", ({ target }) => this.#settle(target.closest(".line")));
    scroll.addEventListener("scroll", () => this.#look(), { passive: true });
    down.onclick = () => this.toNewest();
  }

  /** Begin anew with these messages and, perhaps, a draft that is being streamed. */
  fill(messages, streamed) {
    this.messages = new Map(messages.map((one) => [one.n, one]));
    this.#lines.clear();
    this.#endStream();
    this.#older = [...messages];
    log.replaceChildren();
    this.#drawOlder(AT_ONCE);
    this.#show();
    if (streamed) this.stream(streamed);
    this.#settle(this.#lines.get(this.newest()?.n));
    this.toNewest(true);
    this.#fromItsBeginning(this.newest());
    this.#later();
  }

  /** The newest can be read already; what came before is drawn piece by piece, from the end. */
  #later() {
    clearTimeout(this.#drawing);
    if (this.#older.length) this.#drawing = setTimeout(() => (this.#drawOlder(AT_ONCE), this.#later()), PAUSE_MS);
  }

  #drawOlder(count) {
    const messages = this.#older.splice(-count);
    const before = [this.#older.at(-1), ...messages];
    log.prepend(...messages.flatMap((message, place) => this.#drawn(message, before[place])));
  }

  /** A message that came or changed. */
  put(message) {
    const old = this.#lines.get(message.n);
    const last = this.newest();
    this.messages.set(message.n, message);
    const waiting = this.#older.findIndex(({ n }) => n === message.n);
    if (waiting >= 0) this.#older[waiting] = message;
    else if (old) this.#replace(old, message);
    else this.#append(message, last);
    this.#tell(message, !old && waiting < 0);
    this.#show();
  }

  /** A message that is gone. */
  drop(n) {
    this.messages.delete(n);
    this.#older = this.#older.filter((message) => message.n !== n);
    const line = this.#lines.get(n);
    const { previousElementSibling: before, nextElementSibling: after } = line ?? {};
    if (before?.matches(".date") && !after?.dataset.n) before.remove(); // it was all of its day
    line?.remove();
    this.#lines.delete(n);
    if (line?.tabIndex === 0) this.#settle(this.#lines.get(this.newest()?.n));
    this.#show();
  }

  /** A draft as far as it is written. Without a further frame it goes at `draft.until`. */
  stream(draft) {
    clearTimeout(this.#fading);
    this.#fading = setTimeout(() => this.#endStream(), draft.until * 1000 - this.#about.now());
    this.#draft = draft;
    const line = preview(draft, this.#about);
    reach(line, -1);
    if (this.#preview) this.#preview.replaceWith(line);
    else log.append(line);
    this.#preview = line;
    this.#show();
  }

  #endStream() {
    clearTimeout(this.#fading);
    this.#preview?.remove();
    this.#preview = this.#draft = null;
    this.#show();
  }

  /** Draw everything again: another language, another zone. */
  redraw() {
    this.fill([...this.messages.values()], this.#draft);
  }

  newest(where = () => true) {
    return [...this.messages.values()].findLast(where);
  }

  goTo(n) {
    this.#drawOlder(this.#older.length);
    const line = this.#lines.get(n);
    line?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    line?.classList.add("found");
    setTimeout(() => line?.classList.remove("found"), 1600);
  }

  toNewest(atOnce = false) {
    scroll.scrollTo({ top: 0, behavior: atOnce || calm() ? "instant" : "smooth" });
    this.#unread = 0;
    this.#look();
  }

  focus(n) {
    this.#lines.get(n)?.focus({ preventScroll: true });
  }

  focusNewest() {
    log.querySelector(".line:last-child")?.focus();
  }

  #append(message, last) {
    const made = this.#drawn(message, last);
    const away = isAway();
    if (this.#preview && message.side === "bot") {
      this.#preview.before(...made);
      this.#endStream();
    } else if (this.#preview) this.#preview.before(...made);
    else log.append(...made);
    if (message.side === "person") this.toNewest(true);
    else if (away) this.#unread++;
    else this.#fromItsBeginning(message);
    made.at(-1).classList.add("new"); // it moves as it comes: measured before
    if (!log.contains(document.activeElement)) this.#settle(made.at(-1));
    this.#look();
  }

  /** A letter longer than the screen is read from where it begins. */
  #fromItsBeginning({ n, side } = {}) {
    const line = this.#lines.get(n);
    if (side === "bot" && line.offsetHeight > scroll.clientHeight) line.scrollIntoView({ block: "start", behavior: "instant" });
  }

  #replace(old, message) {
    const line = bubble(message, this.#about);
    const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const focused = old === document.activeElement;
    reach(line, old.tabIndex);
    old.replaceWith(line);
    this.#lines.set(message.n, line);
    if (key) line.querySelector(`[data-key="${key}"]`)?.focus();
    else if (focused) line.focus();
  }

  #drawn(message, last) {
    const line = bubble(message, this.#about);
    reach(line, -1);
    this.#lines.set(message.n, line);
    const day = this.#about.day(new Date(message.at * 1000));
    const same = last && this.#about.day(new Date(last.at * 1000)) === day;
    return same ? [line] : [el("li", { className: "date" }, el("span", { textContent: day })), line];
  }

  #tell(message, fresh) {
    const by = who("bot", this.#about);
    if (message.kind === "reaction" && message.by === "bot") {
      const emoji = message.reactions?.find(({ side }) => side === "bot")?.emoji;
      if (emoji) announce(say("reacted", { who: by, emoji }));
    } else if (message.side === "bot" && fresh) announce(`${by}: ${gist(message)}`);
    else if (message.side === "bot" && message.by === "bot") announce(say("changed", { who: by }));
  }

  #show() {
    $("empty").hidden = log.childElementCount > 0;
  }

  #look() {
    const away = isAway();
    if (!away) this.#unread = 0;
    down.hidden = !away;
    down.dataset.unread = this.#unread || "";
  }

  /** One line and what is in it can be reached by Tab; the arrows lead to the others. */
  #settle(line) {
    if (!line?.dataset.n || line.tabIndex === 0) return;
    for (const other of log.querySelectorAll('.line[tabindex="0"]')) reach(other, -1);
    reach(line, 0);
  }

  #walk(event) {
    const line = event.target.closest(".line");
    if (!line || event.target !== line) return;
    const message = this.messages.get(Number(line.dataset.n));
    const hands = this.#about.hands;
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (move) this.#step(line, move);
    else if (event.key === "Home") this.#first();
    else if (event.key === "End") this.focusNewest();
    else if (event.key === "Enter" || event.key === "ContextMenu") hands.options(message, line);
    else if (event.code === "KeyR" && !event.ctrlKey && !event.metaKey && !event.altKey) hands.reply(message);
    else return;
    event.preventDefault();
  }

  #first() {
    this.#drawOlder(this.#older.length);
    log.querySelector(".line")?.focus();
  }

  #step(line, move) {
    let next = line;
    do next = move < 0 ? next.previousElementSibling : next.nextElementSibling;
    while (next && !next.dataset.n);
    if (next) next.focus();
    else if (move > 0) $("words").focus();
  }
}

/** Counted from the end: the list hangs from its newest line. */
const isAway = () => scroll.scrollTop < -80;

function reach(line, tabIndex) {
  for (const one of [line, ...line.querySelectorAll("a, button")]) one.tabIndex = tabIndex;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** How a day is named between messages. */
export function dayName(date, zone) {
  return written(date, { weekday: "long", day: "numeric", month: "long", timeZone: zone });
}
