/** Colours and lines of a drawn scene; see `graph.js`. */

/** The letters whose widths the sizes of boxes are made for: `queries/drawing/text.py`. */
const FONT = 'Roboto, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", sans-serif';

/** From how many edges on only those of the selected node can be chosen: looking for the one at the pointer takes long. */
const MANY_EDGES = 1200;
/** Up to how many edges have their labels beside them where nodes stand freely. */
const LABELS = 60;

/**
 * The page's own colours, and whether its ground is dark.
 * @param {HTMLElement} container An element of the page.
 * @returns {{page: string, text: string, quiet: string, edge: string, link: string, bad: string, font: string, dark: boolean}}
 */
export function coloursOf(container) {
  const probe = document.createElement("span");
  container.append(probe);
  const read = (name, otherwise) => {
    probe.style.color = `var(${name}, ${otherwise})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    page: read("--page", "#ffffff"),
    text: read("--text", "#1b1f24"),
    quiet: read("--quiet", "#545d68"),
    edge: read("--edge", "#767f8a"),
    link: read("--link", "#0b57d0"),
    bad: read("--bad", "#a8200d"),
    font: FONT,
  };
  probe.remove();
  const [red, green, blue] = channels(found.page);
  return { ...found, dark: 0.299 * red + 0.587 * green + 0.114 * blue < 128 };
}

/**
 * The colours of a group, on a light or a dark ground.
 * @param {{fill: string, line: string}} look The group's colours on a light ground.
 * @param {{page: string, dark: boolean}} colours The page's colours.
 * @returns {{fill: string, line: string}}
 */
export function lookOf(look, colours) {
  if (!colours.dark) return { fill: look.fill, line: look.line };
  return { fill: mixed(look.line, colours.page, 0.34), line: mixed(look.line, "rgb(255, 255, 255)", 0.55) };
}

/**
 * The style of a scene for cytoscape.js.
 * @param {object} scene The scene.
 * @param {object} colours The page's colours, of `coloursOf`.
 * @returns {object[]}
 */
export function styleOf(scene, colours) {
  const looks = Object.fromEntries(scene.groups.map((each) => [each.name, lookOf(each, colours)]));
  const line = (element) => looks[element.data("group")]?.line ?? colours.edge;
  const drawn = scene.edges.filter((edge) => !edge.implied);
  const columns = scene.layout === "columns";
  const told = !columns && scene.directed && drawn.length <= LABELS;
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        "corner-radius": 9,
        width: "data(width)",
        height: "data(height)",
        "background-color": (node) => looks[node.data("group")]?.fill ?? colours.page,
        "border-color": line,
        "border-width": 1.4,
        label: "data(label)",
        "font-size": 12,
        "font-family": colours.font,
        "line-height": 1.2,
        color: colours.text,
        "text-wrap": "wrap",
        "text-max-width": "400px",
        "text-valign": "center",
        "text-halign": "center",
        "min-zoomed-font-size": 5,
        "overlay-opacity": 0,
      },
    },
    { selector: 'node[kind = "policy"]', style: { "font-weight": "bold", "border-width": 2 } },
    { selector: 'node[modality = "possible"], node[kind = "phrase"]', style: { "border-style": "dotted" } },
    { selector: 'node[polarity = "denied"]', style: { "border-style": "dashed", "border-width": 2 } },
    {
      selector: "node.frame",
      style: {
        "background-opacity": 0.04,
        "background-color": line,
        "border-color": line,
        "border-opacity": 0.45,
        "border-width": 1,
        "corner-radius": 14,
        "text-valign": "top",
        "text-margin-y": 22,
        "font-weight": "bold",
        color: line,
        events: "no",
        "z-compound-depth": "bottom",
      },
    },
    {
      selector: "edge",
      style: {
        width: (edge) => breadth(edge.data("weight")),
        "line-color": columns && scene.frames.length ? line : colours.edge,
        "target-arrow-color": columns && scene.frames.length ? line : colours.edge,
        "target-arrow-shape": scene.directed ? "triangle" : "none",
        "arrow-scale": 0.8,
        opacity: drawn.length > 900 ? 0.3 : drawn.length > 150 ? 0.45 : 0.7,
        "font-size": 10,
        "font-family": colours.font,
        color: colours.quiet,
        "text-background-color": colours.page,
        "text-background-opacity": 0.85,
        "text-background-padding": "2px",
        "text-wrap": "wrap",
        "text-max-width": "150px",
        "min-zoomed-font-size": 6,
        label: told ? "data(label)" : "",
        "overlay-opacity": 0,
        events: drawn.length > MANY_EDGES ? "no" : "yes",
        ...(columns ? curved : { "curve-style": drawn.length > MANY_EDGES ? "straight" : "bezier" }),
      },
    },
    { selector: 'edge[modality = "possible"]', style: { "line-style": "dotted" } },
    {
      selector: 'edge[polarity = "denied"]',
      style: { "line-style": "dashed", "line-color": colours.bad, "target-arrow-color": colours.bad, color: colours.bad },
    },
    { selector: "edge.near", style: { opacity: 1, events: "yes", "z-index": 9, ...(columns ? {} : { label: "data(label)" }) } },
    { selector: "node.near", style: { "border-width": 3 } },
    ...(columns && !scene.frames.length ? besideEnds : []),
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: ".hidden, .implied", style: { display: "none" } },
    {
      selector: "node:selected",
      style: { "outline-width": 3, "outline-color": colours.link, "outline-offset": 2, "outline-style": "solid" },
    },
    {
      selector: "edge:selected",
      style: { width: 4, opacity: 1, label: "data(label)", "line-color": colours.link, "target-arrow-color": colours.link },
    },
  ];
}

/** How broad an edge is: broader the more it rests on, by ever smaller steps; a share of 1 as it is. */
function breadth(weight) {
  return Math.min(1.3 + (weight >= 1 ? 0.7 * Math.log2(weight) : 5 * weight), 6);
}

/** Labels of the edges of a selected node, near the other ends, where edges of a fan are apart. */
const besideEnds = [
  { selector: "edge.near.outward", style: { "target-label": "data(label)", "target-text-offset": 90 } },
  { selector: "edge.near.inward", style: { "source-label": "data(label)", "source-text-offset": 90 } },
];

/** Curves that leave and reach boxes at their sides, flat, as those of the SVG do. */
const curved = {
  "curve-style": "unbundled-bezier",
  "edge-distances": "endpoints",
  "source-endpoint": (edge) => `${ends(edge).leave * 50}% 0%`,
  "target-endpoint": (edge) => `${ends(edge).reach * 50}% 0%`,
  "control-point-weights": (edge) => ends(edge).points.map(([weight]) => weight),
  "control-point-distances": (edge) => ends(edge).points.map(([, distance]) => distance),
};

/**
 * Where an edge leaves and reaches its boxes, and how it bends between; `curves.py` does the same for the SVG. Between
 * its stops run curves that are flat at both ends: two points bend each.
 */
function ends(edge) {
  const [source, target] = [edge.source(), edge.target()];
  const [from, to] = [source.position(), target.position()];
  const [half, other] = [source.data("width") / 2, target.data("width") / 2];
  const beside = Math.abs(to.x - from.x) < half + other;
  const way = to.x >= from.x ? 1 : -1;
  const out = from.x < edge.cy().scratch("middle") ? -1 : 1;
  const leave = beside ? out : way;
  const reach = beside ? out : -way;
  const start = { x: from.x + leave * half, y: from.y };
  const end = { x: to.x + reach * other, y: to.y };
  const bends = [];
  if (beside) {
    const aside = Math[out > 0 ? "max" : "min"](start.x, end.x) + out * 60;
    bends.push({ x: aside, y: start.y }, { x: aside, y: end.y });
  } else {
    const stops = [start, ...edge.data("item").by.map(([x, y]) => ({ x, y })), end];
    for (let at = 1; at < stops.length; at += 1) {
      const x = (stops[at - 1].x + stops[at].x) / 2;
      bends.push({ x, y: stops[at - 1].y }, { x, y: stops[at].y });
    }
  }
  const across = { x: end.x - start.x, y: end.y - start.y };
  const length = Math.hypot(across.x, across.y) || 1;
  const points = bends.map((bend) => {
    const step = { x: bend.x - start.x, y: bend.y - start.y };
    return [(step.x * across.x + step.y * across.y) / length ** 2, (step.y * across.x - step.x * across.y) / length];
  });
  return { leave, reach, points };
}

function channels(colour) {
  if (colour.startsWith("#")) return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

/** A colour between two: `part` of the first, the rest of the second. */
function mixed(one, other, part) {
  const second = channels(other);
  const found = channels(one).map((value, at) => Math.round(value * part + second[at] * (1 - part)));
  return `rgb(${found.join(", ")})`;
}
