/** Completion in the editor: the project's prefixes, and the terms of its vocabularies by name or label. */

/** Token types of YASQE in which no term is written. */
const NO_TERM = new Set(["comment", "string", "atom", "number", "keyword"]);
/** Letters after which a word is looked up that has no prefix. */
const SHORTEST = 3;

/**
 * Makes YASQE complete from this server alone; it would ask one elsewhere.
 * @param {object} Yasqe The editor's class.
 * @param {Record<string, string>} prefixes Namespaces by prefix.
 */
export function useCompleters(Yasqe, prefixes) {
  const lines = Object.entries(prefixes).map(([prefix, space]) => `${prefix}: <${space}>`);
  // these two would send what is typed to a server elsewhere
  delete Yasqe.Autocompleters.class;
  delete Yasqe.Autocompleters.property;
  // its own completer of prefixes, which adds the line for a prefix that is typed, but with our prefixes
  Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", get: lines, persistenceId: undefined }, false);
  Yasqe.registerAutocompleter(
    {
      name: "our-terms",
      bulk: false,
      autoShow: true,
      persistenceId: undefined,
      isValidCompletionPosition: (yasqe) => isTerm(yasqe.getCompleteToken(), yasqe),
      get: (_, token) => termsFor(token.string),
      postprocessHints: (yasqe, hints) => hints.map((hint) => shown(yasqe, hint, prefixes)),
    },
    false,
  );
  // a list in the settings is merged with this one
  Yasqe.defaults.autocompleters = ["variables", "our-prefixes", "our-terms"];
}

/**
 * Puts the lines of those prefixes before a query that it uses and does not declare.
 * @param {string} text The query.
 * @param {Record<string, string>} prefixes Namespaces by prefix.
 * @returns {string} The query with them.
 */
export function withPrefixes(text, prefixes) {
  const bare = text.replace(/#[^\n]*|<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ");
  const declared = new Set([...text.matchAll(/\bprefix\s+([\w-]*):/gi)].map((found) => found[1]));
  const used = new Set([...bare.matchAll(/(?<![\w-])([\w-]+):/g)].map((found) => found[1]));
  const missing = Object.keys(prefixes).filter((each) => used.has(each) && !declared.has(each));
  return missing.map((each) => `PREFIX ${each}: <${prefixes[each]}>\n`).join("") + text;
}

function isTerm(token, yasqe) {
  const text = token.string.trim();
  if (!text || /^[?$<"'#_]/.test(text) || NO_TERM.has(token.type)) return false;
  const before = yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token);
  if (before?.string.toUpperCase() === "PREFIX") return false;
  // words in capitals are SPARQL's own
  return text.includes(":") || (text.length >= SHORTEST && /^[A-Za-z-]*[a-z][A-Za-z-]*$/.test(text));
}

const labels = new Map();

async function termsFor(text) {
  const response = await fetch(`/suggest/terms?${new URLSearchParams({ q: text.trim() })}`);
  if (!response.ok) return [];
  const found = await response.json();
  for (const { value, label, note } of found) labels.set(value, `${label} · ${note}`);
  return found.map((each) => each.value).filter((value) => value !== text.trim());
}

/** A suggestion with its label; when it is taken, its prefix is declared. */
function shown(yasqe, hint, prefixes) {
  return {
    ...hint,
    render: (element) => {
      const label = document.createElement("span");
      label.className = "quiet";
      label.textContent = `  ${labels.get(hint.text) ?? ""}`;
      element.append(hint.text, label);
    },
    hint: (editor, _, taken) => {
      const token = editor.getCompleteToken();
      const { line } = editor.getDoc().getCursor();
      editor.getDoc().replaceRange(taken.text, { line, ch: token.start }, { line, ch: token.end }, "complete");
      const prefix = taken.text.split(":", 1)[0];
      if (!(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
    },
  };
}
