/** The wall: the question as quiz.js draws it, where to answer, how many have; then what they think, then what is right. */
import { evidence } from "/live/live.js";
import { answerOf, h, inline, mark, mount } from "/live/quiz.js";

const ROUND = ["First vote", "Second vote"];
const CHOICES = ["single", "multiple", "verdict"];
const percent = (part, whole) => (whole ? Math.round((100 * part) / whole) : 0);

/** A function that draws a state into `root`. */
export async function wall(root) {
  const place = await (await fetch("/where")).json();
  const short = place.address.replace("http://", "").replace(/\/$/, "");
  const count = h("p", { class: "live-count" });
  const body = h("div", { class: "live-body" });
  const join = h("aside", { class: "live-join", "aria-label": "How to answer" },
    h("img", { src: "/qr.svg", alt: `QR code of ${place.address}` }),
    h("p", {}, place.lan ? "Answer with your phone:" : "Only on this computer:"), h("p", { class: "live-address" }, h("a", { href: place.address }, short)));
  const call = h("p", { class: "live-call", role: "status" });
  const figure = h("div", { class: "live-figure" });
  root.replaceChildren(h("h1", { class: "rq-hidden" }, "Vote"), h("div", { class: "live-main" }, call, body),
    h("div", { class: "live-side" }, figure, h("div", { class: "live-answer" }, join, count)));
  let about = "";
  const illustrate = async (id) => {
    if (id === about) return;
    about = id;
    figure.replaceChildren();
    const { src, alt } = id ? await evidence(id) : {};
    if (src && about === id) figure.append(h("img", { src, alt, onload: fit }));
    root.classList.toggle("live-with", Boolean(src));
    fit();
  };
  let shown = "";
  addEventListener("resize", fit);

  return (state) => {
    const { number, round, phase, phones, answered = [] } = state;
    const said = answered.at(-1) ?? 0;
    count.replaceChildren(...(phase === "idle" || phase === "ended" ? [`${phones} ${phones === 1 ? "phone is" : "phones are"} here`]
      : [h("strong", {}, said), ` of ${Math.max(phones, said)} answered`]));
    const here = JSON.stringify([number, round, phase, state.spread]);
    if (here === shown) return;
    shown = here;
    call.textContent = { idle: "Join the vote", discuss: "Talk to your neighbour. Why do you think so?", ended: "This class has ended." }[phase]
      ?? (phase === "open" && round > 1 ? "Second vote" : "");
    root.dataset.phase = phase;
    illustrate(state.question && phase !== "shown" ? state.question.id : "");
    body.replaceChildren();
    if (!state.question || phase === "ended") {
      if (phase === "idle") body.append(h("p", {}, "Scan the code, or type the address. No app, no name."));
    } else {
      question(body, state);
    }
    fit();
  };
}

function question(body, { question: q, phase, spread, sure, answered }) {
  const final = phase === "shown";
  const attempts = final ? [{ answer: null, revealed: true, correct: false, brier: null }] : [];
  mount(body, q, { attempts, record() {}, over: final, vote: final ? undefined : () => {} });
  body.querySelectorAll("fieldset").forEach((one) => { one.disabled = true; });
  body.querySelector(".rq-sure")?.remove();
  body.querySelectorAll("input").forEach((one) => { one.checked = false; });
  const main = body.querySelector(".rq-main");
  const rows = [...main.querySelectorAll(".rq-rows > li")];
  if (q.kind === "match") {
    main.querySelectorAll("select").forEach((select) => select.remove());
    main.querySelectorAll("label").forEach((label) => label.removeAttribute("for"));
    if (!spread) main.append(h("p", { class: "live-choices" }, h("strong", {}, "Partners: "), ...inline(q.choices.join(" · "))));
  }
  if (q.kind === "order") { // an item keeps its letter, also where the answer is shown
    rows.forEach((row, place) => row.style.setProperty("counter-set", `place ${q.items.indexOf((final ? q.answer : q.items)[place])}`));
  }
  if (!spread) return;
  for (const row of rows) mark(row, null);
  if (CHOICES.includes(q.kind)) {
    rows.forEach((row, place) => result(row, spread[0].rows[place], answered));
  } else if (q.kind === "match") {
    rows.forEach((row, place) => row.append(list(spread[place], answered, final)));
  } else {
    main.append(list(spread[0], answered, final));
    if (!final || q.kind === "order") main.querySelector(".rq-field")?.remove();
  }
  main.append(legend(answered));
  const panel = body.querySelector(".rq-panel");
  panel.querySelector(".rq-source")?.remove();
  if (final) {
    if (CHOICES.includes(q.kind) || q.kind === "match") panel.querySelector("[role=status]").replaceChildren();
    if (q.kind === "order") panel.querySelector("[role=status]").replaceChildren(h("p", {}, h("strong", {}, "The answer: "), ...inline(answerOf(q))));
    if (sure) panel.append(calibration(sure));
  }
}

/** Bars in a row, and once it is known whether it is right, that and the feedback. */
function result(row, { counts, right, feedback }, answered) {
  row.classList.add("live-row");
  row.append(bars(counts, answered));
  if (right || feedback) mark(row, right, right ? "Right" : "Not this", feedback);
}

function bars(counts, answered) {
  return h("span", { class: "live-bars" }, ...counts.map((number, round) => {
    const share = percent(number, answered[round]);
    return h("span", { class: "live-bar", "data-round": round + 1, style: `--share: ${share}%` },
      counts.length > 1 && h("span", { class: "rq-hidden" }, `${ROUND[round]}: `), h("span", { class: "live-share" }, `${share}% (${number})`));
  }));
}

function list({ rows, others }, answered) {
  const lines = rows.map((row) => {
    const line = h("li", {}, h("span", { class: "live-text" }, ...inline(row.text)));
    result(line, row, answered);
    return line;
  });
  if (others.some(Boolean)) lines.push(h("li", { class: "live-row" }, h("span", { class: "live-text" }, "other answers"), bars(others, answered)));
  return h("ul", { class: "live-list" }, ...lines);
}

function legend(answered) {
  return answered.length < 2 ? "" : h("p", { class: "live-legend" }, ...answered.flatMap((number, round) =>
    [h("span", { class: "live-key", "data-round": round + 1, "aria-hidden": "true" }), `${ROUND[round]}: ${number} answers `]));
}

/** How sure they were against how many were right. */
function calibration({ levels, sure, right }) {
  const words = (gap) => (gap > 0.1 ? "The room was surer than it was right." : gap < -0.1 ? "The room was right more often than it thought." : "The room knew how much it knew.");
  return h("section", { class: "live-sure" }, h("h2", {}, "How sure, how right"),
    h("p", {}, `Sure on average: ${percent(sure, 1)}%. Right: ${percent(right, 1)}%. ${words(sure - right)}`),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Said they were sure"), ...levels.map((one) => h("th", { scope: "col" }, `${one.sure}%`)))),
      h("tbody", {},
        h("tr", {}, h("th", { scope: "row" }, "were right"), ...levels.map((one) => h("td", {}, `${percent(one.right, one.count)}%`))),
        h("tr", {}, h("th", { scope: "row" }, "phones"), ...levels.map((one) => h("td", {}, one.count))))));
}

/** As large as the wall allows; what would come out smaller than half scrolls. */
export function fit() {
  const style = document.documentElement.style;
  for (let size = 1.3; size > 0.45; size -= 0.05) {
    style.setProperty("--fit", size);
    if (document.documentElement.scrollHeight <= innerHeight || innerWidth < 700) return;
  }
}
