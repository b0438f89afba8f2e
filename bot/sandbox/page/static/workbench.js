// The clock and the faults: a column on a wide screen, a sheet on a narrow one.

import { $, el, toast } from "./dom.js";
import { locale, say, written } from "./words.js";

const panel = $("panel");
const sheet = $("sheet"); // holds the panel while it is open on a narrow screen
const wide = matchMedia("(min-width: 1024px)");

export class Workbench {
  zone = "UTC";
  #link;
  #evening = "";
  #drawn = ""; // what the panel showed of the state when it was drawn last
  #state = { now: Date.now() / 1000, ahead_s: 0, running: true, jumping: false, faults: [] };
  #heardAt = performance.now();

  constructor(link) {
    this.#link = link;
    $("evening").onclick = () => this.#jump("evening");
    $("tomorrow").onclick = () => this.#jump("tomorrow");
    $("restart").onclick = () => this.#ask({ do: "restart" });
    $("runs").onchange = ({ target }) => this.#ask({ do: "run", on: target.checked });
    $("clock").onclick = () => this.#show();
    $("close-panel").onclick = () => sheet.close();
    sheet.onclick = ({ target }) => target === sheet && sheet.close(); // beside the panel
    sheet.onclose = () => this.#away();
    wide.onchange = () => sheet.close();
    setInterval(() => this.#tick(), 1000);
  }

  /** The present moment of the stand-in. */
  now() {
    return new Date(this.#state.now * 1000 + performance.now() - this.#heardAt);
  }

  /** What the stand-in says of itself, its clock and its switches. */
  hear(news) {
    const zone = this.zone;
    if (news.zone) [this.zone, this.#evening] = [news.zone, news.evening];
    if (news.now) {
      const { now, ahead_s, running, jumping, faults } = news;
      this.#state = { now, ahead_s, running, jumping, faults };
      this.#heardAt = performance.now();
    }
    const { now, ahead_s, ...rest } = this.#state;
    const seen = JSON.stringify([this.zone, this.#evening, rest]);
    if (seen !== this.#drawn) this.draw();
    else if (news.now) this.#drawClock(); // 20 times a second during a jump
    this.#drawn = seen;
    return zone !== this.zone;
  }

  get running() {
    return this.#state.running;
  }

  get jumping() {
    return this.#state.jumping;
  }

  #show() {
    this.#ask({ do: "look" });
    if (!wide.matches) {
      sheet.append(panel);
      sheet.showModal();
      $("clock").setAttribute("aria-expanded", "true");
    }
    $("evening").focus();
  }

  #away() {
    $("app").append(panel);
    $("clock").setAttribute("aria-expanded", "false");
  }

  draw() {
    const { jumping, running, faults } = this.#state;
    $("evening").textContent = say("jumpTo", { time: this.#evening });
    $("evening").disabled = $("tomorrow").disabled = jumping;
    document.body.classList.toggle("jumping", jumping);
    $("runs").checked = running;
    this.#drawSwitches(faults);
    this.#drawKeys();
    this.#drawClock();
  }

  #drawClock() {
    const { ahead_s } = this.#state;
    const fields = { by: span(Math.abs(ahead_s)), zone: this.zone };
    $("ahead").textContent =
      Math.abs(ahead_s) < 60 ? say("realTime", fields) : ahead_s > 0 ? say("ahead", fields) : say("behind", fields);
    this.#tick();
  }

  #tick() {
    const now = this.now();
    const time = clock(now, this.zone);
    $("time").textContent = $("bigtime").textContent = time;
    $("time").dateTime = now.toISOString();
    $("day").textContent = written(now, { weekday: "short", timeZone: this.zone });
    $("bigday").textContent = written(now, { dateStyle: "full", timeZone: this.zone });
    $("clock").setAttribute("aria-label", `${time}, ${say("workbench")}`);
  }

  #drawSwitches(faults) {
    const list = $("switches");
    for (const { name, value } of faults) {
      const control = list.querySelector(`[data-name="${CSS.escape(name)}"]`) ?? this.#add(list, name, value);
      if (control === document.activeElement && control.type === "number") continue;
      if (control.type === "checkbox") control.checked = value;
      else control.value = value;
    }
    for (const one of list.querySelectorAll("[data-name]")) one.previousElementSibling.textContent = say(one.dataset.name);
  }

  #add(list, name, value) {
    const yesNo = typeof value === "boolean";
    const control = yesNo
      ? el("input", { type: "checkbox", role: "switch" })
      : el("input", { type: "number", min: "0", max: "60", step: "0.5", inputMode: "decimal" });
    control.dataset.name = name;
    control.onchange = () => this.#ask({ do: "switch", name, value: yesNo ? control.checked : Number(control.value) });
    list.append(el("li", {}, el("label", {}, el("span"), control)));
    return control;
  }

  #drawKeys() {
    const keys = [
      ["Enter", "keySend"], ["⇧ Enter", "keyLine"], ["↑", "keyEdit"], ["⇧ Tab ↑ ↓", "keyWalk"],
      ["Enter", "keyMenu"], ["R", "keyReply"], ["Esc", "keyCancel"],
    ];
    $("keys").replaceChildren(
      ...keys.map(([key, does]) =>
        el("div", {}, el("dt", {}, ...key.split(/ +/).map((one) => el("kbd", { textContent: one }))), el("dd", { textContent: say(does) })),
      ),
    );
  }

  /** What falls due is to be seen: a sheet makes way for it. */
  #jump(to) {
    sheet.close();
    this.#ask({ do: "jump", to });
  }

  async #ask(action) {
    try {
      await this.#link.ask(action);
    } catch (problem) {
      toast(problem.message, true);
      this.draw();
    }
  }
}

/** Hours and minutes of a moment in a zone. */
export function clock(date, zone) {
  return written(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
}

function span(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [["day", Math.floor(minutes / 1440)], ["hour", Math.floor(minutes / 60) % 24], ["minute", minutes % 60]];
  const shown = parts.filter(([, count]) => count).slice(0, 2);
  const named = ([unit, count]) => new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count);
  return new Intl.ListFormat(locale(), { style: "narrow", type: "unit" }).format(shown.map(named));
}
