/**
 * What the pages of the course do beyond reading: meanings of terms, menus of figures, claims, progress, staying offline.
 * All of it is an extra: with scripts switched off, every page reads from top to bottom.
 */
"use strict";

const KEY = "ruspak-quiz:"; // where quiz.js keeps the attempts at one question

// ------------------------------------------------------------------------------------------------- terms

/** A bubble with the meaning of a term: on hover, focus or first tap; Escape or a tap elsewhere closes it. */
function terms() {
  const bubble = document.createElement("div");
  bubble.className = "course-bubble";
  bubble.id = "course-bubble";
  bubble.role = "tooltip";
  bubble.hidden = true;
  document.body.append(bubble);
  let shown = null;

  const close = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    bubble.hidden = true;
  };
  const open = (term) => {
    if (shown === term) return;
    close();
    shown = term;
    bubble.textContent = term.dataset.meaning;
    bubble.hidden = false;
    term.setAttribute("aria-describedby", bubble.id);
    const at = term.getClientRects()[0];
    const left = Math.min(at.left, document.documentElement.clientWidth - bubble.offsetWidth - 12);
    bubble.style.left = `${Math.max(8, left) + scrollX}px`;
    bubble.style.top = `${at.bottom + scrollY + 4}px`;
  };
  const termOf = (event) => event.target.closest?.(".course-term");

  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
  document.addEventListener("click", (event) => {
    const term = termOf(event);
    if (term && touched && shown !== term) event.preventDefault(); // the second tap follows the link
    if (term) open(term); else if (event.target !== bubble) close();
  });
  document.addEventListener("mouseover", (event) => {
    if (touched) return;
    if (termOf(event)) open(termOf(event));
    else if (event.target !== bubble && shown !== document.activeElement) close();
  });
  document.addEventListener("focusin", (event) => { if (termOf(event) && !touched) open(termOf(event)); });
  document.addEventListener("focusout", (event) => { if (termOf(event) && !touched) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}

// ------------------------------------------------------------------------------------------------- figures

/** Menus choose among pictures that are all in the page. */
function states(figure) {
  const menus = [...figure.querySelectorAll("select")];
  const pictures = [...figure.querySelectorAll("[data-chosen]")];
  const told = figure.querySelector("[role=status]");
  const show = () => {
    const chosen = JSON.stringify(menus.map((menu) => menu.value));
    for (const picture of pictures) picture.hidden = JSON.stringify(JSON.parse(picture.dataset.chosen)) !== chosen;
    told.textContent = pictures.find((picture) => !picture.hidden)?.querySelector("img").alt ?? "";
  };
  for (const menu of menus) menu.addEventListener("change", show);
}

/** What scrolls must be reached by keyboard; what does not, need not stop a reader. */
function scrollers() {
  for (const one of document.querySelectorAll(".output.text_html, .table-wrapper, .highlight pre")) {
    if (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 1) one.tabIndex = 0; else one.removeAttribute("tabindex");
  }
}

// ------------------------------------------------------------------------------------------------- claims

function claims(form) {
  const all = [...document.querySelectorAll(".course-claim")];
  const count = document.querySelector(".course-count");
  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
    for (const claim of all) {
      const said = claim.querySelector(".course-said").textContent.toLowerCase();
      claim.hidden = ["article", "theme", "kind", "verdict"].some((name) => wanted[name] && claim.dataset[name] !== wanted[name])
        || !words.every((word) => said.includes(word) || claim.id.toLowerCase() === word);
    }
    const left = all.filter((claim) => !claim.hidden);
    const judged = left.filter((claim) => claim.dataset.yours);
    const alike = judged.filter((claim) => claim.dataset.yours === claim.dataset.verdict);
    count.textContent = `${left.length} of ${all.length} claims.`
      + (judged.length ? ` You judged ${judged.length}; ${alike.length} as we did.` : "");
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const choice = event.target.closest(".course-choices button");
    if (!choice) return;
    const claim = choice.closest(".course-claim");
    if (claim.dataset.yours) return;
    claim.dataset.yours = choice.value;
    for (const button of claim.querySelectorAll(".course-choices button")) {
      button.setAttribute("aria-pressed", button === choice);
      button.disabled = button !== choice;
    }
    const same = choice.value === claim.dataset.verdict;
    claim.querySelector(".course-yours").textContent = same ? "So you said, too." : `You said ${choice.value}.`;
    claim.querySelector("details").open = true;
    filter();
  });
  filter();
}

// ------------------------------------------------------------------------------------------------- progress

/** Every attempt that this browser keeps, oldest first. */
function attempts() {
  const found = [];
  for (let place = 0; place < localStorage.length; place += 1) {
    const name = localStorage.key(place);
    if (!name.startsWith(KEY)) continue;
    try {
      found.push(...JSON.parse(localStorage.getItem(name)));
    } catch { /* not ours, or damaged: leave it */ }
  }
  return found.sort((one, other) => String(one.time).localeCompare(String(other.time)));
}

function progress(bank) {
  const told = document.querySelector(".course-told");
  const draw = () => {
    const mine = Map.groupBy(attempts(), (attempt) => attempt.id);
    let right = 0;
    let tried = 0;
    for (const mark of document.querySelectorAll(".course-mark")) {
      const done = mine.get(mark.dataset.question) ?? [];
      const shown = done.findIndex((attempt) => attempt.revealed);
      const good = (shown < 0 ? done : done.slice(0, shown)).some((attempt) => attempt.correct);
      const state = good ? "right" : done.length ? "tried" : "open";
      mark.dataset.state = state;
      mark.setAttribute("aria-label", `Question ${mark.textContent}: ${{ right: "right", tried: "tried, not yet right", open: "not tried" }[state]}`);
      right += good;
      tried += done.length > 0;
    }
    const sure = [...mine.values()].map((done) => done[0].brier).filter((brier) => typeof brier === "number");
    const brier = sure.length ? ` Mean Brier score of ${sure.length} first answers: ${(sure.reduce((a, b) => a + b) / sure.length).toFixed(2)} (0 is best, always 50% gives 0.25).` : "";
    document.querySelector(".course-sum").textContent = `${right} of ${Object.keys(bank).length} questions right, ${tried} tried.${brier}`;
  };

  document.querySelector("[data-do=export]").addEventListener("click", () => {
    const lines = attempts().map((attempt) => `${JSON.stringify(attempt)}\n`).join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines], { type: "application/jsonl" }));
    link.download = "attempts.jsonl";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  document.querySelector("[data-do=import]").addEventListener("change", async ({ target }) => {
    let taken = 0;
    let left = 0;
    const known = new Set(attempts().map((attempt) => `${attempt.id} ${attempt.time}`));
    for (const line of (await target.files[0].text()).split("\n").filter((one) => one.trim())) {
      let attempt = null;
      try { attempt = JSON.parse(line); } catch { /* told below */ }
      if (!attempt || !(attempt.id in bank) || typeof attempt.time !== "string" || typeof attempt.correct !== "boolean") { left += 1; continue; }
      if (known.has(`${attempt.id} ${attempt.time}`)) continue;
      known.add(`${attempt.id} ${attempt.time}`);
      const before = JSON.parse(localStorage.getItem(KEY + attempt.id) ?? "[]");
      const all = [...before, attempt].sort((one, other) => one.time.localeCompare(other.time));
      localStorage.setItem(KEY + attempt.id, JSON.stringify(all));
      taken += 1;
    }
    told.textContent = `${taken} attempts added.${left ? ` ${left} lines were no attempts at questions of this course and are left out.` : ""}`;
    target.value = "";
    draw();
  });
  document.querySelector("[data-do=reset]").addEventListener("click", () => {
    if (!confirm("Forget all answers that this browser keeps? An export keeps them in a file.")) return;
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(KEY))) localStorage.removeItem(name);
    told.textContent = "All answers are forgotten.";
    draw();
  });
  draw();
}

// ------------------------------------------------------------------------------------------------- off line

/** Keep the whole course on this device, where the browser allows it (https or localhost). */
async function stay(told) {
  const { content_root: root, room } = document.documentElement.dataset; // decks have no root, and stay with their server
  if (!root || room !== undefined || !("serviceWorker" in navigator) || !["https:", "http:"].includes(location.protocol)) return;
  const tell = (words) => { if (told) told.textContent = words; };
  try {
    await navigator.serviceWorker.register(`${root}worker.js`);
    await navigator.serviceWorker.ready;
    const { usage } = await navigator.storage?.estimate?.() ?? {};
    tell(`The whole course is on this device${usage ? ` (about ${(usage / 1e6).toFixed(0)} MB)` : ""}: it opens without a network.`);
  } catch (fault) {
    tell(`This browser could not keep the course for reading without a network (${fault.message}).`);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  terms();
  scrollers();
  addEventListener("resize", scrollers);
  document.querySelectorAll(".course-states").forEach(states);
  document.querySelectorAll(".course-filter").forEach(claims);
  const bank = document.getElementById("course-bank");
  if (bank) progress(JSON.parse(bank.textContent));
  stay(document.querySelector(".course-kept"));
});
