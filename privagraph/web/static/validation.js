// Filters that work without a new page, and results that appear while policies are checked. Without this script the
// form has a button, and a link shows how far a check is.

const every = 1500;
const parts = ["said", "running", "results"];
const form = document.getElementById("filters");
let asked = 0;

/**
 * The address that a form with filters leads to; what is as usual is left out.
 * @param {HTMLFormElement} filters
 * @returns {string}
 */
export function addressOf(filters) {
  const said = new URLSearchParams();
  const data = new FormData(filters);
  const all = (name) => data.getAll(name).length === filters.querySelectorAll(`input[name=${name}]`).length;
  for (const [name, value] of data) {
    if (value !== "" && !(name === "severity" && all(name))) said.append(name, value);
  }
  return said.size ? `/validation?${said}` : "/validation";
}

/**
 * Fetch a page of results and put its parts in the place of those that are shown.
 * @param {string} address
 * @param {string[]} names ids of the parts
 */
async function swap(address, names) {
  const number = (asked += 1);
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return; // something else was asked for meanwhile
  if (!page.getElementById("results")) {
    location.assign(address); // an error has a page of its own
    return;
  }
  for (const name of names) {
    const old = document.getElementById(name);
    const made = page.getElementById(name);
    const held = old.contains(document.activeElement);
    old.replaceWith(made);
    if (held) made.querySelector("button, a, summary")?.focus(); // who was on the button to stop stays there
  }
  const rules = document.getElementById("rule");
  const fresh = page.getElementById("rule");
  if (document.activeElement !== rules) {
    const chosen = fresh.value; // moving options changes which of them is chosen
    rules.replaceChildren(...fresh.children);
    rules.value = chosen;
  }
  form.querySelectorAll("label > input[name=severity]").forEach((box, place) => {
    const count = page.querySelectorAll("#filters input[name=severity]")[place]?.parentElement.querySelector(".quiet");
    if (count) box.parentElement.querySelector(".quiet").textContent = count.textContent;
  });
  follow();
}

function filter() {
  const address = addressOf(form);
  history.replaceState(null, "", address);
  swap(address, parts).catch(() => location.assign(address));
}

let waiting = 0;
form.addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, event.target.type === "search" ? 400 : 0);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  filter();
});

/** Whether somebody reads in the results, so that they must not move. */
function isRead() {
  const results = document.getElementById("results");
  return results.contains(document.activeElement) || results.querySelector("details.words[open]") !== null || scrollY > innerHeight / 2;
}

let timer = 0;
/** Look how far a check is, as long as one is under way. */
function follow() {
  clearTimeout(timer);
  const job = document.querySelector("#running [data-job]");
  if (job) timer = setTimeout(() => look(job), every);
}

async function look(job) {
  try {
    const answer = await fetch(`/jobs/${job.dataset.job}/progress`);
    if (answer.status === 404) return location.reload(); // a server that was started anew knows no jobs
    const told = await answer.json();
    if (told.over) {
      await swap(location.href, isRead() ? ["said", "running"] : parts);
      if (isRead()) offer();
      return;
    }
    if (String(told.done) !== job.dataset.done) {
      // the first results at once, later ones less often, since all that is shown is made anew
      const shown = document.querySelector("#results .policy, #results .rule") !== null;
      const due = !shown || performance.now() - last > 10000;
      if (due && !isRead()) {
        last = performance.now();
        await swap(location.href, parts);
        return;
      }
      job.dataset.done = told.done;
      job.querySelector("progress").value = told.done;
      job.querySelector("b").textContent = `Checking ${(told.done + 1).toLocaleString("en")} of ${told.total.toLocaleString("en")}`;
      job.querySelector("[data-doing]").textContent = told.doing;
    }
  } catch {
    job.querySelector("[data-doing]").textContent = "the server does not answer; is it still running?";
  }
  follow();
}
let last = 0;

/** Say that there are more results than are shown. */
function offer() {
  const running = document.getElementById("running");
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "More was found meanwhile: show it";
  const line = document.createElement("p");
  line.append(link);
  running.append(line);
}

follow();
