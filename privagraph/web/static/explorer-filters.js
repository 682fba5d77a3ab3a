/** Which kinds of nodes and edges are shown: the legend is the filter. `privagraph.web.exploring.shown` hides the same. */
import { made, swatch } from "/static/browser/graph-panel.js";
import { paint } from "/static/browser/graph-tools.js";

const MODALITIES = { asserted: "is done", possible: "may be done", required: "must be done" };

/**
 * Hides what the state says, and shows all else.
 * @param {import("/static/browser/graph.js").Graph} graph
 * @param {import("./explorer-state.js").State} state
 * @returns {{nodes: number, edges: number}} How much is shown.
 */
export function narrow(graph, state) {
  const scene = graph.scene();
  const [groups, kinds, modalities] = [state.hide, state.without, state.unless].map((each) => new Set(each));
  const hides = (edge) => kinds.has(edge.property) || modalities.has(edge.modality);
  const ends = (edges) => new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const joined = ends(scene.edges);
  const still = ends(scene.edges.filter((edge) => !hides(edge)));
  const left = new Set(
    scene.nodes
      .filter((node) => !groups.has(node.group) && !modalities.has(node.modality) && (still.has(node.id) || !joined.has(node.id)))
      .map((node) => node.id),
  );
  let edges = 0;
  graph.cy.batch(() => {
    graph.cy.nodes().forEach((node) => {
      node.toggleClass("hidden", node.hasClass("frame") ? groups.has(node.data("group")) : !left.has(node.id()));
    });
    graph.cy.edges().forEach((edge) => {
      const item = edge.data("item");
      const away = hides(item);
      edge.toggleClass("hidden", away);
      if (!away && left.has(item.source) && left.has(item.target)) edges += 1;
    });
  });
  return { nodes: left.size, edges };
}

/**
 * The checkboxes of all kinds that there are, with counts.
 * @param {import("/static/browser/graph.js").Graph} graph
 * @param {{name: string, title: string, group: string, count: number}[]} kinds The kinds of edges.
 * @param {import("./explorer-state.js").State} state
 * @param {(changes: Partial<import("./explorer-state.js").State>) => void} onChange
 * @returns {HTMLElement[]}
 */
export function filters(graph, kinds, state, onChange) {
  const scene = graph.scene();
  const counts = {};
  const practices = scene.nodes.filter((node) => node.modality);
  for (const each of practices.length ? practices : scene.edges) counts[each.modality] = (counts[each.modality] ?? 0) + 1;
  const sure = Object.keys(MODALITIES).filter((name) => counts[name]);
  const box = (title, name, rows) => {
    const field = made("fieldset", { class: "explorer-kinds", "data-filter": name }, made("legend", {}, title));
    for (const { value, label, count, mark } of rows) {
      const check = made("input", { type: "checkbox", value });
      check.checked = !state[name].includes(value);
      check.addEventListener("change", () => {
        const boxes = [...field.querySelectorAll("input")];
        onChange({ [name]: boxes.filter((each) => !each.checked).map((each) => each.value) });
      });
      field.append(made("label", {}, check, ...mark, made("span", {}, label), made("span", { class: "quiet number" }, String(count))));
    }
    if (rows.length > 2) field.append(allButtons(field, name, onChange));
    return field;
  };
  const nodes = scene.groups.map((group) => ({ value: group.name, label: group.title, count: group.count, mark: [swatch(group.name)] }));
  const edges = kinds.map((kind) => ({ value: kind.name, label: kind.title, count: kind.count, mark: [line(kind)] }));
  const parts = [box("Nodes", "hide", nodes), box("Edges", "without", edges)];
  if (sure.length > 1) parts.push(box("How surely", "unless", sure.map((name) => ({ value: name, label: MODALITIES[name], count: counts[name], mark: [] }))));
  const legend = made("p", { class: "small quiet explorer-lines" });
  if (scene.edges.some((edge) => edge.polarity === "denied")) legend.append(made("span", { class: "graph-line denied" }), " denied ");
  if (scene.edges.some((edge) => edge.modality === "possible")) legend.append(made("span", { class: "graph-line possible" }), " may be done");
  const host = made("div", {}, ...parts, legend);
  paint(graph, host);
  return [host];
}

function line(kind) {
  return made("span", { class: `graph-line ${kind.name.startsWith("pg:denied") ? "denied" : ""}`.trim(), "aria-hidden": "true" });
}

function allButtons(field, name, onChange) {
  const button = (label, values) => {
    const element = made("button", { type: "button", class: "graph-jump" }, label);
    element.addEventListener("click", () => onChange({ [name]: values() }));
    return element;
  };
  const every = () => [...field.querySelectorAll("input")].map((each) => each.value);
  return made("p", { class: "row small" }, button("All", () => []), button("None", every));
}
