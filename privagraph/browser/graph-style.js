/** Colours and lines of a drawn scene; see `graph.js`. */

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
    font: getComputedStyle(container).fontFamily,
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
  const told = drawn.length <= 80 && !(columns && scene.frames.length);
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
        width: (edge) => Math.min(1.3 + Math.log2(Math.max(1, edge.data("weight"))) * 0.7, 6),
        "line-color": columns && scene.frames.length ? line : colours.edge,
        "target-arrow-color": columns && scene.frames.length ? line : colours.edge,
        "target-arrow-shape": scene.directed ? "triangle" : "none",
        "arrow-scale": 0.8,
        opacity: drawn.length > 150 ? 0.45 : 0.7,
        "font-size": 10,
        "font-family": colours.font,
        color: colours.quiet,
        "text-background-color": colours.page,
        "text-background-opacity": 0.85,
        "text-background-padding": "2px",
        "text-wrap": "wrap",
        "text-max-width": "150px",
        "min-zoomed-font-size": 6,
        label: told && scene.directed ? "data(label)" : "",
        "overlay-opacity": 0,
        ...(columns ? curved : { "curve-style": drawn.length > 1200 ? "haystack" : "bezier" }),
      },
    },
    { selector: 'edge[modality = "possible"]', style: { "line-style": "dotted" } },
    {
      selector: 'edge[polarity = "denied"]',
      style: { "line-style": "dashed", "line-color": colours.bad, "target-arrow-color": colours.bad, color: colours.bad },
    },
    { selector: "edge.near", style: { opacity: 1, label: "data(label)", "z-index": 9 } },
    { selector: ".faded", style: { opacity: 0.13 } },
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

/** Curves that leave and reach boxes at their sides, flat, as those of the SVG do. */
const curved = {
  "curve-style": "unbundled-bezier",
  "edge-distances": "endpoints",
  "source-endpoint": (edge) => `${ends(edge).leave * 50}% 0%`,
  "target-endpoint": (edge) => `${ends(edge).reach * 50}% 0%`,
  "control-point-weights": (edge) => ends(edge).points.map(([weight]) => weight),
  "control-point-distances": (edge) => ends(edge).points.map(([, distance]) => distance),
};

function ends(edge) {
  const [source, target] = [edge.source(), edge.target()];
  const [from, to] = [source.position(), target.position()];
  const [half, other] = [source.data("width") / 2, target.data("width") / 2];
  const beside = Math.abs(to.x - from.x) < half + other;
  const way = to.x >= from.x ? 1 : -1;
  const leave = beside ? 1 : way;
  const reach = beside ? 1 : -way;
  const start = { x: from.x + leave * half, y: from.y };
  const end = { x: to.x + reach * other, y: to.y };
  const bend = beside ? Math.max(start.x, end.x) + 60 : (start.x + end.x) / 2;
  const across = { x: end.x - start.x, y: end.y - start.y };
  const length = Math.hypot(across.x, across.y) || 1;
  const points = [start.y, end.y].map((y) => {
    const to = { x: bend - start.x, y: y - start.y };
    return [(to.x * across.x + to.y * across.y) / length ** 2, (to.y * across.x - to.x * across.y) / length];
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
