// The page's own words. What the bot says comes from the bot, in the language it was told.

const en = {
  conversation: "Conversation", commands: "Commands", write: "Message", send: "Send",
  attach: "Attach files", record: "Record a voice note", stopRecording: "Send the recording",
  recordingHint: "‹ slide to cancel", recordingLocked: "press again to send",
  cancel: "Cancel", close: "Close", toNewest: "To the newest message",
  emptyLead: "Nothing said yet.", emptyMore: "Send a line or hold the microphone. Each message is kept; /expand turns one idea into many.",
  start: "Start", you: "You", drop: "Drop to attach",
  online: "online", connecting: "connecting…", lost: "No connection. Is `make try` still running? Trying again…",
  down: "The bot is not running. What you send waits for it.", moving: "moving the clock…",
  fresh: "The stand-in was started anew: earlier messages are no longer on this page, but the bot still knows them.",
  clockTitle: "Clock", jumpTo: "Jump to {time}", tomorrow: "Jump to tomorrow",
  clockHint: "Everything that falls due on the way happens. The clock does not go back.",
  realTime: "Real time · {zone}", ahead: "{by} ahead of real time · {zone}",
  behind: "{by} behind real time · {zone}",
  faultsTitle: "What can go wrong", botRuns: "The bot is running", restart: "Kill and restart the bot",
  faultsHint: "Nothing you send may get lost, whatever you switch on.",
  error_502: "Answer 502", reset: "Break connections", slow_s: "Answer late (seconds)",
  lose_answers: "Do it, but lose the answer", duplicate: "Deliver everything twice",
  limits: "Refuse too many messages (429)",
  hang: "Do it, but never answer", reorder: "Deliver in any order",
  mishaps: "Calls that fail (0 to 1)", floods: "Calls refused, 429 (0 to 1)",
  keysTitle: "Keys", language: "Language of this page", workbench: "Clock and faults",
  keySend: "send", keyLine: "new line", keyEdit: "edit your last message", keyWalk: "from message to message",
  keyMenu: "reply, react, edit, copy, forward", keyReply: "reply", keyCancel: "cancel",
  reply: "Reply", edit: "Edit", copy: "Copy", copied: "Copied", forwardedFrom: "Forwarded from {who}",
  editing: "Editing", replyingTo: "Reply to {who}", replyingSelf: "Reply to yourself", edited: "edited", react: "React with {emoji}",
  takeBack: "Take {emoji} back", reacted: "{who} reacted with {emoji}", changed: "{who} changed a message",
  voice: "Voice note", photo: "Photo", document: "File", play: "Play", pause: "Pause", save: "Save {name}",
  showAll: "Show all", showLess: "Show less", spoiler: "Show hidden text",
  noMicrophone: "The microphone cannot be used: {why}", tooShort: "Hold it a little longer to record.",
  asFile: "as a file", remove: "Remove {name}", notSent: "Not sent: {why}", tooLarge: "the file is larger than {size}",
  tooLong: "a recording has {minutes} minutes and {size} at most", recordingEnds: "A recording ends after {minutes} minutes and is sent.",
  offline: "there is no connection", forwardThis: "Forward as not my words", options: "Options",
  preview: "still writing",
  emptyFile: "{name} is empty", longWords: "the words are too long for one message",
  noMessage: "the message is no longer there", notHeard: "nothing can be heard in this recording",
  sendForward: "Send as not my words",
};

const zhHant = {
  conversation: "對話", commands: "指令", write: "訊息", send: "傳送",
  attach: "附加檔案", record: "錄語音", stopRecording: "傳送錄音",
  recordingHint: "‹ 往左滑取消", recordingLocked: "再按一次傳送",
  cancel: "取消", close: "關閉", toNewest: "到最新的訊息",
  emptyLead: "還沒說過話。", emptyMore: "打一行字，或按住麥克風說。每一則都會留著；/expand 把一個念頭變成很多個。",
  start: "開始", you: "你", drop: "放開就附上",
  online: "上線中", connecting: "連線中…", lost: "連不上。`make try` 還在跑嗎？正在重試…",
  down: "機器人沒有在執行。你傳的會等它回來。", moving: "時鐘正在走…",
  fresh: "替身重新啟動了：先前的訊息不在這一頁了，但機器人都還記得。",
  clockTitle: "時鐘", jumpTo: "跳到 {time}", tomorrow: "跳到明天",
  clockHint: "路上到期的事都會發生。時鐘不會倒退。",
  realTime: "真實時間 · {zone}", ahead: "比真實時間快 {by} · {zone}",
  behind: "比真實時間慢 {by} · {zone}",
  faultsTitle: "會出錯的事", botRuns: "機器人執行中", restart: "砍掉機器人再重開",
  faultsHint: "不管你打開哪一個，傳出去的都不可以不見。",
  error_502: "回答 502", reset: "切斷連線", slow_s: "晚一點才回答（秒）",
  lose_answers: "做了，但回答弄丟", duplicate: "每一則都送兩次",
  limits: "訊息太多就拒絕（429）",
  hang: "做了，但一直不回答", reorder: "不照順序送",
  mishaps: "呼叫失敗的比例（0 到 1）", floods: "以 429 拒絕的比例（0 到 1）",
  keysTitle: "按鍵", language: "這一頁的語言", workbench: "時鐘與故障",
  keySend: "傳送", keyLine: "換行", keyEdit: "改你最後一則", keyWalk: "在訊息間移動",
  keyMenu: "回覆、反應、編輯、複製、轉傳", keyReply: "回覆", keyCancel: "取消",
  reply: "回覆", edit: "編輯", copy: "複製", copied: "已複製", forwardedFrom: "轉傳自 {who}",
  editing: "編輯中", replyingTo: "回覆 {who}", replyingSelf: "回覆自己", edited: "已編輯", react: "用 {emoji} 反應",
  takeBack: "收回 {emoji}", reacted: "{who} 的反應：{emoji}", changed: "{who} 改了一則訊息",
  voice: "語音", photo: "照片", document: "檔案", play: "播放", pause: "暫停", save: "儲存 {name}",
  showAll: "全部展開", showLess: "收起", spoiler: "顯示隱藏文字",
  noMicrophone: "不能用麥克風：{why}", tooShort: "按久一點才會錄音。",
  asFile: "當檔案傳", remove: "移除 {name}", notSent: "沒有傳出去：{why}", tooLarge: "檔案大於 {size}",
  tooLong: "錄音最長 {minutes} 分鐘、最大 {size}", recordingEnds: "錄音最長 {minutes} 分鐘，到了就會傳出去。",
  offline: "目前沒有連線", forwardThis: "當成別人的話轉傳", options: "選項",
  preview: "還在寫",
  emptyFile: "{name} 是空的", longWords: "文字太長，一則訊息裝不下",
  noMessage: "那則訊息已經不在了", notHeard: "這段錄音裡什麼都聽不到",
  sendForward: "當成別人的話傳送",
};

const zhHans = {
  conversation: "对话", commands: "指令", write: "消息", send: "发送",
  attach: "添加文件", record: "录语音", stopRecording: "发送录音",
  recordingHint: "‹ 往左滑取消", recordingLocked: "再按一次发送",
  cancel: "取消", close: "关闭", toNewest: "到最新的消息",
  emptyLead: "还没说过话。", emptyMore: "打一行字，或按住麦克风说。每一条都会留着；/expand 把一个念头变成很多个。",
  start: "开始", you: "你", drop: "松开就添加",
  online: "在线", connecting: "连接中…", lost: "连不上。`make try` 还在跑吗？正在重试…",
  down: "机器人没有在运行。你发的会等它回来。", moving: "时钟正在走…",
  fresh: "替身重新启动了：先前的消息不在这一页了，但机器人都还记得。",
  clockTitle: "时钟", jumpTo: "跳到 {time}", tomorrow: "跳到明天",
  clockHint: "路上到期的事都会发生。时钟不会倒退。",
  realTime: "真实时间 · {zone}", ahead: "比真实时间快 {by} · {zone}",
  behind: "比真实时间慢 {by} · {zone}",
  faultsTitle: "会出错的事", botRuns: "机器人运行中", restart: "杀掉机器人再重启",
  faultsHint: "不管你打开哪一个，发出去的都不可以丢。",
  error_502: "回答 502", reset: "切断连接", slow_s: "晚一点才回答（秒）",
  lose_answers: "做了，但回答弄丢", duplicate: "每一条都送两次",
  limits: "消息太多就拒绝（429）",
  hang: "做了，但一直不回答", reorder: "不按顺序送",
  mishaps: "调用失败的比例（0 到 1）", floods: "以 429 拒绝的比例（0 到 1）",
  keysTitle: "按键", language: "这一页的语言", workbench: "时钟与故障",
  keySend: "发送", keyLine: "换行", keyEdit: "改你最后一条", keyWalk: "在消息间移动",
  keyMenu: "回复、反应、编辑、复制、转发", keyReply: "回复", keyCancel: "取消",
  reply: "回复", edit: "编辑", copy: "复制", copied: "已复制", forwardedFrom: "转发自 {who}",
  editing: "编辑中", replyingTo: "回复 {who}", replyingSelf: "回复自己", edited: "已编辑", react: "用 {emoji} 反应",
  takeBack: "收回 {emoji}", reacted: "{who} 的反应：{emoji}", changed: "{who} 改了一条消息",
  voice: "语音", photo: "照片", document: "文件", play: "播放", pause: "暂停", save: "保存 {name}",
  showAll: "全部展开", showLess: "收起", spoiler: "显示隐藏文字",
  noMicrophone: "不能用麦克风：{why}", tooShort: "按久一点才会录音。",
  asFile: "当文件发", remove: "移除 {name}", notSent: "没有发出去：{why}", tooLarge: "文件大于 {size}",
  tooLong: "录音最长 {minutes} 分钟、最大 {size}", recordingEnds: "录音最长 {minutes} 分钟，到了就会发出去。",
  offline: "目前没有连接", forwardThis: "当成别人的话转发", options: "选项",
  preview: "还在写",
  emptyFile: "{name} 是空的", longWords: "文字太长，一条消息装不下",
  noMessage: "那条消息已经不在了", notHeard: "这段录音里什么都听不到",
  sendForward: "当成别人的话发送",
};

const TONGUES = { en, "zh-Hant": zhHant, "zh-Hans": zhHans };
const KEPT = "goldpan.language";

export let tongue = kept() ?? likely(navigator.languages ?? [navigator.language]);

/** How numbers and dates are written: as the browser likes, if that is the page's language. */
export function locale() {
  const code = tongue.slice(0, 2);
  const liked = (navigator.languages ?? []).filter((one) => one.startsWith(code) && likely([one]) === tongue);
  return liked[0] ?? tongue;
}

const formats = new Map(); // making one takes longer than using it a hundred times

/** A moment as people write it. `shape` is what Intl.DateTimeFormat takes. */
export function written(date, shape) {
  const key = locale() + JSON.stringify(shape);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), shape));
  return formats.get(key).format(date);
}

/** The words for `key`, with {fields} filled in. An unknown key is shown as it is. */
export function say(key, fields = {}) {
  const words = TONGUES[tongue][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}

/** The stand-in's refusal in the page's language; one without a code stays as it is. */
export function why({ error, code }, name = "") {
  const worded = new Map([
    ["empty", say("emptyFile", { name })], ["long", say("longWords")],
    ["gone", say("noMessage")], ["unheard", say("notHeard")],
  ]);
  return new Error(worded.get(code) ?? error);
}

/** Speak another language from now on, also after a reload. */
export function choose(chosen) {
  tongue = chosen;
  localStorage.setItem(KEPT, chosen);
}

/** Write the words into everything under `root` that asks for them. */
export function word(root = document) {
  document.documentElement.lang = tongue;
  for (const one of root.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of root.querySelectorAll("[data-label]")) {
    one.setAttribute("aria-label", say(one.dataset.label));
    if (one.tagName === "BUTTON") one.title = say(one.dataset.label);
  }
  for (const one of root.querySelectorAll("[data-hint]")) one.placeholder = say(one.dataset.hint);
}

/** The first of the browser's languages that the page speaks. */
function likely(languages) {
  for (const language of languages) {
    const lower = language.toLowerCase();
    if (lower.startsWith("en")) return "en";
    if (/^(zh-(hant|tw|hk|mo)|yue)/.test(lower)) return "zh-Hant";
    if (lower.startsWith("zh")) return "zh-Hans";
  }
  return "en";
}

function kept() {
  const language = localStorage.getItem(KEPT);
  return language in TONGUES ? language : null;
}
