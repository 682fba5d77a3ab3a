/**
 * Draws a scene of `privagraph.queries.drawing` with cytoscape.js: the explorer of `privagraph serve` and the pages of
 * `privagraph export --to html` run this same file. It needs the global `cytoscape` (cytoscape.min.js, loaded before),
 * `graph.css`, and, under a strict Content-Security-Policy, a <style> or <link> with the id
 * `__________cytoscape_stylesheet`, because cytoscape.js adds one otherwise.
 */
import { coloursOf, styleOf } from "./graph-style.js";

/** From how many elements on the picture is drawn coarsely while it moves, so that it stays smooth. */
const MANY = 600;
/** How small a picture may be drawn before its letters cannot be read. */
const LEGIBLE = 0.6;
/** Milliseconds of a movement, for those who do not mind movements. */
const MOVE = 250;

/**
 * @typedef {object} Evidence
 * @property {string} policy IRI of the policy.
 * @property {number} start Where the words begin in its text, in characters.
 * @property {number} end Where they end.
 * @property {string} quote The words.
 */
/**
 * @typedef {object} Item A node or an edge of a scene, as `Scene.as_json()` has it.
 * @property {"node"|"edge"} type
 * @property {string} id
 * @property {string} label
 * @property {string} group
 * @property {string} polarity
 * @property {string} modality
 * @property {[string, string][]} facts
 * @property {Evidence[]} evidence
 * @property {string} [source] IRI of the node that an edge leaves.
 * @property {string} [target] IRI of the node that an edge leads to.
 */
/**
 * @typedef {object} Neighbour
 * @property {Item} edge The edge between.
 * @property {Item} node The other end.
 * @property {boolean} outward Whether the edge leads to it.
 */
/**
 * @typedef {object} Graph
 * @property {object} cy The instance of cytoscape.js.
 * @property {() => object} scene What is drawn: all nodes and edges, those that were added too.
 * @property {(id: string) => Item|null} item A node or an edge by its id.
 * @property {(id: string) => Neighbour[]} neighbours What a node is joined with, the edges that are not drawn too.
 * @property {(id: string|null, options?: {centre?: boolean}) => Item|null} select Selects a node or an edge, tells
 *   `onSelect`, and brings it into view; nothing when null.
 * @property {(scene: object, options?: {around?: string}) => string[]} add Adds what is new of another scene, near the
 *   node `around` that both have; returns the ids of the new nodes.
 * @property {(scene: object) => void} replace Shows another scene; what both have moves to its new place.
 * @property {(groups: Iterable<string>) => void} hide Hides the nodes of these groups, and shows all others.
 * @property {() => void} begin Shows everything, or the upper part of a picture that is much higher than its place.
 * @property {() => void} fit Shows everything.
 * @property {(factor: number) => void} zoom Nearer (more than 1) or further away, around the middle.
 * @property {(options?: {scale?: number}) => Promise<Blob>} png The whole picture, on the page's ground.
 * @property {() => Record<string, {x: number, y: number}>} positions Where the nodes are.
 * @property {() => void} destroy Takes the picture away.
 */

/**
 * Draws a scene.
 * @param {HTMLElement} container Where; it has a size by the page's style.
 * @param {object} scene What, as `Scene.as_json()` has it.
 * @param {object} [options]
 * @param {(item: Item|null) => void} [options.onSelect] Told of what is selected, and of null when nothing is.
 * @param {(item: Item) => void} [options.onOpen] Told of a node that is clicked twice.
 * @returns {Graph}
 */
export function drawGraph(container, scene, { onSelect = () => {}, onOpen = () => {} } = {}) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let shown = copied(scene);
  const isMany = () => shown.nodes.length + shown.edges.length > MANY;
  const many = isMany();
  container.classList.add("graph-canvas");
  container.setAttribute("role", "img");
  container.setAttribute("aria-label", `${shown.title}: ${shown.nodes.length} nodes, ${shown.edges.length} edges.`);
  const cy = globalThis.cytoscape({
    container,
    elements: elementsOf(shown),
    style: styleOf(shown, coloursOf(container)),
    layout: { name: "preset" },
    minZoom: 0.02,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
    textureOnViewport: many,
    hideEdgesOnViewport: many,
    pixelRatio: many ? 1 : "auto",
  });

  const measure = () => {
    const { x1, x2 } = cy.nodes().boundingBox({ includeLabels: false });
    cy.scratch("middle", (x1 + x2) / 2);
  };
  const begin = () => {
    const across = (cy.width() - 32) / (shown.width || 1);
    const whole = Math.min(across, (cy.height() - 32) / (shown.height || 1));
    if (shown.layout !== "columns" || whole >= Math.min(LEGIBLE, across)) return cy.fit(undefined, 16);
    const zoom = Math.min(1, across);
    return cy.viewport({ zoom, pan: { x: (cy.width() - shown.width * zoom) / 2, y: 16 } });
  };
  measure();
  cy.edges().updateStyle();
  begin();

  const item = (id) => {
    const found = cy.getElementById(id);
    return found.nonempty() && !found.hasClass("frame") ? found.data("item") : null;
  };
  const restyle = () => {
    measure();
    cy.style(styleOf(shown, coloursOf(container))).update();
  };
  const highlight = (element) => {
    cy.batch(() => {
      cy.elements(".faded, .near").removeClass("faded near outward inward");
      if (!element) return;
      const near = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
      if (!isMany()) cy.elements().not(near).not(".frame").addClass("faded"); // of many it takes a second
      near.not(element).addClass("near");
      if (element.isNode()) {
        element.outgoers("edge").addClass("outward");
        element.incomers("edge").addClass("inward");
      }
    });
  };
  const move = (to) => (calm.matches ? cy.viewport(to) : cy.animate({ ...to, duration: MOVE }));

  const select = (id, { centre = true } = {}) => {
    const element = id === null ? null : cy.getElementById(id);
    if (element && element.empty()) return null;
    cy.elements(":selected").unselect();
    highlight(element);
    if (element) {
      element.select();
      if (centre) bring(element);
    }
    const found = element ? element.data("item") : null;
    onSelect(found);
    return found;
  };
  const bring = (element) => {
    const near = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
    const box = near.filter(":visible").boundingBox();
    const whole = Math.min(cy.width() / (box.w + 60), cy.height() / (box.h + 60));
    const zoom = whole >= LEGIBLE ? Math.min(whole, Math.max(cy.zoom(), 1)) : Math.max(cy.zoom(), 0.8);
    const at = element.isNode() ? element.position() : { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
    const { x, y } = whole >= LEGIBLE ? { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 } : at;
    move({ zoom, pan: { x: cy.width() / 2 - x * zoom, y: cy.height() / 2 - y * zoom } });
  };

  cy.on("tap", "node, edge", (event) => select(event.target.id(), { centre: false }));
  cy.on("tap", (event) => event.target === cy && select(null));
  cy.on("dbltap", "node", (event) => item(event.target.id()) && onOpen(item(event.target.id())));
  cy.on("drag", "node", (event) => event.target.connectedEdges().updateStyle());
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", restyle);
  const watch = new MutationObserver(restyle);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });

  return {
    cy,
    item,
    select,
    begin,
    scene: () => shown,
    neighbours: (id) => neighboursOf(cy, id),
    add: (more, { around } = {}) => {
      const added = merged(cy, shown, copied(more), around);
      shown = added.scene;
      restyle();
      return added.ids;
    },
    replace: (other) => {
      const before = positionsOf(cy);
      shown = copied(other);
      cy.batch(() => {
        cy.elements().remove();
        cy.add(elementsOf(shown));
      });
      restyle();
      if (calm.matches || shown.nodes.length > MANY) {
        begin();
        return;
      }
      const moving = cy.nodes().filter((node) => before[node.id()]);
      moving.forEach((node) => {
        const to = { ...node.position() };
        node.position(before[node.id()]).animate({ position: to, duration: MOVE });
      });
      setTimeout(() => cy.destroyed() || (cy.edges().updateStyle(), begin()), moving.empty() ? 0 : MOVE + 30);
    },
    hide: (groups) => {
      const hidden = new Set(groups);
      cy.batch(() => cy.nodes().forEach((node) => void node.toggleClass("hidden", hidden.has(node.data("group")))));
    },
    fit: () => move({ fit: { eles: cy.elements(":visible"), padding: 24 } }),
    zoom: (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    png: ({ scale = 2 } = {}) =>
      cy.png({ output: "blob-promise", full: true, scale, bg: coloursOf(container).page, maxWidth: 8000, maxHeight: 8000 }),
    positions: () => positionsOf(cy),
    destroy: () => {
      media.removeEventListener("change", restyle);
      watch.disconnect();
      cy.destroy();
    },
  };
}

/** A scene of one's own, whose lists can grow. */
function copied(scene) {
  return { ...scene, nodes: [...scene.nodes], edges: [...scene.edges], groups: scene.groups.map((each) => ({ ...each })) };
}

/** The elements of a scene for cytoscape.js. */
function elementsOf(scene) {
  const known = new Set(scene.nodes.map((node) => node.id));
  return [
    ...scene.frames.map((frame, at) => ({
      group: "nodes",
      classes: "frame",
      data: { id: `frame ${at}`, group: frame.group, label: frame.title, width: frame.width, height: frame.height },
      position: { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 },
      selectable: false,
      grabbable: false,
    })),
    ...scene.nodes.map(nodeOf),
    ...scene.edges.filter((edge) => known.has(edge.source) && known.has(edge.target)).map(edgeOf),
  ];
}

function nodeOf(node) {
  const { id, group, kind, polarity, modality, width, height } = node;
  const data = { id, group, kind, polarity, modality, width, height, label: node.lines.join("\n") };
  return { group: "nodes", data: { ...data, item: { type: "node", ...node } }, position: { x: node.x, y: node.y } };
}

function edgeOf(edge) {
  const { id, source, target, group, polarity, modality, weight } = edge;
  const data = { id, source, target, group, polarity, modality, weight, label: edge.label };
  return { group: "edges", data: { ...data, item: { type: "edge", ...edge } }, classes: edge.implied ? "implied" : "" };
}

function positionsOf(cy) {
  return Object.fromEntries(cy.nodes().not(".frame").map((node) => [node.id(), { ...node.position() }]));
}

function neighboursOf(cy, id) {
  const node = cy.getElementById(id);
  if (node.empty() || !node.isNode()) return [];
  return node.connectedEdges().map((edge) => {
    const outward = edge.source().id() === id;
    const other = outward ? edge.target() : edge.source();
    return { edge: edge.data("item"), node: other.data("item"), outward };
  });
}

/** Adds what is new of a scene; new nodes keep their places around the node that both scenes have. */
function merged(cy, scene, more, around) {
  const known = new Set(scene.nodes.map((node) => node.id));
  const fresh = more.nodes.filter((node) => !known.has(node.id));
  const anchor = more.nodes.find((node) => node.id === around);
  const here = anchor && known.has(around) ? cy.getElementById(around).position() : null;
  const shift = here ? { x: here.x - anchor.x, y: here.y - anchor.y } : { x: cy.extent().x2 || 0, y: 0 };
  const taken = scene.nodes.map((node) => ({ ...node, ...cy.getElementById(node.id).position() }));
  for (const node of fresh) {
    Object.assign(node, free({ ...node, x: node.x + shift.x, y: node.y + shift.y }, taken));
    taken.push(node);
  }
  const drawn = new Set(scene.edges.map(nameOf));
  const edges = more.edges.filter((edge) => !drawn.has(nameOf(edge)));
  edges.forEach((edge, at) => (edge.id = `e${scene.edges.length + at + 1}`));
  const nodes = [...scene.nodes, ...fresh];
  cy.batch(() => cy.add([...fresh.map(nodeOf), ...edges.map(edgeOf)]));
  const counts = Map.groupBy ? Map.groupBy(nodes, (node) => node.group) : new Map();
  const looks = new Map([...scene.groups, ...more.groups].map((each) => [each.name, { ...each }]));
  for (const look of looks.values()) look.count = counts.get(look.name)?.length ?? look.count;
  const policies = { ...scene.policies, ...more.policies };
  const groups = [...looks.values()];
  return { ids: fresh.map((node) => node.id), scene: { ...scene, nodes, edges: [...scene.edges, ...edges], groups, policies } };
}

/** The free place nearest to where a node would be, on a spiral. */
function free(node, taken) {
  const clear = (x, y) =>
    taken.every((each) => Math.abs(each.x - x) >= (each.width + node.width) / 2 + 12 || Math.abs(each.y - y) >= (each.height + node.height) / 2 + 10);
  for (let step = 0; step < 400; step += 1) {
    const [angle, far] = [step * 2.4, 14 * Math.sqrt(step)];
    const [x, y] = [node.x + far * 1.6 * Math.cos(angle), node.y + far * Math.sin(angle)];
    if (clear(x, y)) return { x, y };
  }
  return { x: node.x, y: node.y };
}

function nameOf(edge) {
  return JSON.stringify([edge.source, edge.target, edge.property, edge.polarity, edge.label]);
}
