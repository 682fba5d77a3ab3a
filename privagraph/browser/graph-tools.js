/** What stands around a drawn scene: legend, search, list of nodes, buttons. See `graph.js`. */
import { coloursOf, lookOf } from "./graph-style.js";
import { made, swatch } from "./graph-panel.js";

/** How many nodes a list shows; the search finds the others. */
const LISTED = 200;

/**
 * The legend: a checkbox for each group, which hides and shows its nodes.
 * @param {import("./graph.js").Graph} graph The drawn scene.
 * @param {object} [options]
 * @param {Iterable<string>} [options.hidden] Groups that are hidden from the start.
 * @param {(hidden: string[]) => void} [options.onHide] Told of all hidden groups after each change.
 * @returns {HTMLElement} A fieldset; make it anew when the scene has changed.
 */
export function legend(graph, { hidden = [], onHide = () => {} } = {}) {
  const away = new Set(hidden);
  const scene = graph.scene();
  const box = made("fieldset", { class: "graph-legend" }, made("legend", {}, "What is shown"));
  for (const group of scene.groups) {
    const check = made("input", { type: "checkbox", value: group.name });
    check.checked = !away.has(group.name);
    check.addEventListener("change", () => {
      if (check.checked) away.delete(group.name);
      else away.add(group.name);
      graph.hide(away);
      onHide([...away]);
    });
    box.append(made("label", {}, check, swatch(group.name), group.title, made("span", { class: "quiet" }, ` ${group.count}`)));
  }
  const lines = [
    ["denied", "denied", scene.edges.some((edge) => edge.polarity === "denied")],
    ["possible", "may be done", [...scene.nodes, ...scene.edges].some((each) => each.modality === "possible")],
    ["phrase", "words that no concept fits", scene.nodes.some((node) => node.kind === "phrase")],
  ];
  for (const [style, title, there] of lines) {
    if (there) box.append(made("p", { class: "graph-line-row" }, made("span", { class: `graph-line ${style}` }), title));
  }
  if (away.size) graph.hide(away);
  paint(graph, box);
  return box;
}

/**
 * Gives the little squares in an element the colours that their groups have in the drawing.
 * @param {import("./graph.js").Graph} graph The drawn scene.
 * @param {HTMLElement} element Where the squares are.
 */
export function paint(graph, element) {
  const colours = coloursOf(graph.cy.container());
  const looks = new Map(graph.scene().groups.map((each) => [each.name, lookOf(each, colours)]));
  for (const square of element.querySelectorAll(".graph-swatch")) {
    const look = looks.get(square.dataset.group);
    if (look) Object.assign(square.style, { backgroundColor: look.fill, borderColor: look.line });
  }
}

/**
 * A search box with a list of all nodes as buttons, so that nobody needs the canvas.
 * @param {import("./graph.js").Graph} graph The drawn scene.
 * @returns {HTMLElement} Make it anew when the scene has changed.
 */
export function finder(graph) {
  const input = made("input", { type: "search", id: "graph-find", autocomplete: "off", spellcheck: "false" });
  const count = made("p", { class: "small quiet", role: "status" });
  const list = made("ul", { class: "plain graph-list" });
  const nodes = [...graph.scene().nodes].sort((one, other) => one.label.localeCompare(other.label));
  const show = () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const text = (node) => `${node.label} ${node.id}`.toLocaleLowerCase();
    const found = nodes.filter((node) => words.every((word) => text(node).includes(word)));
    list.replaceChildren(
      ...found.slice(0, LISTED).map((node) => {
        const button = made("button", { type: "button", class: "graph-jump" }, swatch(node.group), node.label);
        button.addEventListener("click", () => graph.select(node.id));
        return made("li", {}, button);
      }),
    );
    const shown = found.length > LISTED ? `the first ${LISTED} of ${found.length} nodes` : `${found.length} nodes`;
    count.textContent = found.length === 1 ? "1 node" : shown;
    paint(graph, list);
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  show();
  return made("div", { class: "graph-finder" }, made("label", { for: "graph-find" }, "Find"), input, count, list);
}

/**
 * Buttons to come nearer, go further away and see everything.
 * @param {import("./graph.js").Graph} graph The drawn scene.
 * @returns {HTMLElement}
 */
export function buttons(graph) {
  const button = (label, does) => {
    const element = made("button", { type: "button" }, label);
    element.addEventListener("click", does);
    return element;
  };
  return made(
    "div",
    { class: "graph-buttons", role: "group", "aria-label": "View" },
    button("Nearer", () => graph.zoom(1.4)),
    button("Further", () => graph.zoom(1 / 1.4)),
    button("Fit", () => graph.fit()),
  );
}
