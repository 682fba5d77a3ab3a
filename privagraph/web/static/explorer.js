/** The explorer: fetches the picture that its address says, draws it, and lets it be searched, filtered and opened. */
import { drawGraph } from "/static/browser/graph.js";
import { made } from "/static/browser/graph-panel.js";
import { finder, paint } from "/static/browser/graph-tools.js";
import { filters, narrow } from "./explorer-filters.js";
import { keys } from "./explorer-keys.js";
import { landmarks } from "./explorer-landmarks.js";
import { leftOut, showPanel } from "./explorer-panel.js";
import { searchBox } from "./explorer-search.js";
import { keepSmooth } from "./explorer-smooth.js";
import { start } from "./explorer-start.js";
import { keepState, queryOf } from "./explorer-state.js";

const EACH = 40;
/** Up to how many edges of the selected node have their labels beside them. */
const LABELLED = 14;
const find = (id) => document.getElementById(id);
const root = document.documentElement;

let graph = null;
let drawn = null;
let loaded = null;
let subject = null;
let name = () => {};
let running = null;
/** Whether a new picture has its final place, which it gets when all around it is there. */
let fitted = true;

const address = keepState(show);

/** Shows a state: a new picture where it is made of something else, else what is hidden and selected in it. */
async function show(state) {
  links(state);
  const query = queryOf(state, { drawn: true });
  if (query !== loaded) {
    const about = JSON.stringify([state.policy, state.view, state.node]);
    if (!(await load(query, about === subject))) return;
    subject = about;
    controls(state);
    list();
  } else {
    running?.abort();
    find("progress").hidden = true;
  }
  refresh(state);
  if (!fitted) {
    graph.cy.resize(); // the notes above the picture took some of its room
    graph.begin();
    fitted = true;
  }
  select(state.at);
}

/** Fetches and draws a picture; false where another one was asked for meanwhile, or none came. */
async function load(query, same) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  delete root.dataset.ready;
  const progress = find("progress");
  progress.hidden = false;
  progress.textContent = "The picture is being made…";
  const slow = setTimeout(() => {
    progress.textContent = "The picture is being made… Of many policies that takes some seconds.";
  }, 2500);
  try {
    const response = await fetch(`/explorer/scene?${query}`, { signal: mine.signal });
    const found = await response.json();
    if (!response.ok) throw new Error(found.error);
    drawn = found;
    if (graph && same && large(graph.scene()) === large(found.scene)) graph.replace(found.scene);
    else {
      graph?.destroy();
      graph = drawGraph(find("graph"), found.scene, { onSelect: selected, onOpen: (item) => doings.open(item.id) });
      keepSmooth(graph.cy);
      fitted = false;
      name = landmarks(graph);
    }
    globalThis.explorer = { graph, address };
    loaded = query;
    progress.hidden = true;
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    loaded = null;
    progress.textContent = `This did not work: ${error.message || "the server does not answer."}`;
    root.dataset.ready = "failed";
    return false;
  } finally {
    clearTimeout(slow);
  }
}

/** Whether a picture is so large that `graph.js` draws it coarsely while it moves, which it decides once. */
function large({ nodes, edges }) {
  return nodes.length + edges.length > 600;
}

/** What stands around the picture: title, notes, legend, counts. */
function refresh(state) {
  const counts = narrow(graph, state);
  name();
  const { scene, kinds, ways, begin } = drawn;
  const hidden = scene.nodes.length - counts.nodes;
  find("scene-title").textContent = scene.title;
  const told = [`${counts.nodes.toLocaleString("en")} nodes, ${counts.edges.toLocaleString("en")} edges`];
  if (hidden) told.push(`${hidden.toLocaleString("en")} nodes hidden by filters`);
  const notes = scene.notes.map((note) => made("p", { class: "explorer-note" }, note));
  const most = find("most");
  const more = [...most.options].map((each) => each.value).find((value) => Number(value) > Number(state.most));
  if (notes.length && more) {
    const button = made("button", { type: "button", id: "raise" }, `Show up to ${Number(more).toLocaleString("en")}`);
    button.addEventListener("click", () => address.change({ most: more }));
    notes[0].append(" ", button);
  }
  const out = leftOut(ways, EACH, () => address.change({ each: String(Number(state.each) + EACH) }));
  const lead = made("p", { class: "small quiet", role: "status", id: "counts" }, `${told.join(" · ")}.`);
  if (begin) lead.prepend(`To begin with: ${begin}. `);
  if (!scene.nodes.length) notes.push(made("p", { class: "explorer-note" }, "There is nothing to show here. Choose another view or policy."));
  find("notes").replaceChildren(lead, ...notes, ...(out ? [out] : []));
  const focused = find("filters").contains(document.activeElement) ? document.activeElement : null;
  const box = focused?.closest("[data-filter]")?.dataset.filter;
  find("filters").replaceChildren(...filters(graph, kinds, state, (changes) => address.change(changes)));
  const alike = (each) => (focused.matches("input") ? each.value === focused.value : each.textContent === focused.textContent);
  if (box) [...find("filters").querySelectorAll(`[data-filter="${box}"] :is(input, button)`)].find(alike)?.focus();
  document.querySelector('[data-do="undo"]').disabled = !history.state?.steps;
  document.querySelector('[data-do="collapse"]').disabled = !(state.open.length || state.far.length);
  root.dataset.ready = "yes";
}

/** The list of all nodes, once somebody wants to see it. */
function list() {
  const listed = find("listed");
  if (listed.open && graph) find("nodes").replaceChildren(finder(graph));
}

let silent = false;

function select(id) {
  silent = true;
  if (!id || !graph.select(id, { centre: false })) graph.select(null);
  silent = false;
}

function selected(item) {
  if (!silent) address.change({ at: item?.id ?? "" }, { quiet: true });
  if (graph.cy.edges(".near").length > LABELLED) graph.cy.edges(".near").removeClass("near");
  links(address.state());
  find("panel-empty").hidden = Boolean(item);
  const host = find("panel-item");
  const inside = host.contains(document.activeElement);
  find("selected").textContent = item ? told(item) : "";
  if (!item) return host.replaceChildren();
  find("panel").scrollTop = 0;
  showPanel(host, item, { graph, state: address.state(), keys: drawn.keys, each: EACH, doings });
  if (inside) find("panel").focus(); // the button that was pressed is gone
}

/** What is selected, for those who hear it. */
function told(item) {
  if (item.type === "edge") return `Edge: ${graph.item(item.source)?.label}, ${item.label}, ${graph.item(item.target)?.label}`;
  const kind = graph.scene().groups.find((each) => each.name === item.group)?.title ?? item.kind;
  return `${item.label}, ${kind}, joined with ${graph.neighbours(item.id).length}`;
}

const doings = {
  open: (id) => id && id !== address.state().node && change("open", id),
  openFar: (id) => id && (id === address.state().node ? address.change({ hops: "2" }) : change("far", id)),
  close: (id) => id && change("", id),
  centre: (id) => id && address.change({ node: id, view: "", hops: "1", open: [], far: [], at: id }),
  undo: () => history.state?.steps && history.back(),
  find: () => find("find").focus(),
  panel: () => find("panel").focus(),
  help: () => find("help").showModal(),
};

/** Opens a node one or two steps far, or closes it. */
function change(way, id) {
  const { open, far } = address.state();
  const without = (nodes) => nodes.filter((each) => each !== id);
  const changes = { open: without(open), far: without(far), at: id };
  if (way) changes[way] = [...changes[way], id];
  if (!drawn.scene.nodes.some((node) => node.id === id)) return;
  address.change(changes);
}

/** The form says what the state is. */
function controls(state) {
  const view = find("view");
  const around = view.querySelector('option[value=""]') ?? made("option", { value: "" }, "Around a node");
  if (state.node) view.prepend(around);
  else around.remove();
  view.value = state.node ? "" : state.view || drawn.scene.view;
  find("polarity").value = state.polarity;
  find("hops").value = state.hops;
  find("hops-field").hidden = !state.node;
  if (![...find("most").options].some((each) => each.value === state.most)) {
    find("most").append(made("option", { value: state.most }, `${state.most} nodes`));
  }
  find("most").value = state.most;
  const names = new Map([...find("policy").options].map((each) => [each.value, each.dataset.name]));
  const chips = state.policy.map((key) => {
    const name = names.get(key) ?? key;
    const chip = made("button", { type: "button", class: "chip", "aria-label": `Without ${name}` }, `${name} `, made("span", { "aria-hidden": "true" }, "✕"));
    chip.addEventListener("click", () => address.change({ policy: state.policy.filter((each) => each !== key), at: "" }));
    return chip;
  });
  find("chosen-policies").replaceChildren(...chips);
  find("policy").value = "";
  find("policy").previousElementSibling?.replaceChildren(chips.length ? "Add a policy" : "Choose a policy");
}

function links(state) {
  const query = queryOf(state);
  find("as-tables").href = `/explorer?${query ? `${query}&` : ""}form=tables`;
  for (const link of document.querySelectorAll("[data-format]")) link.href = `/explorer/picture.${link.dataset.format}?${query}`;
}

find("controls").addEventListener("submit", (event) => event.preventDefault());
find("policy").addEventListener("change", (event) => {
  const { policy, view, node } = address.state();
  const key = event.target.value;
  if (key && !policy.includes(key)) address.change({ policy: [...policy, key], view: view || (node ? "" : "practices"), at: "" });
});
find("view").addEventListener("change", (event) => {
  if (event.target.value) address.change({ view: event.target.value, node: "", hops: "1", open: [], far: [], at: "" });
});
for (const name of ["polarity", "most", "hops"]) find(name).addEventListener("change", (event) => address.change({ [name]: event.target.value }));

document.querySelector(".explorer-tools").addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (!graph || !what) return;
  if (what === "nearer") graph.zoom(1.3);
  else if (what === "further") graph.zoom(1 / 1.3);
  else if (what === "fit") graph.fit();
  else if (what === "undo") doings.undo();
  else if (what === "collapse") address.change({ open: [], far: [], each: String(EACH) });
});
find("listed").addEventListener("toggle", list);
find("help-open").addEventListener("click", doings.help);
document.addEventListener("theme", () => graph && requestAnimationFrame(() => paint(graph, document.body)));

function choose({ policy, node }) {
  if (policy) address.change({ policy: [policy], view: "practices", node: "", hops: "1", open: [], far: [], at: "" });
  else if (graph?.item(node)) graph.select(node);
  else address.change({ policy: [], node, view: "", hops: "1", open: [], far: [], at: node });
  find("stage").focus({ preventScroll: true });
}

searchBox({ input: find("find"), list: find("found"), status: find("found-count"), onChoose: choose });
keys(find("stage"), () => graph, doings);
start(find("start"), choose);
if (matchMedia("(max-width: 60rem)").matches) find("settings").open = false;
address.start();
