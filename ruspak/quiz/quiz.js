/**
 * One quiz question in the browser: asks, judges, explains, and hands each attempt to its host.
 *
 * Hosts: an anywidget (the default export) and a static page (<ruspak-quiz> around a JSON script). The question is the
 * plain object that `ruspak.quiz.bank` prepares. Nothing is ever parsed as HTML. For practice only: the key is in here;
 * in a vote of the class it comes when it is shown (ruspak/live).
 */

const TRIES_BEFORE_ANSWER = 2;
const SURE = {
  50: "as likely wrong as right", 60: "leaning this way", 70: "rather sure", 80: "quite sure", 90: "very sure", 100: "certain",
};

// ---------------------------------------------------------------------------------------------- text and numbers

// The same two expressions stand in static.py; a test compares what both make of any text.
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*|\[([^\]]+)\]\(([^()\s]+)(?: "[^"]*")?\)/g;
const SAFE = /^(?:https?:\/\/|(?!\/\/)[^:]*$)/i;

/** Nodes of a text that may hold **bold**, *italic*, `code` and [links](url); everything else is text. */
export function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, bold, italic, label, url] = found;
    nodes.push(text.slice(end, found.index));
    if (url && !SAFE.test(url)) nodes.push(whole);
    else if (url) nodes.push(h("a", { href: url, target: "_blank", rel: "noopener" }, label));
    else nodes.push(h(code ? "code" : bold ? "strong" : "em", {}, code ?? bold ?? italic));
    end = found.index + whole.length;
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "");
}

const plain = (text) => inline(text).map((node) => node.textContent ?? node).join("");

/** A digit of any script as ASCII: in Unicode the ten digits of a script stand in a row. */
function digitOf(letter) {
  let value = 0;
  while (value < 10 && /\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - value - 1))) value += 1;
  return value % 10;
}

/** Text as people paste it, made plain: no marks that nobody sees, digits and dashes of any script as on a keyboard. */
export const pasted = (typed) => typed.slice(0, 1000).normalize("NFKC")
  .replace(/[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, "")
  .replace(/\p{Nd}/gu, digitOf).replace(/[\p{Pd}\u2212]/gu, "-").replaceAll("٪", "%");

/** Every sensible reading of a typed number, likeliest first ("1,234" may be 1234 or 1.234); none if it isn't one. */
export function readings(typed, unit = "") {
  if (/\p{No}/u.test(typed)) return []; // 10² is not 102
  let text = pasted(typed).toLowerCase().replaceAll("٫", ".").replaceAll("٬", ",").replace(/per ?cent/, "%");
  for (const word of pasted(unit).toLowerCase().split(/\s+/)) text = text.replace(word, "");
  text = text.replace(/\p{Sc}/u, "").replace(/\s+/g, " ").trim();
  const [, sign, digits] = /^([-+]?) ?(.*)$/.exec(text);
  const found = new Set();
  for (const [group, point] of [[",", "\\."], [" ", "\\."], ["['’]", "\\."], [" ", ","], ["\\.", ","]]) {
    // groups of two digits too: 12,34,567 is how Pakistan writes 1,234,567
    const shape = new RegExp(`^(?=.*\\d)(?:[1-9]\\d{0,2}(?:${group}\\d{2,3})*${group}\\d{3}|\\d*)(?:${point}\\d*)?$`);
    if (!shape.test(digits)) continue;
    const value = Number(digits.replace(new RegExp(group, "g"), "").replace(",", "."));
    found.add(sign === "-" ? -value : value);
  }
  return [...found];
}

/** Letters and digits only, without case and accents: how texts are compared. */
export const fold = (text) => pasted(text).normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** The squared distance between how sure one was (50 to 100 %) and what came true. */
export const brier = (percent, correct) => Number(((percent / 100 - (correct ? 1 : 0)) ** 2).toFixed(4));

function brierSentence({ confidence, correct, brier: score }, which) {
  return `You were ${confidence}% sure and ${which} answer was ${correct ? "right" : "wrong"}: Brier score `
    + `${score.toFixed(2)} (0 is best, 1 is worst, always saying 50% gives 0.25).`;
}

function shownNumber(value, tolerance) {
  const digits = tolerance > 0 ? Math.max(0, -Math.floor(Math.log10(tolerance))) : 6;
  return value.toLocaleString("en", { maximumFractionDigits: Math.min(digits, 20) }).replace("-", "−");
}

// ---------------------------------------------------------------------------------------------- kinds
// A kind judges an answer: `judge(q, answer)` returns { correct, say, rows }, where `say` is the feedback and `rows` holds
// true (right), false (wrong) or null (no mark) for each row of the question. `key(q)` is the right answer, `said(q)` the
// same in words where no row can show it. `build(q, uid)` makes the controls: { node, rows, read, write, remark };
// `read()` gives the answer or throws Incomplete, `write(answer)` sets one and tells whether it fits the question,
// `remark(place, result)` gives mark, word and feedback of one row.

class Incomplete extends Error {}

const single = {
  build: (q, uid) => buildOptions(q, uid, false),
  key: (q) => q.options.find((option) => option.correct).text,
  judge(q, answer) {
    const chosen = q.options.find((option) => option.text === answer);
    const correct = Boolean(chosen.correct);
    return { correct, say: chosen.feedback, rows: q.options.map((option) => (option === chosen ? correct : null)) };
  },
};

const multiple = {
  build: (q, uid) => buildOptions(q, uid, true),
  key: (q) => q.options.filter((option) => option.correct).map((option) => option.text),
  judge(q, answer) {
    const rows = q.options.map((option) => (answer.includes(option.text) ? Boolean(option.correct) : null));
    const wrong = rows.filter((row) => row === false).length;
    const missing = q.options.some((option, place) => option.correct && !rows[place]);
    const say = [wrong && `${wrong} of your choices ${wrong > 1 ? "do" : "does"} not belong here.`,
      missing && (wrong ? "There is also more to find." : "What you chose is right, but there is more to find.")];
    return { correct: !wrong && !missing, say: say.filter(Boolean).join(" ") || "These, and only these.", rows };
  },
};

/** Whether a value is the one of a question, or of one of its known mistakes. */
const near = ({ answer, tolerance }, value) => Math.abs(value - answer) <= tolerance + 1e-9 * Math.max(1, Math.abs(answer));

const numeric = {
  build: (q, uid) => buildField(q, uid, { inputmode: "decimal" }, (typed) => {
    const [first, ...others] = readings(typed, q.unit);
    if (first === undefined) throw new Incomplete(`“${typed}” is not a number. Write it like 1234.5 or 1 234,5.`);
    if (others.length) { // whatever the key: a question that only asks where one reading is right would tell it
      throw new Incomplete(`“${typed}” can mean ${first} or ${others[0]}. Type the one that you mean, without separators of thousands.`);
    }
  }),
  key: (q) => String(q.answer),
  said: (q) => shownNumber(q.answer, q.tolerance) + (q.unit ? ` ${q.unit}` : ""),
  judge(q, answer) {
    const [value] = readings(answer, q.unit);
    if (near(q, value)) return { correct: true, say: q.correct_feedback };
    return { correct: false, say: (q.mistakes.find((known) => near(known, value)) ?? q).feedback };
  },
};

const text = {
  build: (q, uid) => buildField(q, uid, {}, (typed) => {
    if (!fold(typed)) throw new Incomplete("Type an answer first.");
  }),
  key: (q) => q.accept[0],
  said: (q) => q.accept[0],
  judge(q, answer) {
    const among = (forms) => forms.some((form) => fold(form) === fold(answer));
    if (among(q.accept)) return { correct: true, say: q.correct_feedback };
    return { correct: false, say: ((q.mistakes ?? []).find((known) => among(known.accept)) ?? q).feedback };
  },
};

const order = {
  build: buildOrder,
  key: (q) => q.answer,
  judge(q, answer) {
    const rows = answer.map((item, place) => item === q.answer[place]);
    const right = rows.filter(Boolean).length;
    if (right === rows.length) return { correct: true, say: q.correct_feedback, rows };
    return { correct: false, rows, say: `${right} of ${rows.length} ${right === 1 ? "is" : "are"} in place. ${q.feedback}` };
  },
};

const match = {
  build: buildMatch,
  key: (q) => q.pairs.map((pair) => pair.right),
  judge(q, answer) {
    const rows = q.pairs.map((pair, place) => answer[place] === pair.right);
    const right = rows.filter(Boolean).length;
    if (right === rows.length) return { correct: true, say: q.correct_feedback, rows };
    return { correct: false, rows, say: `${right} of ${rows.length} pairs ${right === 1 ? "is" : "are"} right.` };
  },
};

const KINDS = { single, multiple, numeric, text, order, match, verdict: single };

/** The result of an answer to a question: { correct, say, rows }. */
export const judge = (q, answer) => KINDS[q.kind].judge(q, answer);

/** The right answer in words. */
export function answerOf(q) {
  const { key, said } = KINDS[q.kind];
  const parts = q.kind === "match" ? q.pairs.map((pair) => `${pair.left} – ${pair.right}`) : [said ? said(q) : key(q)].flat();
  return parts.join(q.kind === "order" ? " → " : "; ");
}

// ---------------------------------------------------------------------------------------------- controls

/** An element; JupyterLab keeps its keyboard shortcuts away from what can take focus only where the element says so. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  if (["a", "button", "input", "select"].includes(tag) || "tabindex" in attributes) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  node.append(...children.filter((child) => child !== undefined && child !== false && child !== null));
  return node;
}

function buildOptions(q, uid, several) {
  const inputs = q.options.map((option, place) => h("input", {
    type: several ? "checkbox" : "radio", name: uid, id: `${uid}-${place}`, value: option.text,
  }));
  const rows = q.options.map((option, place) => h("li", {},
    h("label", { class: "rq-option", for: `${uid}-${place}` }, inputs[place],
      h("span", {}, ...inline(option.text), option.meaning && h("span", { class: "rq-meaning" }, ` ${option.meaning}`)))));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    node: h("ul", { class: "rq-rows" }, ...rows),
    rows,
    read() {
      if (!chosen().length) throw new Incomplete(several ? "Choose at least one answer first." : "Choose an answer first.");
      return several ? chosen() : chosen()[0];
    },
    peek: chosen,
    write(answer) {
      const wanted = [answer].flat();
      for (const input of inputs) input.checked = wanted.includes(input.value);
      return chosen().length === wanted.length;
    },
    remark(place, result) {
      const { correct = false, feedback } = q.options[place];
      const ok = result.correct ? correct : result.rows[place];
      return [ok, ok ? "Right" : "Not this", several || !result.rows[place] && result.correct ? feedback : ""];
    },
  };
}

function buildField(q, uid, attributes, check) {
  const input = h("input", {
    type: "text", id: uid, autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attributes,
  });
  return {
    node: h("p", { class: "rq-field" }, h("label", { for: uid }, q.unit ? `Your answer (in ${q.unit})` : "Your answer"), input),
    rows: [],
    read() {
      const typed = input.value.trim();
      if (!typed) throw new Incomplete("Type an answer first.");
      check(typed);
      return typed;
    },
    peek: () => input.value,
    write(answer) {
      input.value = typeof answer === "string" ? answer : "";
      return Boolean(input.value);
    },
  };
}

function buildOrder(q) {
  let items = q.items;
  const rows = q.items.map(() => h("li"));
  const told = h("span", { class: "rq-hidden", role: "status" });
  const move = (place, step) => {
    const to = place + step;
    if (to < 0 || to >= items.length) return;
    items = items.with(place, items[to]).with(to, items[place]);
    draw();
    rows[to].querySelector(`[data-step="${step}"]`).focus();
    told.textContent = `${plain(items[to])}: now ${to + 1} of ${items.length}.`;
  };
  const button = (place, step, sign, name) => h("button", {
    type: "button", class: "rq-move", "data-step": step, "aria-label": `${name}: ${plain(items[place])}`,
    "aria-disabled": place + step < 0 || place + step >= items.length ? "true" : undefined,
    onclick: () => move(place, step),
  }, sign);
  const draw = () => rows.forEach((row, place) => {
    mark(row, null);
    row.replaceChildren(h("span", { class: "rq-item" }, h("span", {}, ...inline(items[place])),
      button(place, -1, "↑", "Move up"), button(place, 1, "↓", "Move down")));
  });
  draw();
  return {
    node: h("div", {}, h("ol", { class: "rq-rows rq-order" }, ...rows), told),
    rows,
    read: () => items,
    peek: () => items,
    write(answer) {
      if (!Array.isArray(answer) || [...answer].sort().join() !== [...items].sort().join()) return false;
      items = answer;
      draw();
      return true;
    },
    remark: (place, { correct, rows: marks }) => [correct ? null : marks[place], marks[place] ? "In place" : "Not here", ""],
  };
}

function buildMatch(q, uid) {
  const selects = q.pairs.map((_, place) => h("select", { id: `${uid}-${place}`, onchange: () => mark(rows[place], null) },
    h("option", { value: "" }, "Choose …"), ...q.choices.map((choice) => h("option", { value: choice }, plain(choice)))));
  const rows = q.pairs.map((pair, place) => h("li", {}, h("span", { class: "rq-pair" },
    h("label", { for: `${uid}-${place}` }, ...inline(pair.left)), selects[place])));
  const answer = () => selects.map((select) => select.value);
  return {
    node: h("ul", { class: "rq-rows" }, ...rows),
    rows,
    read() {
      if (answer().includes("")) throw new Incomplete("Choose one in each row first.");
      return answer();
    },
    peek: answer,
    write(wanted) {
      if (!Array.isArray(wanted)) return false;
      selects.forEach((select, place) => { select.value = wanted[place] ?? ""; });
      return !answer().includes("");
    },
    remark: (place, { rows: marks }) =>
      [marks[place], marks[place] ? "Right" : "Not this", marks[place] ? "" : q.pairs[place].feedback],
  };
}

function buildSure(uid) {
  const caption = h("p", { class: "rq-caption" }, "50% means as likely wrong as right, 100% means certain.");
  const inputs = Object.keys(SURE).map((percent) => h("input", {
    type: "radio", name: `${uid}-sure`, value: percent,
    onchange: () => { caption.textContent = `${percent}%: ${SURE[percent]}`; },
  }));
  return {
    node: h("fieldset", { class: "rq-sure" }, h("legend", {}, "How sure are you?"),
      h("div", { class: "rq-scale" }, ...inputs.map((input) => h("label", {}, input, h("span", {}, `${input.value}%`),
        h("span", { class: "rq-hidden" }, `: ${SURE[input.value]}`)))), caption),
    read() {
      const chosen = inputs.find((input) => input.checked);
      if (!chosen) throw new Incomplete("Say how sure you are first.");
      return Number(chosen.value);
    },
    peek: () => Number(inputs.find((input) => input.checked)?.value ?? 0),
    write(percent) {
      const chosen = inputs.find((input) => Number(input.value) === percent);
      if (!chosen) return;
      chosen.checked = true;
      chosen.dispatchEvent(new Event("change"));
    },
  };
}

/** Put ✓ or ✗, a word and feedback under a row, in place of what stood there; null takes them away. */
export function mark(row, ok, word, feedback) {
  const control = row.querySelector("input, select");
  row.querySelector(".rq-note")?.remove();
  row.removeAttribute("data-ok");
  control?.removeAttribute("aria-describedby");
  if (ok === null) return;
  row.dataset.ok = ok;
  const note = h("p", { class: "rq-note" }, sign(ok), h("strong", {}, `${word}.`), " ", ...inline(feedback));
  if (control) {
    note.id = `${control.id}-note`;
    control.setAttribute("aria-describedby", note.id);
  }
  row.append(note);
}

const sign = (ok) => h("span", { class: "rq-sign", "aria-hidden": "true" }, ok ? "✓ " : "✗ ");

// ---------------------------------------------------------------------------------------------- the question

/** Attempts since the last time that the question was over, the end of that round included. */
function lastRound(attempts) {
  return attempts.slice(attempts.slice(0, -1).findLastIndex((attempt) => attempt.correct || attempt.revealed) + 1);
}

/**
 * Show a question in an element. `host.attempts` is what was answered before (the last is shown again),
 * `host.record(attempt)` receives each new one: { id, time, answer, correct, confidence, brier, revealed, uid }.
 * `host.draft` keeps what is typed and not sent: `draft.load()` gives { answer, sure } or null, `draft.save(it)` takes one.
 * In a vote, `host.vote(answer, confidence, say)` receives what is sent, of a question without its key, and says what became
 * of it; `host.over` shows the last attempt with the right answer and ends there.
 */
export function mount(root, q, host) {
  const uid = `rq${Math.random().toString(36).slice(2)}`;
  const kind = KINDS[q.kind];
  const controls = kind.build(q, uid);
  const sure = q.confidence && buildSure(uid);
  const round = [];

  const main = h("fieldset", { class: "rq-main" }, h("legend", {}, ...inline(q.question)), q.claim && claimNode(q.claim),
    controls.node);
  const check = h("button", { type: "submit", class: "rq-check" }, host.vote ? "Vote" : "Check");
  const reveal = h("button", { type: "button", hidden: true, onclick: () => finish(null, true) }, "Show the answer");
  const status = h("div", { role: "status" });
  const more = h("div", { class: "rq-more" });
  const panel = h("div", { class: "rq-panel", tabindex: "-1" }, status, more);
  const form = h("form", { class: "ruspak-quiz", novalidate: true, onsubmit: submit }, h("p", { class: "rq-ask" }, q.ask),
    main, sure && sure.node, h("div", { class: "rq-actions" }, check, reveal), panel);
  for (const event of ["input", "change", "click"]) {
    form.addEventListener(event, () => main.disabled || host.draft?.save({ answer: controls.peek(), sure: sure?.peek() }));
  }
  form.addEventListener("keydown", passOn);
  form.addEventListener("beforeinput", keepUndo, true);
  root.replaceChildren(form);

  function submit(event) {
    event.preventDefault();
    let place = main;
    try {
      const answer = controls.read();
      place = sure?.node;
      if (host.vote) {
        host.vote(answer, sure ? sure.read() : null, say);
        return;
      }
      if (round.length && JSON.stringify(answer) === JSON.stringify(round.at(-1).answer)) { // the same again is no new attempt
        show(round.at(-1));
        panel.focus();
        return;
      }
      finish(answer, false, sure && !round.length ? sure.read() : null);
    } catch (fault) {
      if (!(fault instanceof Incomplete)) throw fault;
      say(fault.message);
      place.querySelector("input, select, button").focus();
    }
  }

  function say(words) {
    panel.dataset.ok = "unknown";
    status.replaceChildren(h("p", {}, words));
  }

  function finish(answer, revealed, confidence = null) {
    const correct = !revealed && kind.judge(q, answer).correct;
    const score = confidence === null ? null : brier(confidence, correct);
    const attempt = { id: q.id, time: new Date().toISOString(), answer, correct, confidence, brier: score, revealed, uid: newUid() };
    host.draft?.save(null);
    host.record(attempt);
    round.push(attempt);
    show(attempt);
    if (check.hidden) requestAnimationFrame(() => requestAnimationFrame(lead));
  }

  /** To what came of it, one frame after it was painted, since a focus scrolls: unless the reader is elsewhere by then. */
  function lead() {
    if (document.activeElement === document.body || form.contains(document.activeElement)) panel.focus();
  }

  function show({ answer, revealed }) {
    if (revealed) controls.write(kind.key(q));
    const result = kind.judge(q, revealed ? kind.key(q) : answer);
    const over = result.correct || host.over;
    main.disabled = check.hidden = over; // first: it takes the focus away, and so lays out the page as it stands
    controls.rows.forEach((row, place) => mark(row, ...controls.remark(place, result)));
    const words = revealed ? "The answer." : result.correct ? "Right." : "Not yet.";
    const said = revealed && kind.said ? `${kind.said(q)}. ` : "";
    panel.dataset.ok = revealed ? "shown" : result.correct;
    status.replaceChildren(
      h("p", {}, !revealed && sign(result.correct), h("strong", {}, words), " ", said, ...inline(result.say ?? "")),
      ...(typeof round[0].brier === "number" ? [h("p", { class: "rq-brier" }, brierSentence(round[0], host.over ? "this" : "your first"))] : []));
    reveal.hidden = over || round.length < TRIES_BEFORE_ANSWER;
    if (sure) sure.node.disabled = true;
    if (over) {
      more.replaceChildren(...[!result.correct && h("p", {}, h("strong", {}, "The answer: "), ...inline(answerOf(q))),
        h("p", {}, ...inline(q.explanation)),
        ...(q.source ? [h("p", { class: "rq-source" }, "Source: ", ...inline(q.source))] : []),
        !host.over && h("button", { type: "button", onclick: startAgain }, "Start again")].filter(Boolean));
    }
  }

  function startAgain() {
    mount(root, q, { ...host, attempts: [] });
    root.querySelector("input, select, button").focus();
  }

  const before = lastRound(host.attempts);
  if (before.length && (before.at(-1).revealed || controls.write(before.at(-1).answer))) {
    round.push(...before);
    sure?.write?.(round[0].confidence);
    show(round.at(-1));
  }
  const draft = host.draft?.load();
  if (draft && !main.disabled) {
    controls.write(draft.answer);
    if (!round.length) sure?.write(draft.sure);
  }
}

/** A name for an attempt that no other one has, also where a page was not loaded by https. */
const newUid = () => Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");

/**
 * Saving (Ctrl or Cmd + S) and running the cell (Ctrl or Shift + Enter) are for the notebook, not for a field: hand them to
 * the cell. Every other key stays here, so that typing fires no shortcut.
 */
function passOn(event) {
  const save = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
  const run = event.key === "Enter" && (event.ctrlKey || event.shiftKey || event.metaKey);
  const cell = event.target.closest(".jp-Cell, div.cell");
  if (!(save || run) || !cell) return;
  event.preventDefault();
  event.stopPropagation();
  if (run) {
    cell.tabIndex = -1;
    cell.focus();
  }
  const { key, code, keyCode, ctrlKey, shiftKey, metaKey } = event;
  cell.dispatchEvent(new KeyboardEvent("keydown", { key, code, keyCode, which: keyCode, ctrlKey, shiftKey, metaKey, bubbles: true, cancelable: true }));
}

/** JupyterLab cancels Ctrl + Z anywhere in a notebook, for its cells: a field's own undo never comes to its ears. */
function keepUndo(event) {
  if (event.inputType.startsWith("history")) event.stopPropagation();
}

function claimNode({ id, article, text: claim }) {
  return h("blockquote", { class: "rq-claim" }, h("p", {}, ...inline(claim)),
    h("p", { class: "rq-caption" }, `From the ${article}, claim ${id}`));
}

// ---------------------------------------------------------------------------------------------- hosts

function localHost(id) {
  const kept = box(`ruspak-quiz:${id}`);
  const before = () => kept.load()?.filter?.((attempt) => attempt?.id === id) ?? [];
  return {
    attempts: before(),
    draft: box(`ruspak-draft:${id}`),
    record: (attempt) => kept.save([...before(), attempt]),
  };
}

/**
 * One value in the browser's storage, in memory where that is off or full: `load()` gives it or null, `save(null)` clears it.
 * It is read afresh at every use, since another tab may have written it.
 */
function box(name) {
  let value = null;
  let works = true;
  return {
    load() {
      try {
        if (works) value = JSON.parse(localStorage.getItem(name));
      } catch { /* storage is off, or holds something else: begin anew */ }
      return value;
    },
    save(next) {
      value = next;
      try {
        if (next === null) localStorage.removeItem(name); else localStorage.setItem(name, JSON.stringify(next));
      } catch { // then it lasts as long as the page
        works = false;
      }
    },
  };
}

if (globalThis.customElements && !customElements.get("ruspak-quiz")) {
  customElements.define("ruspak-quiz", class extends HTMLElement {
    connectedCallback() {
      const data = this.querySelector(':scope > script[type="application/json"]');
      if (!data) return; // moved within the page, already alive
      const question = JSON.parse(data.textContent);
      mount(this, question, localHost(question.id));
    }
  });
}

const PATIENCE = 4000; // milliseconds that a kernel may take to keep an answer before the page says that it has not
const LOST = "The kernel was restarted or stopped: run this cell again, else your answer isn’t kept. It waits in this browser until then.";
const BUSY = "Not kept yet: the kernel is busy, or it can’t be reached. Your answer waits in this browser. If the kernel was "
  + "restarted or stopped, run this cell again: then it is kept.";

/**
 * anywidget: traits `question` (the object), `attempts` (a list that grows), `kept` (the uid of each that is on the disk),
 * `notice` (a message from Python), `learner` (whose answers wait here) and `me` (the widget's id).
 *
 * An attempt waits in the browser's storage until Python has kept it. So it outlives a lost kernel, a busy one and a reload,
 * and the next run of the cell hands it over.
 */
function render({ model, el }) {
  const question = model.get("question");
  const scope = `${model.get("learner")}:${question.id}`;
  const waiting = box(`ruspak-waiting:${scope}`);
  const place = h("div");
  const notice = h("p", { class: "rq-notice", role: "status" });
  let widget = null; // the model behind the proxy, which knows whether its kernel is there
  let late = false;
  let clock = 0;

  const pending = () => (waiting.load() ?? []).filter((attempt) => !model.get("kept").includes(attempt.uid));
  const everything = () => {
    const here = model.get("attempts");
    return [...here, ...pending().filter((one) => !here.some((other) => other.uid === one.uid))];
  };
  const tell = () => {
    const lost = widget && widget.comm_live === false;
    notice.textContent = model.get("notice") || (pending().length && (lost ? LOST : late && BUSY)) || "";
  };
  const deliver = () => {
    if (!pending().length) return;
    model.set("attempts", everything());
    model.save_changes();
    late = false;
    clearTimeout(clock);
    clock = setTimeout(() => { late = true; tell(); }, PATIENCE);
    tell();
  };
  const show = () => mount(place, question, {
    attempts: everything(),
    draft: box(`ruspak-draft:${scope}`),
    record(attempt) {
      waiting.save([...(waiting.load() ?? []), attempt]);
      seen.add(attempt.uid);
      deliver();
    },
  });
  const seen = new Set(everything().map((attempt) => attempt.uid));
  const keep = () => {
    waiting.save(pending().length ? pending() : null);
    tell();
  };
  const update = () => { // another tab has answered
    const fresh = model.get("attempts").filter((attempt) => attempt.uid && !seen.has(attempt.uid));
    fresh.forEach((attempt) => seen.add(attempt.uid));
    if (fresh.length) show();
  };

  show();
  el.append(place, notice);
  model.on("change:notice", tell);
  model.on("change:kept", keep);
  model.on("change:attempts", update);
  model.widget_manager?.get_model?.(model.get("me"))?.then((found) => {
    widget = found;
    widget.on("comm_live_update", tell);
    tell();
  }, () => {});
  deliver();
  return () => {
    clearTimeout(clock);
    model.off("change:notice", tell);
    model.off("change:kept", keep);
    model.off("change:attempts", update);
    widget?.off("comm_live_update", tell);
  };
}

export default { render };
