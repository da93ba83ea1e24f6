// The desk in the browser. The server renders everything; this only follows the reader's eyes and fingers:
// which sentence is chosen, what its claims are while it is typed in, and when it is saved.
const token = document.querySelector('meta[name="csrf-token"]').content;
const nonce = document.querySelector('meta[name="csp-nonce"]').content;
const WAIT = 20; // milliseconds without a key before the claims are checked
const story = () => document.getElementById("story");
const lines = () => [...document.querySelectorAll(".line")];

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  paint();
  reselect();
  show(detail.ctx.sourceElement);
});

// --- claims, underlined without touching what is being typed -------------------------------------------------------

const STATUSES = ["contradicted", "unsupported", "unchecked"];

function paint() {
  if (!CSS.highlights) return; // the list below the sentence says the same
  const ranges = Object.fromEntries(STATUSES.map((status) => [status, []]));
  for (const line of lines()) {
    for (const claim of JSON.parse(line.dataset.claims || "[]")) {
      const range = within(line, claim.start, claim.end);
      if (range) ranges[claim.status]?.push(range);
    }
  }
  for (const status of STATUSES) CSS.highlights.set(status, new Highlight(...ranges[status]));
}

function within(line, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let at = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = at + node.length;
    if (!begun && start < next) { range.setStart(node, start - at); begun = true; }
    if (begun && end <= next) { range.setEnd(node, end - at); return range; }
    at = next;
  }
  return null;
}

let waiting, asking;

function typed(line) {
  clearTimeout(waiting);
  line.classList.toggle("changed", unsaved(line));
  age();
  waiting = setTimeout(() => check(line), WAIT);
}

async function check(line) {
  asking?.abort();
  asking = new AbortController();
  const main = story();
  try {
    const answer = await fetch(`${main.dataset.url}/check`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ base: Number(main.dataset.base), line: Number(line.dataset.line), text: line.textContent }),
      signal: asking.signal,
    });
    if (!answer.ok) return;
    const { claims } = await answer.json();
    line.dataset.claims = JSON.stringify(claims);
    const marks = document.getElementById(`marks-${line.dataset.line}`);
    marks?.replaceChildren(...claims.map(mark));
    paint();
    line.dispatchEvent(new CustomEvent("desk:checked", { bubbles: true }));
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function mark({ status, text, told }) {
  const item = document.createElement("li");
  item.className = status;
  item.textContent = `“${text}”: ${told}`;
  return item;
}

// --- choosing a sentence, and saving it ----------------------------------------------------------------------------

let chosen = null;

function choose(line) {
  if (chosen === line.dataset.line) return;
  chosen = line.dataset.line;
  for (const other of lines()) other.classList.toggle("chosen", other === line);
  lead(line);
  document.querySelector(".to-why").scrollIntoView({ block: "nearest" }); // where it is shown
  light(line.dataset.facts);
  explain();
}

/** The way to the reasons, which are far below on a phone, stands with the sentence that they are of. */
function lead(line) {
  document.getElementById(`marks-${line.dataset.line}`)?.after(document.querySelector(".to-why"));
}

let reading;

async function explain() {
  reading?.abort(); // of two sentences chosen one after the other, the later one's reason is shown
  reading = new AbortController();
  const { url, base } = story().dataset;
  const reason = document.getElementById("reason");
  const line = document.getElementById(`line-${chosen}`);
  // The buttons of the sentence before are gone at once: none is pressed for another than is meant.
  reason.querySelectorAll("button").forEach((button) => button.remove());
  reason.querySelector("blockquote")?.replaceChildren(line.textContent);
  reason.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${url}/lines/${chosen}/reason?base=${base}`, { headers: { "HX-Request": "true" }, signal: reading.signal });
    reason.removeAttribute("aria-busy");
    reason.innerHTML = await answer.text();
    htmx.process(reason);
    age();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

/** Whether the reasons that are shown are still those of the words that stand there. */
function age() {
  const [told, line] = [document.getElementById("stale"), document.getElementById(`line-${chosen}`)];
  if (told && line) told.hidden = !unsaved(line);
}

/** A line without its marked figures: what is typed among them would take on their looks. */
function flatten(line) {
  if (!line.firstElementChild) return;
  const selection = getSelection();
  const [from, to] = [offset(line, selection.anchorNode, selection.anchorOffset), offset(line, selection.focusNode, selection.focusOffset)];
  line.textContent = line.textContent;
  selection.setBaseAndExtent(line.firstChild, from, line.firstChild, to);
}

function offset(line, node, at) {
  const range = document.createRange();
  range.selectNodeContents(line);
  range.setEnd(node, at);
  return range.toString().length;
}

function light(facts) {
  const wanted = (facts || "").split(" ").filter(Boolean);
  let first = null;
  for (const item of document.querySelectorAll("[data-at]")) {
    const at = item.dataset.at;
    const lit = wanted.some((fact) => fact === at || fact.startsWith(`${at}/`));
    item.classList.toggle("lit", lit);
    if (lit && !first && item.tagName === "TR") first = item;
  }
  const column = first?.closest(".facts");
  if (column && column.scrollHeight > column.clientHeight) first.scrollIntoView({ block: "nearest" });
}

function reselect() {
  const line = chosen !== null && document.getElementById(`line-${chosen}`);
  if (!line) return;
  line.classList.add("chosen");
  lead(line);
  light(line.dataset.facts);
  if (!document.querySelector("#reason blockquote")) explain();
}

// Lines are saved one at a time: each save is made on the version that the one before it made. What is typed into
// another line meanwhile is carried into the page that comes back, and a button pressed meanwhile is pressed then.
let saving = false;
let pressed = null;
let caret = null; // where it stands: the id of its line, and the characters before both ends of what is selected

const saved = new WeakMap(); // what the server has of a line; no attribute of it, for those are settled anew after a swap
const unsaved = (line) => saved.has(line) && line.textContent.trim() !== saved.get(line).trim();

document.addEventListener("selectionchange", note);
document.addEventListener("input", note); // which a key brings at once, and the other only later

function note() {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const line = (focusNode?.nodeType === Node.TEXT_NODE ? focusNode.parentElement : focusNode)?.closest?.(".line");
  if (!line || line !== document.activeElement) { caret = null; return; }
  const to = offset(line, focusNode, focusOffset);
  caret = [line.id, line.contains(anchorNode) ? offset(line, anchorNode, anchorOffset) : to, to];
}

function remember() {
  for (const line of document.querySelectorAll(".line[contenteditable]")) {
    if (!saved.has(line)) saved.set(line, line.textContent);
  }
}

/** Into the page that has come, what was typed into the one that is gone. Before the next key: see the observer. */
function carry(gone) {
  const drafts = [...gone.querySelectorAll(".line")].filter(unsaved);
  const at = caret;
  remember();
  for (const draft of drafts) {
    const line = document.getElementById(draft.id);
    if (!line?.isContentEditable) continue;
    line.textContent = draft.textContent;
    typed(line);
  }
  const line = at && document.getElementById(at[0]);
  if (!line?.isContentEditable) return;
  line.textContent = line.textContent; // one run of text, in which the caret has its place
  line.focus();
  const [text, length] = [line.firstChild ?? line, line.firstChild?.length ?? 0];
  getSelection().setBaseAndExtent(text, Math.min(at[1], length), text, Math.min(at[2], length));
}

new MutationObserver((records) => {
  const gone = records.flatMap(({ removedNodes }) => [...removedNodes]).find((node) => node.id === "story");
  if (gone && story()) carry(gone);
}).observe(document.getElementById("story")?.parentNode ?? document.body, { childList: true });

async function save(line) {
  if (saving || !unsaved(line)) return; // one that waits is saved when the one on its way is
  saving = true;
  if ("approved" in story().dataset && !(await agreed())) {
    [saving, pressed] = [false, null];
    line.textContent = saved.get(line);
    line.focus();
    return typed(line);
  }
  const text = line.textContent.trim();
  saved.set(line, text);
  try {
    await htmx.ajax("POST", `${story().dataset.url}/lines/${line.dataset.line}`, {
      target: "#story", swap: "outerHTML", values: { text, base: story().dataset.base },
    });
  } finally {
    saving = false;
  }
  const next = lines().find((other) => other !== document.activeElement && unsaved(other));
  if (next) return save(next);
  await press();
}

/** What changes an approved story asks first. Escape leaves it as it is. */
async function agreed() {
  const dialog = document.getElementById("ask");
  if (dialog.open) return false;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}

document.addEventListener("htmx:confirm", async (event) => {
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  if (await agreed()) return issueRequest();
  ctx.sourceElement.closest(".made")?.reset(); // what was chosen in it was not done
  dropRequest();
});

/** Which button it is, in any version of the page. */
function traits(button) {
  const asks = button.getAttribute("hx-post") ?? button.form?.getAttribute("hx-post") ?? "";
  return [asks, button.name, button.value, button.textContent].join("\n");
}

async function press() {
  if (pressed === null) return;
  const [wanted, find] = [pressed, () => [...story().querySelectorAll("button")].find((button) => traits(button) === wanted)];
  pressed = null;
  if (!find()) await explain();
  find()?.click();
}

document.addEventListener("click", (event) => {
  const button = saving && event.target.closest?.("#story button:not([data-copy])");
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = traits(button);
}, true);

/** What was refused is told beside the decision that asked for it, or else at the head of the page. */
function show(asker) {
  const told = document.getElementById("notice")?.firstElementChild;
  if (!told) return;
  const decision = asker?.closest(".decide");
  if (decision?.isConnected) {
    if (decision.nextElementSibling?.matches("[role=alert]")) decision.nextElementSibling.remove();
    decision.after(told);
  }
  told.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", ({ target }) => {
  const line = target.closest?.(".line");
  if (!line) return;
  choose(line);
});
document.addEventListener("focusout", ({ target }) => target.matches?.(".line[contenteditable]") && save(target));
document.addEventListener("beforeinput", ({ target }) => target.matches?.(".line") && flatten(target));
document.addEventListener("input", ({ target }) => target.matches?.(".line") && typed(target));
document.addEventListener("mouseover", ({ target }) => {
  const figure = target.closest?.(".figure");
  if (figure) return light(figure.dataset.fact);
  const line = target.closest?.(".line");
  if (line) light(line.dataset.facts);
});
document.addEventListener("mouseout", ({ target }) => {
  if (!target.closest?.(".line")) return;
  const line = chosen !== null && document.getElementById(`line-${chosen}`);
  light(line ? line.dataset.facts : "");
});
document.addEventListener("keydown", (event) => {
  const line = event.target.closest?.(".line");
  if (!line) return;
  if (event.key === "Enter") {
    event.preventDefault();
    line.blur();
  } else if (event.key === "Escape") {
    line.textContent = saved.get(line) ?? line.textContent;
    typed(line);
    line.blur();
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const all = lines();
    all[all.indexOf(line) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
});

// --- copying, dropping files, the code editor ----------------------------------------------------------------------

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  const answer = await fetch(button.dataset.copy);
  const told = document.getElementById("notice");
  if (!answer.ok) {
    told.textContent = "This version could not be read.";
    return;
  }
  await navigator.clipboard.writeText(await answer.text());
  told.textContent = `Copied as ${button.textContent}.`;
});

const upload = document.getElementById("upload");
if (upload) {
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      upload.classList.toggle("over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      upload.querySelector('input[type="file"]').files = event.dataTransfer.files;
      upload.requestSubmit();
    });
  }
}

const area = document.querySelector("[data-editor]");
let editor = null;
document.getElementById("example")?.addEventListener("change", async ({ target }) => {
  if (!target.value) return;
  const answer = await fetch(`${target.dataset.url}?name=${encodeURIComponent(target.value)}`);
  if (!answer.ok) return;
  area.value = await answer.text();
  editor?.set(area.value); // the code editor may still be on its way; it begins with what the field holds
});
if (area) {
  const { edit } = await import("./vendor/editor.js");
  const areas = [...document.querySelectorAll("[data-editor]")]; // rule files may be edited together
  const editors = new Map();
  for (const each of areas) {
    const verdict = document.getElementById(each.dataset.verdict ?? "verdict");
    const own = edit(each, {
      language: each.dataset.editor,
      nonce,
      label: each.getAttribute("aria-label"),
      faults: async (text) => {
        const together = Object.fromEntries(areas.map((other) => [other.dataset.file, other === each ? text : other.value]));
        const answer = await fetch(each.dataset.faults, {
          method: "POST",
          headers: { "Content-Type": each.dataset.file ? "application/json" : "text/plain", "X-CSRFToken": token },
          body: each.dataset.file ? JSON.stringify(together) : text,
        });
        if (!answer.ok) return [];
        const { faults, told } = await answer.json();
        if (verdict) verdict.replaceChildren(told, ...(each.dataset.file ? [listed(faults, own)] : []));
        return faults;
      },
    });
    editors.set(each.dataset.file, own);
  }
  editor = editors.get(area.dataset.file);
  const line = new URLSearchParams(location.search).get("line");
  if (line) editor.go(Number(line));
  for (const link of document.querySelectorAll("[data-line-link]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      (editors.get(link.dataset.of) ?? editor).go(Number(link.dataset.lineLink));
    });
  }
}

/** The faults in words below the editor, each leading to its line: a mark in the margin alone is easily missed. */
function listed(faults, own) {
  const list = document.createElement("ul");
  list.className = "problems";
  for (const { line, message } of faults) {
    const link = document.createElement("a");
    link.href = "#";
    link.textContent = `line ${line}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      own.go(line);
    });
    const item = document.createElement("li");
    item.append(link, `: ${message}`);
    list.append(item);
  }
  return list;
}

remember();
paint();
