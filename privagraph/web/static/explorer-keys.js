/** The keys of the graph. They count only while it has the focus, so that nobody who types or dictates meets them. */

const STEP = 80;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Listens to the keys of the graph.
 * @param {HTMLElement} stage What has the focus.
 * @param {() => import("/static/browser/graph.js").Graph|null} graphOf
 * @param {Record<string, (id: string|null) => void>} doings What keys do: open, openFar, close, centre, undo, find, panel, help.
 */
export function keys(stage, graphOf, doings) {
  const actions = {
    "+": (graph) => graph.zoom(1.3),
    "=": (graph) => graph.zoom(1.3),
    "-": (graph) => graph.zoom(1 / 1.3),
    0: (graph) => graph.fit(),
    Escape: (graph) => graph.select(null),
    c: (_, id) => doings.close(id),
    m: (_, id) => doings.centre(id),
    p: () => doings.panel(),
    u: () => doings.undo(),
    "/": () => doings.find(),
    "?": () => doings.help(),
  };
  stage.addEventListener("keydown", (event) => {
    const graph = graphOf();
    if (!graph || event.ctrlKey || event.metaKey || event.altKey || event.target !== stage) return;
    const chosen = graph.cy.nodes(":selected").not(".frame");
    const id = chosen.nonempty() ? chosen[0].id() : null;
    if (event.key in ARROWS) {
      const [x, y] = ARROWS[event.key];
      if (event.shiftKey) graph.cy.panBy({ x: -x * STEP, y: -y * STEP });
      else step(graph, id, x, y);
    } else if (event.key === "Enter") {
      if (event.shiftKey) doings.openFar(id);
      else doings.open(id);
    } else if (actions[event.key]) actions[event.key](graph, id);
    else return;
    event.preventDefault();
  });
}

/** Selects the nearest neighbour in a direction; with nothing selected, the node nearest to the middle of what is seen. */
function step(graph, id, x, y) {
  const visible = graph.cy.nodes(":visible").not(".frame");
  if (id === null) {
    const { x1, x2, y1, y2 } = graph.cy.extent();
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
    const first = nearest(visible, middle, ({ x: dx, y: dy }) => Math.hypot(dx, dy));
    if (first) graph.select(first.id());
    return;
  }
  const here = graph.cy.getElementById(id);
  const from = here.position();
  const ahead = ({ x: dx, y: dy }) => {
    const along = dx * x + dy * y;
    return along > 1 ? along + 2.5 * Math.abs(dx * y - dy * x) : Infinity;
  };
  const near = graph.neighbours(id).map(({ node }) => node.id);
  const next = nearest(visible.filter((node) => near.includes(node.id())), from, ahead) ?? nearest(visible.not(here), from, ahead);
  if (next) graph.select(next.id());
}

function nearest(nodes, from, cost) {
  let [best, least] = [null, Infinity];
  nodes.forEach((node) => {
    const at = node.position();
    const found = cost({ x: at.x - from.x, y: at.y - from.y });
    if (found < least) [best, least] = [node, found];
  });
  return best;
}
