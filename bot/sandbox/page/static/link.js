// The WebSocket to the stand-in: it comes back by itself, and what was asked for is asked again.

import { why } from "./words.js";

const WAITS_MS = [250, 500, 1000, 2000, 4000];

export class Link {
  #heard;
  #standing;
  #socket = null;
  #tries = 0;
  #asked = new Map(); // by id, in order, until they are answered

  /** `heard` is given every piece of news, `standing` whether the line is open. */
  constructor(heard, standing) {
    this.#heard = heard;
    this.#standing = standing;
    this.#open();
    addEventListener("online", () => this.#socket ?? this.#open());
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Ask for an action. Resolves with the answer when it was done; rejects with why it was not. */
  ask(action) {
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { action, resolve, reject });
      if (this.open) this.#send(id);
    });
  }

  /** A new stand-in knows neither the old numbers nor what was asked of the old one. */
  forget() {
    for (const { reject } of this.#asked.values()) reject(new Error("restarted"));
    this.#asked.clear();
  }

  /** Ask again for everything that was not answered: each id is done once. */
  again() {
    for (const id of this.#asked.keys()) this.#send(id);
  }

  #send(id) {
    this.#socket.send(JSON.stringify({ id, ...this.#asked.get(id).action }));
  }

  #open() {
    const address = new URL("page/live", document.baseURI);
    address.protocol = "ws:";
    const socket = (this.#socket = new WebSocket(address));
    socket.onopen = () => {
      this.#tries = 0;
      this.#standing(true);
    };
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = () => {
      this.#standing(false);
      setTimeout(() => this.#open(), WAITS_MS[Math.min(this.#tries++, WAITS_MS.length - 1)]);
    };
  }

  #hear(news) {
    if (news.type !== "done") return this.#heard(news);
    const asked = this.#asked.get(news.id);
    this.#asked.delete(news.id);
    if (news.error) asked?.reject(why(news));
    else asked?.resolve(news);
  }
}
