/** The SPARQL editor: YASQE in the place of the text field, answers without a new page, and the query in the address. */
import { useCompleters, withPrefixes } from "./editor-terms.js";
import { drawAnswer } from "./editor-picture.js";
import { fetchInto } from "./fetched.js";

const form = document.getElementById("editor");
const field = document.getElementById("query");
const result = document.getElementById("result");
const answer = document.getElementById("answer");
const picture = document.getElementById("picture");
const views = document.querySelector(".views");
const stop = document.getElementById("stop");
const told = document.getElementById("syntax");
const prefixes = JSON.parse(form.dataset.prefixes);
const editor = startEditor();

let asking = null;
let drawn = null;
let shown = new URLSearchParams(location.search).get("query") ?? "";

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(text());
});
stop.addEventListener("click", () => {
  asking?.abort();
  answer.replaceChildren(Object.assign(document.createElement("p"), { textContent: "Stopped." }));
  finish();
});
for (const button of views.querySelectorAll("button")) button.addEventListener("click", () => look(button.dataset.view));
for (const link of document.querySelectorAll("[data-example]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const query = new URL(link.href).searchParams.get("query");
    write(query);
    run(query);
  });
}
addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query") ?? "";
  if (query) write(query);
  show(query);
});
if (answer.dataset.address) ask(answer.dataset.address);
else if (shown) finish();

/** YASQE in the place of the text field, or null where it is not there. */
function startEditor() {
  const { Yasqe } = globalThis;
  if (!Yasqe) return null;
  const host = document.createElement("div");
  host.dir = "ltr";
  field.before(host);
  field.hidden = true;
  useCompleters(Yasqe, prefixes);
  const made = new Yasqe(host, {
    value: field.value,
    consumeShareLink: null,
    createShareableLink: null,
    persistenceId: null,
    prefixCcApi: null,
    resizeable: false,
    showQueryButton: false,
    viewportMargin: Infinity,
    requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "GET" },
    extraKeys: {
      ...Yasqe.defaults.extraKeys,
      "Ctrl-Enter": () => run(text()),
      "Cmd-Enter": () => run(text()),
      "Ctrl-S": false,
      "Shift-Ctrl-F": false,
    },
  });
  made.getInputField().setAttribute("aria-label", "SPARQL query. Escape and then Tab leaves the editor.");
  made.checkSyntax = checkSyntax;
  made.checkSyntax();
  // Esc takes the keyboard out of the editor; from its button on Tab goes further
  made.setOption("extraKeys", { ...made.getOption("extraKeys"), Esc: () => document.getElementById("run").focus() });
  document.getElementById("keys").hidden = false;
  const declare = document.getElementById("declare");
  declare.hidden = false;
  declare.addEventListener("click", () => {
    made.setValue(withPrefixes(made.getValue(), prefixes));
    made.focus();
  });
  globalThis.yasqe = made;
  return made;
}

/**
 * Marks the line in which the query breaks, and says the place. It takes the part of YASQE's own check, whose notes have
 * style attributes, which the page's security policy forbids, and which nobody sees who uses no mouse.
 */
function checkSyntax() {
  this.clearGutter("gutterErrorBar");
  this.queryValid = true;
  told.textContent = "";
  const doc = this.getDoc();
  for (let line = 0; line < doc.lineCount(); line += 1) {
    if (this.getTokenAt({ line, ch: doc.getLine(line).length }, true).state.OK !== false) continue;
    const bad = this.getLineTokens(line, true).find((token) => token.state.OK === false);
    const open = bad.state.errorMsg?.match(/^Prefix '(.*)' is not defined$/)?.[1];
    told.classList.toggle("bad", !(open in prefixes));
    if (open in prefixes) {
      told.textContent = `The prefix ${open}: is not declared; the graph knows it all the same.`;
      return;
    }
    const what = open === undefined ? `“${bad.string.trim()}” cannot stand here` : `nobody declares the prefix ${open}:`;
    told.textContent = `Line ${line + 1}, column ${bad.start + 1}: ${what}.`;
    const mark = document.createElement("span");
    mark.className = "parseErrorIcon";
    mark.textContent = "!";
    mark.title = told.textContent;
    this.setGutterMarker(line, "gutterErrorBar", mark);
    this.queryValid = false;
    return;
  }
}

function text() {
  return editor ? editor.getValue() : field.value;
}

function write(query) {
  if (editor) editor.setValue(query);
  else field.value = query;
}

/** Runs a query and puts it into the address. */
function run(query) {
  if (!query.trim()) return;
  const address = `/query?${new URLSearchParams({ query })}`;
  if (location.pathname + location.search !== address) history.pushState(null, "", address);
  show(query);
}

/** Shows the answer that the address asks for. */
function show(query) {
  shown = query;
  result.hidden = !query;
  if (!query) return;
  document.querySelector(".examples").open = false;
  const state = new URLSearchParams({ query });
  const page = new URLSearchParams(location.search).get("page");
  if (page) state.set("page", page);
  ask(`/query/answer?${state}`);
}

async function ask(address) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  drawn?.destroy();
  drawn = null;
  for (const part of picture.querySelectorAll("#panel, #picture-side")) part.replaceChildren();
  look("table");
  views.hidden = true;
  stop.hidden = false;
  answer.replaceChildren(document.getElementById("waiting").content.cloneNode(true));
  await fetchInto(answer, address, { signal: mine.signal });
  if (asking === mine) finish();
}

/** What there is to do once an answer is there. */
function finish() {
  asking = null;
  stop.hidden = true;
  views.hidden = !answer.querySelector("[data-drawable]");
  const problem = answer.querySelector("[data-line]");
  if (problem && editor) offerPlace(problem);
}

/** A button that leads to the place at which the server's parser broke off. */
function offerPlace(problem) {
  const place = { line: Number(problem.dataset.line) - 1, ch: Number(problem.dataset.column) - 1 };
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Go there";
  button.addEventListener("click", () => {
    editor.getDoc().setCursor(place);
    editor.focus();
  });
  problem.append(" ", button);
}

/** Shows the answer as a table or as a graph. */
async function look(view) {
  for (const button of views.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  picture.hidden = view !== "graph";
  for (const part of answer.querySelectorAll(".answer-table, .turn")) part.hidden = view === "graph";
  if (view === "graph" && !drawn) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const made = await drawAnswer(picture, shown, mine.signal);
    if (asking === mine) [drawn, asking] = [made, null];
    else made?.destroy(); // another query was asked meanwhile
  }
}
