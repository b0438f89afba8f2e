// Files that wait to be sent, each as a chip above the field.

import { bytes } from "./bubble.js";
import { $, el, icon, toast } from "./dom.js";
import { say } from "./words.js";

const PHOTO_BYTES = 10e6; // larger pictures travel as files (Bot API, sendPhoto)
const PICTURES = ["image/jpeg", "image/png", "image/webp"];
const chips = $("held");

export class Held {
  #changed;
  #waiting = [];

  /** `changed` is called when there are more or fewer. */
  constructor(changed) {
    this.#changed = changed;
  }

  get length() {
    return this.#waiting.length;
  }

  /** Hold these as well. An app sends no empty file: it is refused before anybody writes about it. */
  add(files) {
    const some = [...files].filter(({ size }) => size);
    for (const { size, name } of files) if (!size) toast(say("notSent", { why: say("emptyFile", { name }) }), true);
    this.restore([], some.map((file) => ({ file, kind: mayBePhoto(file) ? "photo" : "document" })));
  }

  /** Everything that is held, which is held no longer. */
  take() {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#show();
    return taken;
  }

  /** Hold `first` before, and `last` after what is held: what could not be sent, and what is new. */
  restore(first, last = []) {
    this.#waiting = [...first, ...this.#waiting, ...last];
    this.#show();
  }

  #show() {
    chips.replaceChildren(...this.#waiting.map((one) => this.#chip(one)));
    chips.hidden = !this.#waiting.length;
    this.#changed();
  }

  #chip(one) {
    const { file } = one;
    const name = one.kind === "voice" ? say("voice") : file.name;
    const chip = el("div", { className: "chip" });
    if (PICTURES.includes(file.type)) chip.append(el("img", { src: URL.createObjectURL(file), alt: "" }));
    chip.append(el("span", { className: "facts" }, el("strong", { textContent: name }), el("span", { textContent: bytes(file.size) })));
    if (mayBePhoto(file)) {
      const whole = el("input", { type: "checkbox", checked: one.kind === "document" });
      whole.onchange = () => (one.kind = whole.checked ? "document" : "photo");
      chip.append(el("label", {}, whole, say("asFile")));
    }
    const drop = el("button", { type: "button", "aria-label": say("remove", { name }) }, icon("M6 6l12 12M18 6 6 18"));
    drop.onclick = () => ((this.#waiting = this.#waiting.filter((other) => other !== one)), this.#show());
    chip.append(drop);
    return chip;
  }
}

const mayBePhoto = ({ type, size }) => PICTURES.includes(type) && size <= PHOTO_BYTES;
