// The page: news from the stand-in to the parts that show it, and what a person does back to it.

import { bytes } from "./bubble.js";
import { answered, place, wait } from "./busy.js";
import { Composer } from "./composer.js";
import { Conversation, dayName } from "./conversation.js";
import { $, toast } from "./dom.js";
import { Link } from "./link.js";
import { gestures, options } from "./options.js";
import { recorder } from "./recorder.js";
import { clock, Workbench } from "./workbench.js";
import { choose, say, tongue, why, word } from "./words.js";

let session = null;

const hands = {
  say: (text) => hands.send(text).catch(refused),
  connected: () => link.open && session !== null,
  refused: (problem) => refused(problem),
  focus: (n) => conversation.focus(n),
  send: (text, reply) => link.ask({ do: "send", text, reply }),
  edit: (message, text) => (text === undefined ? composer.edit(message) : link.ask({ do: "edit", n: message.n, text })),
  passOn: (text) => link.ask({ do: "forward", text }),
  forward: ({ n }) => link.ask({ do: "forward", n }).catch(refused),
  reply: (message) => composer.replyTo(message),
  react: (message, emoji) => link.ask({ do: "react", n: message.n, emoji }).catch(refused),
  options: (message, line) => options(message, line, hands),
  goTo: (n) => conversation.goTo(n),
  mayEdit: ({ side, file, forwarded }) => side === "person" && !file && !forwarded,
  copy: async (text) => {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  },
  press: ({ n }, row, column) => wait(place(n, row, column), link.ask({ do: "press", n, row, column })).catch(refused),
  attach: async (kind, blob, name, { caption = "", reply = "", album = "" } = {}) => {
    if (blob.size > (kind === "voice" ? about.limits.recording : about.limits.upload)) throw tooMuch(kind);
    const query = new URLSearchParams({ kind, name, caption, reply, album });
    const answer = await fetch(`page/upload?${query}`, { method: "POST", body: blob }).catch(() => null);
    if (!answer) throw new Error(say("offline"));
    if (answer.status === 413) throw tooMuch(kind);
    if (!answer.ok) throw why(await answer.json().catch(() => ({ error: answer.statusText })), name);
  },
  /** Arrow up in an empty field: edit one's last message, or with Ctrl reply to the last. */
  up: (replying) => {
    const found = conversation.newest((one) => replying || hands.mayEdit(one));
    if (found) replying ? composer.replyTo(found) : composer.edit(found);
  },
};

const about = {
  bot: "Goldpan",
  hands,
  limits: {}, // of what can be sent; the stand-in tells them
  now: () => workbench.now(),
  time: (date) => clock(date, workbench.zone),
  day: (date) => dayName(date, workbench.zone),
};

word();
const conversation = new Conversation(about);
const link = new Link(hear, standing);
const workbench = new Workbench(link);
const composer = new Composer(hands, about);
const longest = () => about.limits.recording_s;
recorder(longest, (sound) => composer.voice(sound));
gestures($("log"), (line) => conversation.messages.get(Number(line.dataset.n)), hands);

function hear(news) {
  const moved = workbench.hear(news);
  switch (news.type) {
    case "history":
      return begin(news);
    case "message": {
      const fresh = !conversation.messages.has(news.n);
      conversation.put(news);
      if (fresh) composer.asked(news);
      break;
    }
    case "deleted":
      conversation.drop(news.n);
      break;
    case "preview":
      conversation.stream(news);
      break;
    case "answered":
      answered(news.query);
      break;
    case "toast":
      toast(news.text);
      break;
    case "state":
      composer.commands = news.commands ?? null;
      if (moved) conversation.redraw();
  }
  status();
}

function begin({ session: current, bot, messages, preview, commands, limits }) {
  if (session && session !== current) {
    link.forget();
    toast(say("fresh"), true);
  } else link.again();
  session = current;
  about.limits = limits;
  about.bot = $("name").textContent = bot;
  composer.commands = commands;
  const newest = messages.at(-1);
  const fresh = !conversation.messages.has(newest?.n);
  conversation.fill(messages, preview);
  if (fresh) composer.asked(newest);
  status();
  if (!performance.getEntriesByName("open").length) requestAnimationFrame(() => setTimeout(opened));
}

/** How long it took until the conversation could be seen. */
const opened = () => performance.measure("open", { start: 0, end: performance.now() });

function standing(open) {
  document.body.classList.toggle("lost", !open);
  if (!open) status(say(session ? "lost" : "connecting"));
}

function status(words) {
  const { running, jumping } = workbench;
  const line = words ?? (jumping ? say("moving") : running ? say("online") : say("down"));
  if ($("status").textContent !== line) $("status").textContent = line;
  document.body.classList.toggle("down", !running);
}

function tooMuch(kind) {
  const { recording, recording_s, upload } = about.limits;
  if (kind !== "voice") return new Error(say("tooLarge", { size: bytes(upload) }));
  return new Error(say("tooLong", { minutes: recording_s / 60, size: bytes(recording) }));
}

function refused(problem) {
  if (problem.message !== "restarted") toast(say("notSent", { why: problem.message }), true);
}

$("start").onclick = () => hands.say("/start");

$("language").value = tongue;
$("language").onchange = ({ target }) => {
  choose(target.value);
  word();
  workbench.draw();
  conversation.redraw();
  status();
};

// Files may be dropped anywhere.
const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  $("drop").hidden = false;
});
addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? ($("drop").hidden = true));
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  $("drop").hidden = true;
  composer.hold(event.dataTransfer.files);
});

// Typing anywhere writes a message.
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, button, a, [popover], .line, #panel");
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) $("words").focus();
});
