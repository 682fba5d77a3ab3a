/** The answer to a query as a graph. What draws it is loaded when it is wanted for the first time. */
import { drawGraph } from "/static/browser/graph.js";
import { describe } from "/static/browser/graph-panel.js";
import { buttons, finder, legend, paint } from "/static/browser/graph-tools.js";

let library = null;

/** Loads cytoscape.js, once. */
function loaded() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "/static/browser/cytoscape.min.js";
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => failed(new Error("the drawing program is not there")));
    document.head.append(script);
  });
  return library;
}

/**
 * Draws the answer to a query.
 * @param {HTMLElement} host Where; has the elements `#graph`, `#panel`, `#picture-side` and `#picture-told`.
 * @param {string} query The query.
 * @param {AbortSignal} signal Ends it.
 * @returns {Promise<{destroy: () => void}|null>} The picture; null where there is none.
 */
export async function drawAnswer(host, query, signal) {
  const told = host.querySelector("#picture-told");
  const panel = host.querySelector("#panel");
  told.textContent = "The picture is being made …";
  try {
    const [response] = await Promise.all([
      fetch(`/query/picture?${new URLSearchParams({ query })}`, { signal }),
      loaded(),
    ]);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const scene = await response.json();
    if (scene.problem) throw new Error(scene.problem);
    told.textContent = [`${scene.nodes.length} nodes, ${scene.edges.length} edges.`, ...scene.notes].join(" ");
    const itemUrl = (id) => (/^https?:/.test(id) ? `/resource?${new URLSearchParams({ iri: id })}` : null);
    const graph = drawGraph(host.querySelector("#graph"), scene, {
      onSelect: (item) => {
        panel.replaceChildren(...(item ? [describe(item, graph, { itemUrl })] : []));
        if (item) paint(graph, panel);
      },
    });
    panel.replaceChildren();
    host.querySelector("#picture-side").replaceChildren(buttons(graph), legend(graph), finder(graph));
    return graph;
  } catch (error) {
    if (!signal.aborted) told.textContent = `There is no picture: ${error.message}`;
    return null;
  }
}
