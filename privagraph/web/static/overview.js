// The overview: the list follows what is typed, what is chosen to compare stays chosen, and what takes time to count
// comes after the page. Without a script the forms and links do the same.
import { fill } from "./fetched.js";

const filters = document.getElementById("filters");
const list = document.getElementById("list");
const compare = document.getElementById("compare");
const told = document.getElementById("chosen");
const chosen = new Map();
let turn = 0;
let timer = 0;

async function show(search, { remember = true } = {}) {
  const mine = ++turn;
  const answer = await fetch(`/overview/table${search}`);
  if (mine !== turn) return;
  if (!answer.ok) return location.assign(`/${search}`);
  const held = document.activeElement?.closest("#list thead a, #list .pages a")?.textContent;
  fill(list, await answer.text());
  for (const each of list.querySelectorAll('input[name="policy"]')) each.checked = chosen.has(each.value);
  if (held) [...list.querySelectorAll("thead a, .pages a")].find(each => words(each) === held.replace(/[▲▼]/g, ""))?.focus();
  if (remember) history.replaceState(null, "", `/${search}`);
  tell();
}

const words = element => element.textContent.replace(/[▲▼]/g, "");

function asked() {
  const data = new FormData(filters);
  const given = new URLSearchParams([...data].filter(([, value]) => String(value).trim()));
  return given.size ? `?${given}` : "";
}

function tell() {
  const shown = new Set([...list.querySelectorAll('input[name="policy"]')].map(each => each.value));
  for (const each of compare.querySelectorAll(':scope > input[type="hidden"]')) each.remove();
  for (const key of chosen.keys()) {
    if (shown.has(key)) continue;
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "policy", value: key });
    compare.append(kept);
  }
  told.textContent = chosen.size ? `${chosen.size} chosen: ${[...chosen.values()].join(" · ")}` : "Choose two policies or more.";
  compare.querySelector("button").disabled = chosen.size < 2;
}

filters.querySelector("[data-submit]").hidden = true;
filters.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => show(asked()), 120);
});
filters.addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(timer);
  show(asked());
});
list.addEventListener("change", event => {
  const box = event.target.closest('input[name="policy"]');
  if (!box) return;
  if (box.checked) chosen.set(box.value, box.closest("tr").querySelector(".name").textContent);
  else chosen.delete(box.value);
  tell();
});
list.addEventListener("click", event => {
  const link = event.target.closest("thead a, .pages a, .count a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const url = new URL(link.href);
  for (const name of ["q", "language", "versions", "sort"]) {
    const field = filters.elements.namedItem(name);
    if (field) field.value = url.searchParams.get(name) ?? "";
  }
  show(url.search);
  if (link.closest(".pages")) list.scrollIntoView();
});
for (const each of list.querySelectorAll('input[name="policy"]:checked')) {
  chosen.set(each.value, each.closest("tr").querySelector(".name").textContent);
}
tell();

const together = document.getElementById("together");
together.classList.add("waiting");
together.setAttribute("aria-busy", "true");
try {
  const answer = await fetch(together.dataset.from);
  if (answer.ok) fill(together, await answer.text());
} catch {
  // the link to the page of these figures stays
} finally {
  together.classList.remove("waiting");
  together.removeAttribute("aria-busy");
}
document.documentElement.dataset.ready = "overview";
