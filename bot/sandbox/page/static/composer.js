// Where a person writes: text, replies, edits, commands, files.

import { bytes, gist, who } from "./bubble.js";
import { $, el, icon } from "./dom.js";
import { say } from "./words.js";

const PHOTO_BYTES = 10e6; // larger pictures travel as files (Bot API, sendPhoto)
const PICTURES = ["image/jpeg", "image/png", "image/webp"];
const KEPT = "goldpan.draft";

const form = $("composer");
const words = $("words");
const menu = $("menu");
const held = $("held");

export class Composer {
  #hands;
  #about;
  #subject = null; // { kind: "reply" | "edit", message }
  #files = [];
  #commands = [];

  constructor(hands, about) {
    this.#hands = hands;
    this.#about = about;
    words.value = sessionStorage.getItem(KEPT) ?? "";
    form.onsubmit = (event) => (event.preventDefault(), this.#send());
    words.oninput = () => this.#changed();
    words.onkeydown = (event) => this.#key(event);
    words.onpaste = ({ clipboardData }) => this.hold(clipboardData.files);
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

  /** What is being replied to, by number; undefined without one. */
  get reply() {
    return this.#subject?.kind === "reply" ? this.#subject.message.n : undefined;
  }

  replyTo(message) {
    this.#about_("reply", message, say("replyingTo", { who: who(message.side, this.#about) }));
  }

  edit(message) {
    words.value = message.text;
    this.#about_("edit", message, say("editing"));
    this.#changed();
  }

  /** Reply to nothing, edit nothing. */
  leave() {
    if (this.#subject?.kind === "edit") this.#clear();
    this.#subject = null;
    $("about").hidden = true;
    words.focus();
  }

  /** Files to be sent with the next message. */
  hold(files) {
    for (const file of files) this.#files.push({ file, photo: PICTURES.includes(file.type) && file.size <= PHOTO_BYTES });
    if (files.length) this.#showFiles();
    if (files.length) words.focus();
  }

  #about_(kind, message, title) {
    this.#subject = { kind, message };
    const [head, line] = $("about-words").children;
    head.textContent = title;
    line.textContent = gist(message);
    $("about").hidden = false;
    words.focus();
  }

  async #send() {
    const text = words.value.trim();
    const files = this.#files;
    if (!text && !files.length) return;
    if (!this.#hands.connected()) return this.#hands.refused(new Error(say("offline")));
    const subject = this.#subject;
    this.#clear();
    try {
      if (subject?.kind === "edit") await this.#hands.edit(subject.message, text);
      else await this.#sendAll(text, files, subject?.message.n);
    } catch (problem) {
      if (!words.value) words.value = text; // nothing that was typed is lost
      this.#hands.refused(problem);
      this.#changed();
    }
  }

  async #sendAll(text, files, reply) {
    const album = files.length > 1 && files.length <= this.#about.limits.album ? String(Date.now()) : "";
    for (const [place, { file, photo }] of files.entries()) {
      const about = { caption: place === 0 ? text : "", reply, album };
      await this.#hands.attach(photo ? "photo" : "document", file, file.name, about);
    }
    if (files.length) return;
    for (const part of split(text, this.#about.limits.text)) await this.#hands.send(part, reply);
  }

  #clear() {
    words.value = "";
    this.#files = [];
    this.#subject = null;
    $("about").hidden = true;
    this.#showFiles();
    this.#changed();
  }

  #changed() {
    sessionStorage.setItem(KEPT, words.value);
    words.style.height = "auto";
    words.style.height = `${Math.min(words.scrollHeight, 160)}px`;
    const something = words.value.trim() || this.#files.length;
    $("send").hidden = !something;
    $("record").hidden = Boolean(something);
    this.#suggest();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter chooses a character here
    if (!menu.hidden && this.#choose(event)) return event.preventDefault();
    const thumb = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !thumb) this.#send();
    else if (event.key === "Escape" && (this.#subject || this.#files.length)) this.#clear();
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

  #showFiles() {
    held.replaceChildren(...this.#files.map((one) => this.#chip(one)));
    held.hidden = !this.#files.length;
    this.#changed();
  }

  #chip(one) {
    const { file } = one;
    const chip = el("div", { className: "chip" });
    const picture = PICTURES.includes(file.type);
    if (picture) chip.append(el("img", { src: URL.createObjectURL(file), alt: "" }));
    chip.append(el("span", { className: "facts" }, el("strong", { textContent: file.name }), el("span", { textContent: bytes(file.size) })));
    if (picture && file.size <= PHOTO_BYTES) {
      const whole = el("input", { type: "checkbox", checked: !one.photo, onchange: () => (one.photo = !whole.checked) });
      chip.append(el("label", {}, whole, say("asFile")));
    }
    const drop = el("button", { type: "button", "aria-label": say("remove", { name: file.name }) }, icon("M6 6l12 12M18 6 6 18"));
    drop.onclick = () => ((this.#files = this.#files.filter((other) => other !== one)), this.#showFiles());
    chip.append(drop);
    return chip;
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
