import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { message, post } from "../api";
import { tell } from "../signals";

type Outcome = "passed" | "failed" | "errored" | "skipped" | "waiting";

interface Check {
  id: string;
  title: string;
  points: number;
  earned: number;
  outcome: Outcome;
  message: string;
  expected: string;
  actual: string;
  file: string;
  line: number;
  why: string;
  next: string;
  hint: string;
  events: string[];
}

interface Report {
  earned: number;
  total: number;
  passed: boolean;
  summary: string;
  checks: Check[];
}

const MARK: Record<Outcome, string> = { passed: "✓", failed: "✕", errored: "!", skipped: "–", waiting: "○" };
const WORD: Record<Outcome, string> = {
  passed: "Passed",
  failed: "Failed",
  errored: "Could not be checked",
  skipped: "Skipped",
  waiting: "Not checked yet",
};

/** The checks of an exercise: what they ask before they ran, and what they found. */
@customElement("dd-checks")
export class DdChecks extends LitElement {
  @property() exercise = "";
  @state() private report: Report | undefined;
  @state() private busy = false;
  @state() private trouble = "";
  @state() private seconds = 0;

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    const data = this.querySelector("script[type='application/json']")?.textContent;
    this.replaceChildren();
    if (data) this.report = JSON.parse(data) as Report;
    super.connectedCallback();
    document.addEventListener("keydown", this.key);
  }

  override disconnectedCallback() {
    document.removeEventListener("keydown", this.key);
    super.disconnectedCallback();
  }

  private readonly key = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.check();
    }
  };

  private async check() {
    if (this.busy) return;
    this.busy = true;
    this.trouble = "";
    this.seconds = 0;
    const clock = setInterval(() => (this.seconds += 1), 1000);
    try {
      const done: Promise<void>[] = [];
      tell("drydock:save", { done });
      await Promise.all(done);
      this.report = await post<Report>(`/api/exercises/${this.exercise}/check`);
      tell("drydock:findings", {
        findings: this.report.checks
          .filter((check) => check.outcome === "failed" && check.line > 0)
          .map((check) => ({ file: check.file, line: check.line, message: check.message || check.title })),
      });
    } catch (trouble) {
      this.trouble = message(trouble);
    } finally {
      clearInterval(clock);
      this.busy = false;
    }
  }

  override render() {
    const report = this.report;
    return html`<div class="checks-bar">
        <button class="primary" data-focus ?disabled=${this.busy} @click=${this.check} title="Ctrl+Enter">Check</button>
        <p class="checks-summary" role="status">${this.sentence()}</p>
      </div>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <ol class="checks-list" aria-busy=${this.busy}>
        ${report?.checks.map((check) => this.row(check))}
      </ol>`;
  }

  private sentence() {
    if (this.busy) {
      return this.seconds < 2 ? "Checking…" : `Checking… ${this.seconds} s so far; it stops after 60 s.`;
    }
    return this.report?.summary ?? "";
  }

  private row(check: Check) {
    const told = check.outcome === "failed" || check.outcome === "errored" || check.outcome === "skipped";
    return html`<li class="check" data-outcome=${check.outcome} data-check=${check.id}>
      <div class="check-head">
        <span class="mark" aria-hidden="true">${MARK[check.outcome]}</span>
        <span class="check-title"><span class="visually-hidden">${WORD[check.outcome]}: </span>${check.title}</span>
        <span class="points">${
          check.outcome === "waiting" || check.outcome === "skipped"
            ? html`${check.points} pt`
            : html`${check.earned}<span aria-hidden="true">/</span><span class="visually-hidden"> of </span>${check.points} pt`
        }</span>
      </div>
      ${told ? this.explained(check) : nothing}
    </li>`;
  }

  private explained(check: Check) {
    return html`<p class="check-message">${check.message}</p>
      <dl class="check-why">
        ${check.expected ? html`<div><dt>Expected</dt><dd>${check.expected}</dd></div>` : nothing}
        ${check.actual || check.line > 0
          ? html`<div><dt>Found</dt><dd>${check.actual}${this.place(check)}</dd></div>`
          : nothing}
        ${check.events.map((event) => html`<div><dt>Event</dt><dd>${event}</dd></div>`)}
        ${check.why ? html`<div><dt>Why</dt><dd>${check.why}</dd></div>` : nothing}
        ${check.next ? html`<div><dt>Next</dt><dd>${this.next(check.next)}</dd></div>` : nothing}
      </dl>
      ${check.hint
        ? html`<details class="check-hint"><summary>Hint</summary><p>${check.hint}</p></details>`
        : nothing}`;
  }

  private place(check: Check) {
    if (check.line <= 0) return nothing;
    const go = () => {
      tell("drydock:show", { pane: "editor" });
      tell("drydock:line", { file: check.file, line: check.line });
    };
    return html` <button class="link" @click=${go}>${check.file || "your file"}, line ${check.line}</button>`;
  }

  private next(line: string) {
    const run = () => {
      tell("drydock:show", { pane: "terminal" });
      tell("drydock:run", { line });
    };
    return html`<code>${line}</code> <button class="quiet run" @click=${run}>Run</button>`;
  }
}
