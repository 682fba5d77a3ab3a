/** Boots a page that holds one scene: see `privagraph.queries.drawing.html`. */
import { drawGraph } from "./graph.js";
import { describe } from "./graph-panel.js";
import { buttons, finder, legend, paint } from "./graph-tools.js";

const scene = JSON.parse(document.getElementById("scene").textContent);
const panel = document.getElementById("panel");
const empty = [...panel.childNodes];
const graph = drawGraph(document.getElementById("graph"), scene, {
  onSelect: (item) => {
    panel.replaceChildren(...(item ? [describe(item, graph)] : empty));
    paint(graph, panel);
    panel.scrollTop = 0;
  },
});
document.getElementById("tools").append(legend(graph), finder(graph));
document.getElementById("buttons").append(buttons(graph));
graph.cy.resize(); // the buttons took some of its room
graph.begin();
document.addEventListener("keydown", (event) => event.key === "Escape" && graph.select(null));
globalThis.graph = graph;
document.documentElement.dataset.ready = "yes";
