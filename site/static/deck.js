/** A deck: one thing a slide, never cut. Keys: S notes, F full screen, O overview; ?code shows the data cells, ?core the core only. */
"use strict";

const SIZE = { width: 1280, height: 720 };

const asked = new URLSearchParams(location.search);

if (!asked.has("code")) document.querySelectorAll(".deck-code").forEach((slide) => slide.remove());
if (asked.has("core")) document.querySelectorAll("[data-more]").forEach((inside) => inside.parentElement.remove());

/** Make what is too tall for its slide smaller, also when an answer makes it grow. */
function fit(inside) {
  inside.style.zoom = 1;
  let zoom = 1;
  for (let turn = 0; turn < 6 && inside.scrollHeight * zoom > SIZE.height; turn += 1) { // text wraps anew at each size
    zoom *= Math.max(0.5, (SIZE.height - 4) / (inside.scrollHeight * zoom));
    inside.style.zoom = zoom;
  }
}

/** Escape leaves a question, so that all keys are the deck's again; what a clicker sends (Page up, Page down) always is. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".ruspak-quiz, .course-states")) event.target.blur();
}, { capture: true });

Reveal.initialize({
  ...SIZE, margin: 0.04, hash: true, center: false, controls: true, progress: true, transition: "none", plugins: [RevealNotes],
  keyboardCondition: (event) => event.key.startsWith("Page") || !event.target.closest?.(".ruspak-quiz, .course-states"),
}).then(() => {
  const seen = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target.closest(".deck-fit"))));
  document.querySelectorAll(".deck-fit").forEach((inside) => {
    inside.querySelectorAll(":scope > *").forEach((child) => seen.observe(child));
  });
  Reveal.on("slidechanged", ({ currentSlide }) => fit(currentSlide.querySelector(".deck-fit")));
  fit(Reveal.getCurrentSlide().querySelector(".deck-fit"));
});
