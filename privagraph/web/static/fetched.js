/**
 * Parts of a page that come later: HTML that the server has made, put where the page says `data-answer="address"`.
 */

/** Milliseconds after which a reader is told how long it has taken so far. */
const LONG = 2000;

/**
 * Fetches a part of the page and shows it.
 * @param {HTMLElement} place Where; its script-less content stands there meanwhile.
 * @param {string} address Where from.
 * @param {object} [options]
 * @param {AbortSignal} [options.signal] Ends it from outside.
 * @returns {Promise<boolean>} Whether it is there.
 */
export async function fetchInto(place, address, { signal } = {}) {
  const ending = new AbortController();
  const cancel = place.querySelector("[data-cancel]");
  const said = place.querySelector("[data-said]");
  const started = performance.now();
  let stopped = false;
  if (cancel) {
    cancel.hidden = false;
    cancel.addEventListener("click", () => {
      stopped = true;
      ending.abort();
    });
  }
  signal?.addEventListener("abort", () => ending.abort());
  const clock = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    if (said && performance.now() - started > LONG) said.textContent = `Asking the graph … ${seconds} s`;
  }, 1000);
  place.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: ending.signal, headers: { Accept: "text/html" } });
    const text = await response.text();
    if (signal?.aborted) return false;
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    fill(place, text);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    tell(place, stopped ? "Stopped." : `This did not work: ${error.message}.`, () => {
      location.reload();
    });
    return false;
  } finally {
    clearInterval(clock);
    place.removeAttribute("aria-busy");
  }
}

/**
 * Puts HTML that the server has made in the place of what an element holds.
 * @param {HTMLElement} place
 * @param {string} html A whole page or a part of one.
 */
export function fill(place, html) {
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

/** Fetches every part of the page that is not there yet. */
export function fetchParts() {
  for (const place of document.querySelectorAll("[data-answer]:not([data-there])")) {
    fetchInto(place, place.dataset.answer);
  }
}

function tell(place, words, again) {
  const line = document.createElement("p");
  line.className = "row";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Ask again";
  button.addEventListener("click", again);
  line.append(words, button);
  place.replaceChildren(line);
}
