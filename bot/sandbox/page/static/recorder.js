// Hold to record: press, speak, let go. A short press keeps recording until the next one.

import { $, toast } from "./dom.js";
import { minutes } from "./player.js";
import { say } from "./words.js";

const HOLD_MS = 400; // a shorter press locks the recording; where Android's long press begins (ViewConfiguration)
const SHORTEST_MS = 600; // less is a slip of the thumb, as in Telegram's apps
const CANCEL_PX = 130; // Telegram for Android: 35 % of the width, here of 375, and 140 at most
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

const button = $("record");
const composer = $("composer");

/** Give every finished recording to `deliver`, as a Blob. `longest()` seconds after its beginning it
 * ends by itself. */
export function recorder(longest, deliver) {
  let taken = null; // what is being recorded
  let pressed = null; // { at, x } while held down

  async function begin() {
    try {
      taken = await listen();
    } catch (problem) {
      return toast(say("noMicrophone", { why: problem.message }), true);
    }
    if (!pressed) taken.locked = true;
    taken.show((seconds) => {
      if (!(seconds >= longest())) return;
      toast(say("recordingEnds", { minutes: longest() / 60 }));
      end(true);
    });
  }

  function end(send) {
    const done = taken;
    pressed = taken = null;
    if (!done) return;
    done.stop().then((sound) => {
      if (!send) return;
      if (performance.now() - done.from < SHORTEST_MS) toast(say("tooShort"));
      else deliver(sound);
    });
  }

  button.onpointerdown = (event) => {
    if (event.button) return;
    if (taken) return end(true);
    button.setPointerCapture(event.pointerId);
    pressed = { at: performance.now(), x: event.clientX };
    begin();
  };
  button.onpointermove = ({ clientX }) => {
    if (pressed && taken && pressed.x - clientX > CANCEL_PX) end(false);
  };
  button.onpointerup = () => {
    if (!pressed) return;
    const held = performance.now() - pressed.at;
    pressed = null;
    if (held >= HOLD_MS) end(true);
    else if (taken) taken.lock();
  };
  button.onpointercancel = () => end(false);
  button.oncontextmenu = (event) => event.preventDefault(); // a long press on a touch screen
  button.onclick = (event) => {
    if (event.detail) return; // from a pointer: dealt with above
    if (taken) end(true);
    else begin();
  };
  addEventListener("keydown", ({ key }) => key === "Escape" && end(false));
  addEventListener("pagehide", () => end(false));
}

async function listen() {
  if (!navigator.mediaDevices) throw new Error(location.host);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const device = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32000 });
  const parts = [];
  device.ondataavailable = ({ data }) => parts.push(data);
  device.start();
  const taken = { from: performance.now(), locked: false };
  let ticking;

  taken.show = (passed) => {
    composer.classList.add("recording");
    $("recording").hidden = false;
    button.setAttribute("aria-label", say("stopRecording"));
    const count = () => {
      const seconds = (performance.now() - taken.from) / 1000;
      $("seconds").textContent = minutes(seconds);
      passed(seconds);
    };
    ticking = setInterval(count, 200);
    count();
    if (taken.locked) taken.lock();
  };
  taken.lock = () => {
    taken.locked = true;
    $("recording").lastElementChild.textContent = say("recordingLocked");
  };
  taken.stop = () =>
    new Promise((resolve) => {
      clearInterval(ticking);
      composer.classList.remove("recording");
      $("recording").hidden = true;
      $("recording").lastElementChild.textContent = say("recordingHint");
      button.setAttribute("aria-label", say("record"));
      device.onstop = () => resolve(new Blob(parts, { type: mimeType }));
      device.stop();
      for (const track of stream.getTracks()) track.stop();
    });
  return taken;
}
