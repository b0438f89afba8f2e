// Pressed buttons that wait for the bot. That outlives their keyboard, which may be redrawn meanwhile.

const LONGEST_MS = 15_000; // our own: a bot that has not answered by then may not be there
const pressed = new Map(); // by place: the press that is waited for
const queries = new Map(); // by id: what to call when the bot has answered

/** The place of a button: message, row, column. */
export const place = (n, row, column) => `${n}.${row}.${column}`;

/** Show on `key`, the button in `where`, whether the bot's answer is waited for. */
export function mark(key, where) {
  key.classList.toggle("pressed", pressed.has(where));
  key.setAttribute("aria-busy", String(pressed.has(where)));
}

/** The button in `where` is busy until the stand-in has taken the press and the bot answered it. */
export async function wait(where, asked) {
  pressed.set(where, asked);
  redraw(where);
  try {
    const { query } = await asked;
    if (query) await answer(query);
  } finally {
    if (pressed.get(where) === asked) pressed.delete(where);
    redraw(where);
  }
}

/** The bot answered the query with this id. */
export const answered = (query) => queries.get(query)?.();

function answer(query) {
  return new Promise((resolve) => {
    queries.set(query, resolve);
    setTimeout(resolve, LONGEST_MS);
  }).finally(() => queries.delete(query));
}

function redraw(where) {
  const key = document.querySelector(`[data-place="${where}"]`);
  if (key) mark(key, where);
}
