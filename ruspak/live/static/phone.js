/** The phone: the question, the own answer, what came of it. The question itself is drawn by quiz.js, as everywhere. */
import { brier, h, judge, mount } from "/live/quiz.js";
import { evidence, listen, pause, send } from "/live/live.js";

const TOLD = {
  idle: "Wait for the first question. It appears here by itself.",
  open: "Answer, then press Vote.",
  closed: "The vote is closed. Look at the wall.",
  spread: "The vote is closed. Look at the wall.",
  discuss: "Talk to your neighbour: why do you think so? Then the vote opens again.",
  shown: "What came of it.",
  ended: "This class has ended. You can close this page; nothing of you is kept.",
};
const told = document.querySelector(".live-told");
const place = document.querySelector(".live-question");
let shown = "";
let draft = null; // what is chosen and not sent, of the round that is open
let wanted = null; // the vote that is to be sent
let sending = false;

async function vote(message, say) {
  wanted = message;
  if (sending) return;
  sending = true;
  while (wanted) {
    const now = wanted;
    say("Sending …");
    try {
      const { ok, status, why } = await send("/vote", now);
      const later = status === 429 || status >= 500;
      say(ok ? "Your vote is in. You can change it until the vote is closed." : why);
      if (!later && wanted === now) wanted = null;
      if (later) await pause(1500);
    } catch {
      say("No connection. Your vote goes out as soon as there is one: keep this page open.");
      await pause(1500);
    }
  }
  sending = false;
}

function draw({ number, round, phase, question, mine, voted }) {
  const here = `${number}/${round}/${phase}`;
  if (here === shown) return; // the same again, after a break: leave what is chosen
  const went = `${number}/${round}/open` === shown && phase !== "open";
  shown = here;
  const again = phase === "open" && round > 1 ? "Second vote. Answer once more, as before or not, then press Vote." : TOLD[phase];
  const missed = went && !voted && draft ? " Your answer was not sent in time." : "";
  const none = !missed && !mine && ["closed", "spread"].includes(phase) ? " You sent no answer." : "";
  told.textContent = again + missed + none;
  place.classList.toggle("live-still", !["open", "shown"].includes(phase));
  if (phase === "open") draft = null;
  about(phase === "ended" ? null : question);
  if (!question || phase === "ended") {
    place.replaceChildren();
  } else if (phase === "shown") {
    const correct = mine && judge(question, mine.answer).correct;
    const sure = mine?.sure ?? null;
    const attempt = mine
      ? { answer: mine.answer, correct, confidence: sure, brier: sure === null ? null : brier(sure, correct), revealed: false }
      : { answer: null, correct: false, confidence: null, brier: null, revealed: true };
    mount(place, question, { attempts: [attempt], record() {}, over: true });
  } else {
    mount(place, question, {
      attempts: [],
      record() {},
      draft: { load: () => draft ?? mine, save(next) { draft = next; } },
      vote: (answer, sure, say) => vote({ number, round, answer, sure }, say),
    });
    if (phase !== "open") place.querySelectorAll("fieldset").forEach((one) => { one.disabled = true; });
  }
}

/** The figure before the question, and its place in the course; in another tab, so that the vote stays open here. */
async function about(question) {
  const box = document.querySelector(".live-evidence");
  if (question?.id === box.dataset.id) return;
  box.dataset.id = question?.id ?? "";
  box.hidden = true;
  if (!question) return;
  const { page, src, alt } = await evidence(question.id);
  if (!page || box.dataset.id !== question.id) return;
  const link = h("p", {}, h("a", { href: page, target: "_blank" }, "Open its page in the course"));
  box.replaceChildren(box.firstElementChild, ...(src ? [h("img", { src, alt })] : []), link);
  box.hidden = false;
}

fetch("/where").then((answer) => answer.json()).then(({ course }) => {
  document.querySelector(".live-course").hidden = !course;
}, () => {});
listen("phone", draw);
