/** What the pages of a vote share: the stream of the room's state, and how they say that it is gone. */

const SILENCE = 25_000; // milliseconds without even a beat: then the line is dead, whatever the browser thinks
const AGAIN = 1500;

export const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

/** Call `show(state)` with each state of the room, also after sleep, a lost network and a restart of the server. */
export function listen(view, show) {
  const link = document.querySelector(".live-link");
  let source = null;
  let heard = 0;
  let over = false;

  const open = () => {
    source?.close();
    if (over) return;
    heard = performance.now();
    const mine = new EventSource(`/events?as=${view}`);
    source = mine;
    mine.onmessage = ({ data }) => {
      heard = performance.now();
      link.textContent = "";
      const state = JSON.parse(data);
      if (state.phase === "ended") {
        over = true;
        mine.close();
      }
      show(state);
    };
    mine.addEventListener("beat", () => { heard = performance.now(); });
    mine.onerror = () => {
      link.textContent = "No connection to the teacher’s computer. Trying again …";
      if (mine.readyState === EventSource.CLOSED) setTimeout(() => { if (source === mine) open(); }, AGAIN);
    };
  };

  setInterval(() => { if (performance.now() - heard > SILENCE) open(); }, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) open(); }); // a phone that slept
  for (const event of ["online", "pageshow"]) addEventListener(event, (it) => { if (event === "online" || it.persisted) open(); });
  open();
}

/** Where a question stands in the course and what it is about: { page, src, alt }, each missing where there is none. */
export const evidence = (id) => fetch(`/evidence/${id}`).then((answer) => answer.json()).catch(() => ({}));

/** POST an object; gives { ok, status, why }. Throws where there is no connection. */
export async function send(path, message) {
  const response = await fetch(path, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(message),
    signal: AbortSignal.timeout?.(8000),
  });
  const { why = "" } = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, why };
}
