/** The panel of what is selected: what the picture knows of it, and what the whole graph knows besides. */
import { describe, made } from "/static/browser/graph-panel.js";
import { paint } from "/static/browser/graph-tools.js";

/**
 * @typedef {object} Doings What the buttons of a panel do.
 * @property {(id: string) => void} open Shows the neighbours of a node.
 * @property {(id: string) => void} openFar Shows them and theirs.
 * @property {(id: string) => void} close Takes them away again.
 * @property {(id: string) => void} centre Puts the node in the middle.
 * @property {(id: string) => void} more Shows more neighbours of it.
 */

/**
 * Fills the panel.
 * @param {HTMLElement} host
 * @param {import("/static/browser/graph.js").Item} item
 * @param {object} context
 * @param {import("/static/browser/graph.js").Graph} context.graph
 * @param {import("./explorer-state.js").State} context.state
 * @param {Record<string, string>} context.keys Keys of policies by their IRIs.
 * @param {number} context.each How many more neighbours a wish for more brings.
 * @param {Doings} context.doings
 */
export function showPanel(host, item, { graph, state, keys, each, doings }) {
  const wordsUrl = ({ policy, start, end }) => (keys[policy] ? `/policies/${keys[policy]}?at=${start}-${end}#at` : null);
  const itemUrl = (id) => `/resource?${new URLSearchParams({ iri: id })}`;
  const panel = describe(item, graph, { wordsUrl, itemUrl });
  host.replaceChildren(panel);
  if (item.type === "node") {
    const heading = panel.querySelector("h3");
    heading.after(buttonsOf(item, state, doings));
    const more = made("div", { class: "explorer-more" }, made("p", { class: "quiet small" }, "Asking the graph…"));
    panel.querySelector(".graph-facts").after(more);
    tellMore(more, item, { state, each, doings });
  } else if (item.property) {
    panel.append(made("p", { class: "small" }, made("a", { href: queryUrl(item) }, "All edges of this kind, in SPARQL")));
  }
  paint(graph, host);
}

function buttonsOf(item, state, doings) {
  const button = (label, does, title) => {
    const element = made("button", { type: "button", title }, label);
    element.addEventListener("click", () => does(item.id));
    return element;
  };
  const row = made("p", { class: "row explorer-doings" });
  const opened = state.open.includes(item.id) || state.far.includes(item.id);
  const middle = state.node === item.id;
  if (!state.open.includes(item.id) && !middle) row.append(button("Open", doings.open, "Show its neighbours (Enter)"));
  if (!state.far.includes(item.id) && !(middle && state.hops === "2")) row.append(button("Open two steps", doings.openFar, "Show its neighbours and theirs (Shift + Enter)"));
  if (opened) row.append(button("Close", doings.close, "Take them away again (c)"));
  if (!middle) row.append(button("Put in the middle", doings.centre, "Show only what is around it (m)"));
  return row;
}

async function tellMore(host, item, { state, each, doings }) {
  try {
    const response = await fetch(`/explorer/node?${new URLSearchParams({ iri: item.id, polarity: state.polarity })}`);
    const found = await response.json();
    if (!host.isConnected) return;
    if (!response.ok) throw new Error(found.error);
    host.replaceChildren(...partsOf(found, item, each, doings));
  } catch (error) {
    host.replaceChildren(made("p", { class: "small warning" }, error.message || "The server does not answer."));
  }
}

function partsOf(found, item, each, doings) {
  const parts = [];
  if (found.definition) parts.push(made("p", {}, found.definition));
  const known = new Set(item.facts.flatMap(([name, value]) => [name, value]));
  const facts = found.facts.filter(([name, value]) => !known.has(name) && !known.has(value));
  if (facts.length) {
    const list = made("dl", { class: "graph-facts" });
    for (const [name, value] of facts) list.append(made("dt", {}, name), made("dd", {}, value));
    parts.push(list);
  }
  const links = made("ul", { class: "plain small" });
  for (const { title, url } of found.links) links.append(made("li", {}, made("a", { href: url }, title)));
  parts.push(links);
  if (found.ways.length) {
    const list = made("ul", { class: "plain explorer-ways" });
    for (const way of found.ways) {
      const text = `${way.outward ? "→" : "←"} ${way.label}`;
      list.append(made("li", { class: way.denied ? "denied" : "" }, text, made("span", { class: "quiet number" }, way.total.toLocaleString("en"))));
    }
    const where = found.policies > 1 ? ` (${found.policies.toLocaleString("en")} policies)` : "";
    parts.push(made("details", {}, made("summary", {}, `In the whole graph${where}`), list));
  }
  return parts;
}

/**
 * What says which neighbours are not shown, with a button for more.
 * @param {{node: string, of: string, label: string, outward: boolean, total: number, shown: number}[]} ways
 * @param {number} each
 * @param {() => void} onMore
 * @returns {HTMLElement|null}
 */
export function leftOut(ways, each, onMore) {
  const cut = ways.filter((way) => way.shown < way.total);
  if (!cut.length) return null;
  const told = cut.map((way) => `${way.label} ${way.shown.toLocaleString("en")} of ${way.total.toLocaleString("en")}`);
  const names = [...new Set(cut.map((way) => way.of))].join(", ");
  const button = made("button", { type: "button", id: "more" }, `Show ${each} more of each`);
  button.addEventListener("click", onMore);
  return made("p", { class: "explorer-note" }, `Not all neighbours of ${names} are shown: ${told.join("; ")}. `, button);
}

function queryUrl({ property }) {
  const query = `SELECT ?policy ?node ?value WHERE {\n  GRAPH ?policy { ?node ${property} ?value }\n}\nORDER BY ?policy ?node ?value\nLIMIT 100`;
  return `/query?${new URLSearchParams({ query })}`;
}
