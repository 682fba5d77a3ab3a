// Says before anything is sent that a file is too large, and takes a file that is dropped on the form.

/**
 * What is wrong with what a form would send; empty where nothing is.
 * @param {HTMLFormElement} form
 * @returns {string}
 */
export function problemOf(form) {
  const largest = Number(form.dataset.largest);
  const file = form.querySelector("input[type=file]")?.files[0];
  const text = form.querySelector("textarea")?.value ?? "";
  const size = file ? file.size : new Blob([text]).size;
  if (size <= largest) return "";
  const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  return `It has ${megabytes(size)}, and ${megabytes(largest)} are the most that this server takes. Give the policy alone, without pictures.`;
}

for (const form of document.querySelectorAll("form.way")) {
  const told = form.querySelector("[role=alert]");
  const say = () => {
    const problem = problemOf(form);
    told.textContent = problem;
    told.hidden = !problem;
    return problem;
  };
  form.addEventListener("change", say);
  form.addEventListener("submit", (event) => {
    if (say()) {
      event.preventDefault();
      return;
    }
    form.querySelector("button").disabled = true;
  });
  const input = form.querySelector("input[type=file]");
  if (!input) continue;
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    say();
  });
}
// who comes back to the page finds the buttons as they were
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form.way button")) button.disabled = false;
});
