/** What is said of a node or an edge of a drawn scene: facts, words, neighbours. See `graph.js`. */

/** How many neighbours a panel lists at first. */
const FIRST = 40;

/**
 * The panel of a node or an edge.
 * @param {import("./graph.js").Item} item What is selected.
 * @param {import("./graph.js").Graph} graph Where it is drawn.
 * @param {object} [options]
 * @param {(evidence: import("./graph.js").Evidence) => string|null} [options.wordsUrl] The address where words can be
 *   read in their text; no link where null.
 * @param {(id: string) => string|null} [options.itemUrl] The address of a page on a node; no link where null.
 * @returns {HTMLElement}
 */
export function describe(item, graph, { wordsUrl = () => null, itemUrl = () => null } = {}) {
  const scene = graph.scene();
  const panel = made("section", { class: "graph-item" });
  const look = scene.groups.find((each) => each.name === item.group);
  if (item.type === "node") {
    panel.append(made("p", { class: "graph-kind" }, swatch(item.group), look?.title ?? item.kind));
    panel.append(made("h3", {}, item.label));
  } else {
    const [source, target] = [graph.item(item.source), graph.item(item.target)];
    panel.append(made("p", { class: "graph-kind" }, item.polarity === "denied" ? "Edge, denied" : "Edge"));
    panel.append(made("h3", {}, item.label || "joined"));
    const ends = [jump(source, graph), scene.directed ? " → " : " – ", jump(target, graph)];
    panel.append(made("p", {}, ...ends));
  }
  if (item.polarity === "denied") panel.append(made("p", { class: "tag denied" }, "Denied: the policy says it is not done."));
  const url = item.type === "node" ? itemUrl(item.id) : null;
  panel.append(factsOf(item, url));
  panel.append(...wordsOf(item, scene, wordsUrl));
  if (item.type === "node") panel.append(...neighboursOf(item, graph));
  return panel;
}

function factsOf(item, url) {
  const list = made("dl", { class: "graph-facts" });
  for (const [name, value] of item.facts) {
    const shown = name === "IRI" && url ? made("a", { href: url }, value) : value;
    list.append(made("dt", {}, name), made("dd", {}, shown));
  }
  return list;
}

function wordsOf(item, scene, wordsUrl) {
  if (!item.evidence.length) return [];
  const list = made("div", { class: "graph-words" });
  for (const each of item.evidence) {
    const place = made("p", { class: "place" }, scene.policies[each.policy] ?? each.policy, ` · ${each.start}–${each.end}`);
    const address = wordsUrl(each);
    if (address) place.append(" · ", made("a", { href: address }, "in the text"));
    list.append(made("blockquote", {}, each.quote), place);
  }
  return [made("h4", {}, item.evidence.length === 1 ? "The words" : `The words (${item.evidence.length})`), list];
}

function neighboursOf(item, graph) {
  const found = graph.neighbours(item.id);
  if (!found.length) return [];
  const list = made("ul", { class: "plain graph-neighbours" });
  const rows = found.map(({ edge, node, outward }) => {
    const way = graph.scene().directed ? (outward ? "→ " : "← ") : "";
    const denied = edge.polarity === "denied" ? "denied" : "";
    return made("li", {}, jump(edge, graph, `${way}${edge.label || "joined"}`, denied), " ", jump(node, graph));
  });
  list.append(...rows.slice(0, FIRST));
  const parts = [made("h4", {}, `Joined with (${found.length})`), list];
  if (rows.length > FIRST) {
    const more = made("button", { type: "button" }, `Show all ${rows.length}`);
    more.addEventListener("click", () => {
      list.append(...rows.slice(FIRST));
      more.remove();
    });
    parts.push(more);
  }
  return parts;
}

/** A button that selects a node or an edge. */
function jump(item, graph, label = item.label, style = "") {
  const button = made("button", { type: "button", class: `graph-jump ${style}`.trim() }, label);
  button.addEventListener("click", () => graph.select(item.id));
  return button;
}

/**
 * The colour of a group as a little square, for legends and panels; `graph.css` and `paint` give it its colour.
 * @param {string} group The group's name.
 * @returns {HTMLElement}
 */
export function swatch(group) {
  return made("span", { class: "graph-swatch", "data-group": group, "aria-hidden": "true" });
}

/**
 * An element with attributes and content; text stays text.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} content
 * @returns {HTMLElement}
 */
export function made(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}
