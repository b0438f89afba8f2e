// Where a person writes: text, replies, edits, commands, files.

import { gist, who } from "./bubble.js";
import { $, el } from "./dom.js";
import { Held } from "./held.js";
import { sendOptions } from "./options.js";
import { say } from "./words.js";

const KEPT = "goldpan.draft";

const form = $("composer");
const words = $("words");
const menu = $("menu");

export class Composer {
  #hands;
  #about;
  #subject = null; // { kind: "reply" | "edit", message, kept: what was being written before an edit }
  #held = new Held(() => this.#changed());
  #commands = [];

  constructor(hands, about) {
    this.#hands = hands;
    this.#about = about;
    words.value = sessionStorage.getItem(KEPT) ?? "";
    form.onsubmit = (event) => (event.preventDefault(), this.#send());
    words.oninput = () => this.#changed();
    words.onkeydown = (event) => this.#key(event);
    words.onpaste = ({ clipboardData }) => this.hold(clipboardData.files);
    $("send").oncontextmenu = (event) => this.#offerForward(event); // a long press, too
    $("send").onkeydown = (event) => event.key === "ArrowUp" && this.#offerForward(event);
    $("attach").onclick = () => $("file").click();
    $("file").onchange = ({ target }) => (this.hold(target.files), (target.value = ""));
    $("about-close").onclick = () => this.leave();
    this.#changed();
  }

  set commands(listed) {
    if (!listed || JSON.stringify(listed) === JSON.stringify(this.#commands)) return;
    this.#commands = listed;
    this.#suggest();
  }

  replyTo(message) {
    const title = message.side === "person" ? say("replyingSelf") : say("replyingTo", { who: who(message.side, this.#about) });
    this.#turn({ kind: "reply", message }, title);
  }

  /** Begin the reply that a new message asks for (ForceReply). An edit under way goes on. */
  asked(message) {
    if (typeof message?.asks === "string" && this.#subject?.kind !== "edit") this.replyTo(message);
  }

  edit(message) {
    this.#giveBack();
    this.#turn({ kind: "edit", message, kept: words.value }, say("editing"));
    words.value = message.text;
    this.#changed();
  }

  /** Reply to nothing, edit nothing. What was being written before an edit is there again. */
  leave() {
    this.#giveBack();
    this.#subject = null;
    $("about").hidden = true;
    this.#changed();
    words.focus();
  }

  /** Files to be sent with the next message. */
  hold(files) {
    this.#held.add(files);
    if (files.length) words.focus();
  }

  /** Send a recording at once. One that is refused waits to be sent again. */
  voice(sound) {
    const file = new File([sound], "voice.ogg", { type: sound.type });
    const subject = this.#subject;
    if (subject) this.leave();
    return this.#attempt({ text: "", files: [{ file, kind: "voice" }], subject });
  }

  #giveBack() {
    if (this.#subject?.kind === "edit") words.value = this.#subject.kept;
    this.#subject = null;
  }

  #turn(subject, title) {
    this.#giveBack();
    this.#subject = subject;
    const [head, line] = $("about-words").children;
    head.textContent = title;
    line.textContent = gist(subject.message);
    $("about").hidden = false;
    this.#changed();
    words.focus();
  }

  /** What was pasted from somewhere else goes as somebody else's words, and is never quoted as one's own. */
  #offerForward(event) {
    event.preventDefault();
    if (!this.#subject && !this.#held.length) sendOptions($("send"), () => this.#send("passOn"));
  }

  #send(way = "send") {
    const text = words.value.trim();
    const editing = this.#subject?.kind === "edit";
    if (!text && (editing || !this.#held.length)) return;
    if (!this.#hands.connected()) return this.#hands.refused(new Error(say("offline")));
    const subject = this.#subject;
    const unsent = { text, files: editing ? [] : this.#held.take(), subject, way };
    if (!editing) words.value = "";
    this.leave();
    return this.#attempt(unsent);
  }

  async #attempt(unsent) {
    try {
      if (unsent.subject?.kind === "edit") await this.#hands.edit(unsent.subject.message, unsent.text);
      else await this.#sendAll(unsent);
    } catch (problem) {
      this.#putBack(unsent);
      this.#hands.refused(problem);
    }
  }

  /** Takes out of `unsent` what was delivered. */
  async #sendAll(unsent) {
    const { files, subject, way } = unsent;
    const reply = subject?.message.n;
    const album = files.length > 1 && files.length <= this.#about.limits.album ? String(Date.now()) : "";
    while (files.length) {
      const { file, kind } = files[0];
      await this.#hands.attach(kind, file, file.name, { caption: unsent.text, reply, album: kind === "voice" ? "" : album });
      files.shift();
      unsent.text = "";
    }
    const parts = split(unsent.text, this.#about.limits.text);
    while (parts.length) {
      await this.#hands[way](parts[0], reply);
      parts.shift();
      unsent.text = parts.join("\n");
    }
  }

  /** Nothing that was not sent is lost: it stands before what was begun meanwhile. */
  #putBack({ text, files, subject }) {
    const edit = !this.#subject && subject?.kind === "edit";
    if (edit) this.edit(subject.message);
    else if (subject && !this.#subject) this.replyTo(subject.message);
    if (text) words.value = edit || !words.value ? text : `${text}\n${words.value}`;
    this.#held.restore(files);
  }

  #changed() {
    sessionStorage.setItem(KEPT, this.#subject?.kept ?? words.value);
    words.placeholder = (this.#subject?.kind === "reply" && this.#subject.message.asks) || say("write");
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight, 160)}px`;
    const editing = this.#subject?.kind === "edit";
    const something = Boolean(words.value.trim() || (this.#held.length && !editing));
    $("send").hidden = !something && !editing;
    $("send").disabled = !something;
    $("record").hidden = something || editing;
    this.#suggest();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter chooses a character here
    if (!menu.hidden && this.#choose(event)) return event.preventDefault();
    const thumb = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !thumb) this.#send();
    else if (event.key === "Escape" && this.#subject) this.leave();
    else if (event.key === "Escape" && this.#held.length) this.#held.take();
    else if (event.key === "ArrowUp" && !words.value) this.#hands.up(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  }

  // The menu of commands, while the text is "/" and the beginning of one.

  #suggest() {
    const typed = /^\/(\w*)$/.exec(words.value)?.[1];
    const fitting = typed === undefined ? [] : this.#commands.filter(({ command }) => command.startsWith(typed));
    menu.replaceChildren(...fitting.map((one, place) => this.#option(one, place)));
    menu.hidden = !fitting.length;
    this.#mark(0);
  }

  #option({ command, description }, place) {
    const option = el("li", { id: `command-${place}`, role: "option" });
    option.append(el("strong", { textContent: `/${command}` }), el("span", { textContent: description }));
    option.onpointerdown = (event) => (event.preventDefault(), this.#take(option, false));
    option.dataset.command = `/${command}`;
    return option;
  }

  #mark(place) {
    const options = [...menu.children];
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    if (options[place]) words.setAttribute("aria-activedescendant", options[place].id);
    else words.removeAttribute("aria-activedescendant");
  }

  #choose({ key, shiftKey }) {
    const options = [...menu.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (key === "ArrowDown") this.#mark((at + 1) % options.length);
    else if (key === "ArrowUp") this.#mark((at - 1 + options.length) % options.length);
    else if (key === "Tab" && !shiftKey) this.#take(options[at], true);
    else if (key === "Enter") this.#take(options[at], false);
    else if (key === "Escape") menu.hidden = true;
    else return false;
    return true;
  }

  /** A chosen command is sent; with Tab it is completed, to be written on. */
  #take(option, complete) {
    words.value = option.dataset.command + (complete ? " " : "");
    this.#changed();
    words.focus();
    if (!complete) this.#send();
  }
}

/** A long text as the apps send it: in parts of at most `longest` UTF-16 units, cut where a line or
 * a word ends. */
function split(text, longest) {
  const parts = [];
  while (text.length > longest) {
    const head = text.slice(0, longest);
    let cut = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
    if (cut < longest / 2) cut = /[\uD800-\uDBFF]$/.test(head) ? longest - 1 : longest;
    parts.push(text.slice(0, cut).trimEnd());
    text = text.slice(cut).trimStart();
  }
  return text ? [...parts, text] : parts;
}
