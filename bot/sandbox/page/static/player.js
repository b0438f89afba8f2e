// A voice note: a button, a waveform drawn from the sound itself, and how long it is.

import { el, icon } from "./dom.js";
import { say } from "./words.js";

const BARS = 42;
const PLAY = "M8 5v14l11-7z";
const PAUSE = "M7 5h4v14H7zM14 5h4v14h-4z";
const SVG = "http://www.w3.org/2000/svg";
const shapes = new Map(); // by address: a redrawn bubble need not listen again
let playing = null;

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    target.listen();
  }
});

/** The element for a voice note at `file.url`, `file.seconds` long. */
export function player(file) {
  const button = el("button", { type: "button", className: "round play", "aria-label": say("play") }, icon(PLAY, true));
  const wave = drawing();
  const length = el("span", { className: "length", textContent: minutes(file.seconds ?? 0) });
  const whole = el("div", { className: "voice" }, button, el("div", { className: "sound" }, wave, length));
  const audio = el("audio", { preload: "none" });

  const draw = (peaks) => peaks.forEach((peak, n) => raise(wave.children[n], peak));
  const fill = () => {
    const share = audio.duration ? audio.currentTime / audio.duration : 0;
    [...wave.children].forEach((bar, n) => bar.classList.toggle("done", n < share * BARS));
    length.textContent = minutes(audio.paused && !audio.currentTime ? file.seconds ?? 0 : audio.currentTime);
  };
  const look = (on) => {
    button.replaceChildren(icon(on ? PAUSE : PLAY, true));
    button.setAttribute("aria-label", say(on ? "pause" : "play"));
  };
  const load = async () => {
    if (!audio.src) audio.src = URL.createObjectURL(new Blob([await sound(file.url)], { type: "audio/ogg" }));
  };
  button.onclick = async () => {
    if (!audio.paused) return audio.pause();
    await load();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    await audio.play().catch(() => look(false)); // another note was played before this one began
  };
  wave.onclick = async ({ offsetX }) => {
    await load();
    if (audio.duration) audio.currentTime = (offsetX / wave.clientWidth) * audio.duration;
  };
  audio.onplay = () => look(true);
  audio.onpause = () => look(false);
  audio.ontimeupdate = fill;
  audio.onended = () => {
    audio.currentTime = 0;
    fill();
  };
  whole.listen = async () => {
    if (!shapes.has(file.url)) shapes.set(file.url, shape(file.url));
    draw(await shapes.get(file.url));
  };
  seen.observe(whole);
  return whole;
}

export function minutes(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const sound = async (url) => (await fetch(url)).arrayBuffer();

/** The loudest moment of each bar's part, from 0 to 1. Silence and what cannot be decoded are flat. */
async function shape(url) {
  try {
    const decoder = new OfflineAudioContext(1, 1, 48000);
    const samples = (await decoder.decodeAudioData(await sound(url))).getChannelData(0);
    const part = Math.max(1, Math.floor(samples.length / BARS));
    const peaks = Array.from({ length: BARS }, (_, n) => {
      let peak = 0;
      for (let at = n * part; at < (n + 1) * part && at < samples.length; at += 7) {
        peak = Math.max(peak, Math.abs(samples[at]));
      }
      return peak;
    });
    const loudest = Math.max(...peaks, 0.02);
    return peaks.map((peak) => peak / loudest);
  } catch {
    return Array(BARS).fill(0);
  }
}

function drawing() {
  const wave = document.createElementNS(SVG, "svg");
  wave.setAttribute("viewBox", `0 0 ${BARS * 4} 24`);
  wave.setAttribute("preserveAspectRatio", "none");
  wave.setAttribute("aria-hidden", "true");
  wave.classList.add("wave");
  for (let n = 0; n < BARS; n++) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("x", n * 4);
    bar.setAttribute("width", 2.5);
    bar.setAttribute("rx", 1.25);
    raise(bar, 0);
    wave.append(bar);
  }
  return wave;
}

function raise(bar, peak) {
  const height = 2.5 + peak * 20;
  bar.setAttribute("y", (24 - height) / 2);
  bar.setAttribute("height", height);
}
