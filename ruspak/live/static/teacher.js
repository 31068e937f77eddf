/** The teacher's page: the wall, and below it the next steps, advice, and what is for the teacher's eyes. */
import { answerOf, h, inline } from "/live/quiz.js";
import { listen, send } from "/live/live.js";
import { fit, wall } from "/live/wall.js";

const NAMES = {
  close: "Close the vote", spread: "Show what the room thinks", discuss: "Talk to your neighbour", again: "Second vote",
  show: "Show the answer", reopen: "Open it again",
};
const steps = document.querySelector(".live-steps");
const advice = document.querySelector(".live-advice");
const own = document.querySelector(".live-own");
const picker = document.querySelector(".live-picker");
const menu = picker.querySelector("select");
const draw = await wall(document.getElementById("wall"));
const bank = await (await fetch("/questions")).json();
let fitted = "";
let state = { phase: "idle", freed: [], steps: [] };

async function act(message) {
  try {
    const { ok, why } = await send("/step", message);
    advice.textContent = ok ? advice.textContent : why;
    return ok;
  } catch {
    advice.textContent = "No connection: the step was not taken. Try again.";
    return false;
  }
}

function show(next) {
  state = next;
  draw(state);
  advice.textContent = "";
  const focused = document.activeElement?.dataset?.step;
  const wanted = state.phase === "ended" ? [] : [...state.steps, "ask"];
  if (wanted.join() !== [...steps.children].map((one) => one.dataset.step).join()) {
    steps.replaceChildren(...wanted.map((name, place) => h("button", {
      type: "button", class: place ? "" : "live-next", "data-step": name, disabled: name === "ask" && state.phase === "open",
      onclick: () => (name === "ask" ? pick() : act({ do: name, number: state.number })),
    }, name === "ask" ? (state.phase === "idle" ? "Ask a question" : "Next question") : NAMES[name])));
    if (focused) steps.querySelector("button").focus();
  }
  own.lastElementChild.replaceChildren(...alone());
  list();
  const now = `${state.number}/${state.round}/${state.phase}`;
  if (now !== fitted) {
    own.open = false; // the wall may be this page: a key is never left open on it
    fit(); // the desk has grown or shrunk
  }
  fitted = now;
}

/** What to do next, the share of right answers, the key, what was typed and is not on the wall, the votes as a file. */
function alone() {
  const { key, share, advice: next, unknown = [] } = state;
  return [
    next && h("p", {}, next),
    typeof share === "number" && h("p", {}, `${Math.round(100 * share)}% are right.`),
    key && h("p", {}, h("strong", {}, `${key.id}: `), ...inline(answerOf(key)), " ", ...inline(key.explanation)),
    unknown.length > 0 && h("p", {}, `Typed, and not on the wall: ${unknown.map(([text, count]) => `${text} (${count})`).join("; ")}`),
    h("p", {}, h("a", { href: "/votes.csv", download: "votes.csv" }, "All votes as CSV"), " · ",
      h("a", { href: "/wall", target: "ruspak-wall" }, "The wall in another window"), " · ", h("a", { href: "/course/", target: "_blank" }, "The course"),
      " · ", h("a", { href: "/slides/", target: "_blank" }, "The slides")),
  ].filter(Boolean);
}

// ------------------------------------------------------------------------------------------------- choosing

const sets = [...new Set(bank.map((one) => one.set))];
menu.append(...sets.map((one) => h("option", { value: one }, one)));
menu.addEventListener("change", () => list(true));
const filled = { set: "", state: "" };

function pick(id) {
  if (id) menu.value = id.slice(0, id.lastIndexOf("-"));
  list(true);
  if (!picker.open) picker.showModal();
  picker.querySelector(id ? `[data-id="${id}"]` : "li button")?.focus();
}

function list(force = false) {
  const now = `${menu.value} ${state.freed} ${state.phase}`;
  if (!picker.open && !force || filled.state === now) return;
  filled.state = now;
  const mine = bank.filter((one) => one.set === menu.value);
  const kept = mine.filter((one) => !state.freed.includes(one.id));
  picker.querySelector("ul").replaceChildren(...mine.map((one) => h("li", {}, h("button", {
    type: "button", "data-id": one.id, disabled: state.phase === "open",
    onclick: async () => { if (await act({ do: "ask", question: one.id })) picker.close(); },
  }, h("span", {}, h("strong", {}, one.id), " ", ...inline(one.question)),
  h("span", { class: "rq-caption" }, `${one.ask}.${state.freed.includes(one.id) ? " Its answer is out." : ""}`)))));
  picker.querySelector(".live-free").replaceChildren(...(kept.length ? [
    h("button", { type: "button", onclick: () => act({ do: "free", questions: kept.map((one) => one.id) }) }, `Open these ${kept.length} for practice`),
    h("span", { class: "rq-caption" }, " Their answers are then in the course pages on the phones."),
  ] : ["All of these are open for practice on the course pages."]));
}

const asked = new URLSearchParams(location.search).get("ask");
listen("teacher", (next) => {
  show(next);
  if (asked && location.search && bank.some((one) => one.id === asked)) {
    history.replaceState(null, "", "/teacher");
    pick(asked);
  }
});
