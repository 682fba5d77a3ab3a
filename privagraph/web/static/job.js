// How far a job is, asked for every second; at its end the page goes where the job leads, or shows what went wrong.

const section = document.querySelector("[data-job]");
const doing = section.querySelector("[data-doing]");
const bar = section.querySelector("progress");
const steps = section.querySelectorAll(".steps li");
const every = 1000;

/**
 * Show how far a job is.
 * @param {{done: number, total: number, doing: string, ahead: number}} told
 */
export function show(told) {
  const others = told.ahead === 1 ? "1 other upload comes first" : `${told.ahead} other uploads come first`;
  const words = told.ahead ? others : told.doing || "Waiting for its turn";
  if (doing.textContent !== words) doing.textContent = words;
  bar.value = told.done;
  steps.forEach((step, place) => {
    step.classList.toggle("past", place < told.done);
    if (place === told.done) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  });
}

async function ask() {
  try {
    const answer = await fetch(`/jobs/${section.dataset.job}/progress`);
    if (answer.status === 404) return location.reload(); // a server that was started anew knows no jobs: it says so
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (told.over) {
      // the page of the job stays in the history, and then says what came of it
      if (told.state === "done" && told.address) location.assign(told.address);
      else location.reload();
      return;
    }
    show(told);
  } catch {
    doing.textContent = "The server does not answer. Is it still running?";
  }
  setTimeout(ask, every);
}
setTimeout(ask, every);
