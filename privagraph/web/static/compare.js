// Which rows of a comparison are shown, without a new page; and how many policies can be ticked.

const tools = document.getElementById("tools");

/** Hide the rows that are not asked for, and keep that in the address. */
function show() {
  const said = new URLSearchParams(new FormData(tools));
  for (const name of ["every", "only"]) document.querySelector(".compared").classList.toggle(name, said.has(name));
  history.replaceState(null, "", `/compare?${said}`);
}
if (tools) {
  tools.querySelector("button").hidden = true;
  tools.addEventListener("change", show);
}

const chooser = document.querySelector("#chooser form");
const most = Number(chooser.dataset.most);
const boxes = [...chooser.querySelectorAll("input[name=policy]")];
const told = document.getElementById("told");

/** Say how many policies are ticked, and let no more be ticked than fit. */
function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.disabled = !box.checked && ticked >= most;
  told.textContent = ticked >= most ? `${ticked} chosen, which is as many as fit` : ticked ? `${ticked} chosen` : "";
}
chooser.addEventListener("change", count);
addEventListener("pageshow", count);
count();
