// The code editor of the desk: CodeMirror for a JSON or YAML text, with its faults at their lines.
// Bundled by .ci/vendor into wrapgen/preview/static/vendor; the pages use what is exported here.
import { basicSetup } from "codemirror";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { forceLinting, lintGutter, linter, openLintPanel } from "@codemirror/lint";

const LANGUAGES = { json, yaml };
// Read by people who type here all day: colours come from the page, so that dark and light are its own.
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "0.875rem", height: "100%" },
  ".cm-content": { caretColor: "var(--ink)", fontFamily: "var(--mono)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--wash)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--select)" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--good)" },
  { tag: [tags.comment, tags.lineComment, tags.meta], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator], color: "var(--muted)" },
]);

/**
 * Put an editor in the place of a <textarea>, which keeps its value for the form.
 * `faults(text)` gives a promise of [{line, column?, message, severity?}], lines from 1.
 */
export function edit(area, { language = "json", nonce = "", label = "", faults, changed } = {}) {
  const source = faults && linter(async (view) => place(view.state.doc, await faults(view.state.doc.toString())), { delay: 250 });
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        basicSetup,
        LANGUAGES[language](),
        theme,
        syntaxHighlighting(colours),
        EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label || area.getAttribute("aria-label") || language }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          if (changed) changed(area.value);
        }),
        keymap.of([{ key: "Mod-Enter", run: () => (area.form?.requestSubmit(), true) }]),
        ...(source ? [source, lintGutter()] : []),
      ],
    }),
  });
  area.hidden = true;
  area.after(view.dom);
  return {
    view,
    set(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    check() {
      forceLinting(view);
    },
    panel() {
      openLintPanel(view);
    },
    go(line) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
      view.focus();
    },
  };
}

function place(doc, faults) {
  return faults.map(({ line, column, message, severity = "error" }) => {
    const at = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
    const from = column ? Math.min(at.from + column - 1, at.to) : at.from + (at.text.length - at.text.trimStart().length);
    return { from, to: Math.max(at.to, from), message, severity };
  });
}
