// The page of a policy: what is chosen in the text is told beside it without loading the page anew. Everything here
// works by the links and forms of the page too, which is what happens without a script.
import { fill } from "./fetched.js";
import { watchFind } from "./policy-find.js";
import { watchKeys } from "./policy-keys.js";
import { watchOutline } from "./policy-outline.js";
import { watchRoles } from "./policy-roles.js";

const text = document.getElementById("text");
const panel = document.getElementById("panel");
const said = document.getElementById("said");
const here = location.pathname;
let asked = 0;
let origin = null;
let chosen = chosenBy(new URL(location.href));

/** What an address chooses in the text, whatever else it says. */
function chosenBy(url) {
  return ["mention", "practice", "at"].map(name => url.searchParams.get(name)).join(" ");
}

/**
 * Whether an address is this page with something else chosen in it.
 * @param {URL} url
 * @returns {boolean}
 */
const isHere = url => url.origin === location.origin && url.pathname === here;

/**
 * Fetch a fragment of this page.
 * @param {string} part "panel" or "text"
 * @param {URL} url the page with what is chosen
 * @returns {Promise<string>} HTML that the server made of templates
 */
async function fragment(part, url) {
  const answer = await fetch(`${here}/${part}${url.search}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}

/** Show by classes what is chosen; hands out the first of its marks. */
function mark(mention, practice) {
  for (const each of text.querySelectorAll(".on, .arg")) each.classList.remove("on", "arg");
  const held = (name, value) => value && text.querySelectorAll(`[data-${name}~="${CSS.escape(value)}"]`);
  const marks = [...(held("m", mention) || [])];
  const passages = [...(held("p", practice) || [])];
  for (const each of [...marks, ...passages]) each.classList.add("on");
  for (const each of panel.querySelectorAll("[data-m]")) {
    for (const words of practice ? held("m", each.dataset.m) : []) words.classList.add("arg");
  }
  return marks[0] ?? passages.find(each => each.classList.contains("s"));
}

/** Only one mark is a stop of the Tab key; the others are reached by the arrows and letters. */
export function stopAt(element) {
  for (const each of text.querySelectorAll("a.m:not([tabindex])")) each.tabIndex = -1;
  for (const each of text.querySelectorAll('a.m[tabindex="0"]')) each.tabIndex = -1;
  const stop = element ?? text.querySelector("a.m.on") ?? text.querySelector("a.m");
  if (stop) stop.tabIndex = 0;
}

/** Bring an element into sight, unless it is; in a long text its place is known only once it was laid out. */
function show(element, { always = false } = {}) {
  if (!element) return;
  const sheet = getComputedStyle(panel).position === "fixed" ? panel.offsetHeight : 0;
  const go = must => {
    const box = element.getBoundingClientRect();
    if (must || box.top < 60 || box.bottom > innerHeight - sheet - 20) {
      scrollTo({ top: scrollY + box.top - (innerHeight - sheet) / 3, behavior: "instant" });
      return true;
    }
    return false;
  };
  if (go(always)) requestAnimationFrame(() => requestAnimationFrame(() => go(false)));
}

/**
 * Choose what an address says: a mention, a practice, words, or nothing.
 * @param {URL} url
 * @param {{focus?: boolean, remember?: boolean}} [how] focus: whether the panel takes the focus; remember: whether
 *   the browser's way back leads to what was chosen before
 */
export async function choose(url, { focus = false, remember = false } = {}) {
  const turn = ++asked;
  const want = url.searchParams;
  try {
    if (want.has("at")) {
      const kept = new URLSearchParams(location.search);
      for (const name of ["mention", "practice"]) {
        if (kept.has(name)) want.set(name, kept.get(name));
      }
      for (const role of kept.getAll("role")) want.append("role", role);
      if (kept.has("only")) want.set("only", kept.get("only"));
      const html = await fragment("text", url);
      if (turn !== asked) return;
      fill(text, html);
      stopAt();
      show(text.querySelector("mark.at"), { always: true });
    } else {
      mark(want.get("mention"), want.get("practice"));
      const html = await fragment("panel", url);
      if (turn !== asked) return;
      fill(panel, html);
      panel.scrollTop = 0;
      for (const each of text.querySelectorAll("mark.at")) each.replaceWith(...each.childNodes);
      const first = mark(want.get("mention"), want.get("practice"));
      if (first?.matches("a.m")) stopAt(first);
      show(first);
      said.textContent = panel.querySelector("h2")?.textContent.trim() ?? "";
      if (focus) panel.querySelector("h2")?.focus({ preventScroll: true });
    }
    chosen = chosenBy(url);
    history[remember ? "pushState" : "replaceState"](null, "", `${here}${url.search}`);
  } catch {
    location.assign(url);
  }
}

/** Close the panel, and go back to where it was opened from. */
export function close() {
  const url = new URL(location.href);
  for (const name of ["mention", "practice", "at"]) url.searchParams.delete(name);
  url.hash = "";
  choose(url).then(() => (origin?.isConnected ? origin : text.querySelector('a.m[tabindex="0"]'))?.focus());
}

document.addEventListener("click", event => {
  const link = event.target.closest("#reader a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const url = new URL(link.href);
  if (!isHere(url) || link.getAttribute("href").startsWith("#") || link.closest(".tools")) return;
  event.preventDefault();
  if (link.matches(".close")) return close();
  const isText = text.contains(link);
  if (isText) origin = link;
  choose(url, { focus: isText && event.detail === 0, remember: true });
});

addEventListener("popstate", () => {
  const url = new URL(location.href);
  if (chosenBy(url) !== chosen) choose(url); // else only a place in the text, which the browser goes to by itself
});

stopAt();
watchKeys(text, panel, { choose, close });
watchRoles(text, { fragment, fill, done: () => { stopAt(); } });
watchFind(text);
watchOutline(text);
document.documentElement.dataset.ready = "policy";
