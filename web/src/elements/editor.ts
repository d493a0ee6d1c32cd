import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { get, message, post, put } from "../api";
import { hear, tell, type Finding } from "../signals";

interface Kept {
  text: string;
  /** Names this content; changes when a shell changes the file. */
  version: string;
}

interface Applied {
  command: string;
  output: string;
  exitCode: number;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.string, tags.content], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword], color: "var(--code-literal)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: "var(--ink-2)" },
]);

const KEEP_AFTER_MILLIS = 500;
const LOOK_EVERY_MILLIS = 2000;

/** The editor of a learner's file: kept as it is typed, applied with one button, shared with the terminal. */
@customElement("dd-editor")
export class DdEditor extends LitElement {
  /** The file's path below the learner's folder. */
  @property() path = "";
  @state() private kept: "loading" | "kept" | "keeping" | "changed" | "trouble" = "loading";
  @state() private trouble = "";
  @state() private applied: Applied | undefined;
  @state() private applying = false;

  private view: EditorView | undefined;
  private version = "";
  private timer = 0;
  private looking = 0;
  /** The text arrives from the server, not from the learner. */
  private receiving = false;
  private readonly forget: (() => void)[] = [];

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    this.replaceChildren();
    super.connectedCallback();
  }

  private get file(): string {
    return this.path.split("/").at(-1) ?? "";
  }

  override firstUpdated() {
    this.view = new EditorView({
      parent: this.querySelector<HTMLElement>(".editor-box")!,
      state: EditorState.create({ extensions: this.extensions() }),
    });
    void this.load();
    this.looking = window.setInterval(() => void this.look(), LOOK_EVERY_MILLIS);
    this.forget.push(
      () => clearInterval(this.looking),
      hear("drydock:save", ({ done }) => done.push(this.keep())),
      hear("drydock:line", ({ line }) => this.goTo(line)),
      hear("drydock:findings", ({ findings }) => this.mark(findings)),
    );
  }

  override disconnectedCallback() {
    this.forget.forEach((end) => end());
    this.view?.destroy();
    super.disconnectedCallback();
  }

  private extensions() {
    return [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      yaml(),
      syntaxHighlighting(colours),
      EditorView.contentAttributes.of({
        tabindex: "0",
        "aria-label": `Editor of ${this.file}. Escape, then Tab leaves it.`,
      }),
      keymap.of([
        { key: "Mod-s", run: () => (void this.keep(), true) },
        { key: "Mod-Shift-Enter", run: () => (void this.apply(), true) },
        indentWithTab,
        ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
        ...historyKeymap,
        ...searchKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.receiving) this.edited();
      }),
    ];
  }

  private async load() {
    try {
      this.receive(await get<Kept>(`/api/files/${this.path}`));
    } catch (trouble) {
      this.fail(trouble);
    }
  }

  /** Somebody may have changed the file in the terminal. */
  private async look() {
    if (this.kept !== "kept" || document.hidden) return;
    try {
      const now = await get<Kept>(`/api/files/${this.path}`);
      if (this.kept === "kept" && now.version !== this.version) this.receive(now);
    } catch {
      // The next keystroke or look will say so if it lasts.
    }
  }

  private receive(kept: Kept) {
    const view = this.view;
    if (!view) return;
    this.receiving = true;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: kept.text } });
    this.receiving = false;
    this.version = kept.version;
    this.kept = "kept";
    this.trouble = "";
  }

  private edited() {
    this.kept = "changed";
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), KEEP_AFTER_MILLIS);
  }

  private async keep(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.view || this.kept === "kept" || this.kept === "loading") return;
    const text = this.view.state.doc.toString();
    this.kept = "keeping";
    try {
      const { version } = await put<Kept>(`/api/files/${this.path}`, { text });
      this.version = version;
      this.trouble = "";
      this.kept = this.view.state.doc.toString() === text ? "kept" : "changed";
    } catch (trouble) {
      this.fail(trouble);
      throw trouble;
    }
  }

  private async apply() {
    this.applying = true;
    try {
      await this.keep();
      this.applied = await post<Applied>("/api/apply", { path: this.path });
      this.trouble = "";
    } catch (trouble) {
      this.fail(trouble);
    } finally {
      this.applying = false;
    }
  }

  private fail(trouble: unknown) {
    this.kept = this.kept === "loading" ? "loading" : "trouble";
    this.trouble = message(trouble);
  }

  private goTo(line: number) {
    const view = this.view;
    if (!view) return;
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: at.from, head: at.to }, scrollIntoView: true });
    view.focus();
  }

  private mark(findings: Finding[]) {
    const view = this.view;
    if (!view) return;
    const diagnostics = findings
      .filter((finding) => (finding.file === "" || finding.file === this.file) && finding.line <= view.state.doc.lines)
      .map((finding) => {
        const { from, to } = view.state.doc.line(finding.line);
        return { from, to, severity: "error" as const, message: finding.message };
      });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }

  override render() {
    const word = { loading: "Opening…", kept: "Saved", keeping: "Saving…", changed: "Not saved yet", trouble: "Not saved" };
    return html`<div class="pane-head">
        <h2 class="file">${this.file}</h2>
        <span class="kept" data-kept=${this.kept} role="status">${word[this.kept]}</span>
        <span class="grow"></span>
        <button ?disabled=${this.applying || this.kept === "loading"} @click=${this.apply} title="Ctrl+Shift+Enter">
          ${this.applying ? "Applying…" : "Apply"}
        </button>
      </div>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <div class="editor-box"></div>
      ${this.applied ? this.answer(this.applied) : nothing}`;
  }

  private answer(applied: Applied) {
    const close = () => {
      this.applied = undefined;
      tell("drydock:show", { pane: "editor" });
    };
    return html`<div class="applied" data-outcome=${applied.exitCode === 0 ? "passed" : "failed"}>
      <pre role="status" tabindex="0" aria-label="What the API server said"><span class="prompt">$ </span>${applied.command}
${applied.output}</pre>
      <button class="quiet" @click=${close} aria-label="Close the answer">×</button>
    </div>`;
  }
}
