/** Names that can be read from afar: those of the nodes with the most neighbours. */
import { coloursOf } from "/static/browser/graph-style.js";

/** How many names there are. */
const MOST = 14;
/** Size of their letters on the screen. */
const SIZE = 11;
/** Below this zoom the names in the boxes are too small to be read. */
const FAR = 0.6;
/** How many letters of a name. */
const LETTERS = 26;
const PAUSE = 120;

/**
 * Shows the names of the most joined nodes, as long as the picture is far away.
 * @param {import("/static/browser/graph.js").Graph} graph
 * @returns {() => void} Puts them anew, after what is shown has changed.
 */
export function landmarks(graph) {
  const { cy } = graph;
  let timer = 0;
  let named = cy.collection();
  const put = () => {
    if (cy.destroyed()) return;
    cy.batch(() => {
      named.removeStyle();
      named = cy.collection();
      if (cy.zoom() >= FAR || graph.scene().layout === "columns") return;
      const { page, text } = coloursOf(cy.container());
      named = apart(cy);
      named.style({
        label: nameOf,
        "font-size": SIZE / cy.zoom(),
        "font-weight": "bold",
        "min-zoomed-font-size": 0,
        "text-max-width": `${400 / cy.zoom()}px`,
        "text-outline-width": 3 / cy.zoom(),
        "text-outline-color": page,
        "z-index": 99,
        color: text,
      });
    });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(put, PAUSE);
  };
  cy.on("zoom", soon);
  document.addEventListener("theme", soon);
  cy.on("destroy", () => document.removeEventListener("theme", soon));
  return soon;
}

function nameOf(node) {
  const { label } = node.data("item");
  return label.length > LETTERS ? `${label.slice(0, LETTERS - 1).trimEnd()}…` : label;
}

/** The most joined nodes that are seen, without practices, whose names are sentences, and without names upon names. */
function apart(cy) {
  const nodes = cy.nodes(":visible").not('.frame, [kind = "practice"]').sort((one, other) => other.degree(false) - one.degree(false));
  let [found, places] = [cy.collection(), []];
  for (let at = 0; at < nodes.length && places.length < MOST; at += 1) {
    const { x, y } = nodes[at].renderedPosition();
    const width = nameOf(nodes[at]).length * SIZE * 0.6;
    if (places.every((each) => Math.abs(each.y - y) > SIZE * 1.8 || Math.abs(each.x - x) > (each.width + width) / 2 + 8)) {
      places.push({ x, y, width });
      found = found.union(nodes[at]);
    }
  }
  return found;
}
