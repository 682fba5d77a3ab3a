/** What is chosen in the explorer, and its address; the server reads the same (`privagraph.web.exploring.choice`). */

/**
 * @typedef {object} State
 * @property {string[]} policy Keys of the policies.
 * @property {string} view The view; empty where a node and its surroundings are shown, or nothing was chosen.
 * @property {string} node IRI of the node in the middle, or empty.
 * @property {string} hops How far its surroundings reach.
 * @property {string[]} open Nodes that are opened.
 * @property {string[]} far Nodes that are opened two steps far.
 * @property {string} each How many neighbours of a kind are shown.
 * @property {string} polarity
 * @property {string} most How many nodes there may be.
 * @property {string[]} hide Kinds of nodes that are hidden.
 * @property {string[]} without Kinds of edges that are hidden.
 * @property {string[]} unless Modalities that are hidden.
 * @property {string} at What is selected.
 */

const LISTS = ["policy", "open", "far", "hide", "without", "unless"];
const USUAL = { view: "", node: "", hops: "1", each: "40", polarity: "both", most: "300", at: "" };
const DRAWN = ["policy", "view", "node", "hops", "open", "far", "each", "polarity", "most"];
const ORDER = [...DRAWN, "hide", "without", "unless", "at"];

/**
 * The state that an address says.
 * @param {string} query The part after the question mark.
 * @returns {State}
 */
export function stateOf(query) {
  const params = new URLSearchParams(query);
  const state = {};
  for (const name of ORDER) {
    // a property without a name is a kind of edge too: an empty value counts there
    if (LISTS.includes(name)) state[name] = [...new Set(params.getAll(name))].filter((value) => value || name === "without");
    else state[name] = params.get(name) || USUAL[name];
  }
  return state;
}

/**
 * The query of a state's address; what is as usual is left out.
 * @param {State} state
 * @param {object} [options]
 * @param {boolean} [options.drawn] Only what the picture is made of.
 * @returns {string}
 */
export function queryOf(state, { drawn = false } = {}) {
  const params = new URLSearchParams();
  for (const name of drawn ? DRAWN : ORDER) {
    if (LISTS.includes(name)) state[name].forEach((value) => params.append(name, value));
    else if (state[name] !== USUAL[name]) params.set(name, state[name]);
  }
  return params.toString();
}

/**
 * Keeps the state and the address together.
 * @param {(state: State, before: State|null) => void} onChange Told of each new state, also when the reader goes back.
 * @returns {{state: () => State, change: (changes: Partial<State>, options?: {quiet?: boolean}) => void, start: () => void}}
 *   `change` makes a step in the history; with `quiet` it changes the address of the present one and tells nobody.
 */
export function keepState(onChange) {
  let now = stateOf(location.search);
  const addressOf = (state) => {
    const query = queryOf(state);
    return query ? `/explorer?${query}` : "/explorer";
  };
  addEventListener("popstate", () => {
    const before = now;
    now = stateOf(location.search);
    onChange(now, before);
  });
  return {
    state: () => now,
    start: () => onChange(now, null),
    change: (changes, { quiet = false } = {}) => {
      const before = now;
      now = { ...now, ...changes };
      if (quiet) {
        history.replaceState(history.state, "", addressOf(now));
        return;
      }
      if (queryOf(now) === queryOf(before)) return;
      history.pushState({ steps: (history.state?.steps ?? 0) + 1 }, "", addressOf(now));
      onChange(now, before);
    },
  };
}
