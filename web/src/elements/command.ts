import { LitElement, css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { tell } from "../signals";
import { buttons } from "./buttons";

/** A command of a lesson, with buttons that run it in the learner's terminal or copy it. */
@customElement("dd-command")
export class DdCommand extends LitElement {
  @state() private copied = false;

  static override styles = [
    buttons,
    css`
      :host {
        display: block;
        position: relative;
      }
    `,
  ];

  private get lines(): string[] {
    return [...this.querySelectorAll("[data-command]")].map((line) => line.textContent ?? "");
  }

  private run() {
    tell("drydock:show", { pane: "terminal" });
    for (const line of this.lines) tell("drydock:run", { line });
  }

  private async copy() {
    await navigator.clipboard.writeText(this.lines.join("\n"));
    this.copied = true;
    setTimeout(() => (this.copied = false), 1500);
  }

  override render() {
    const terminal = document.querySelector("dd-terminal") !== null;
    return html`<slot></slot>
      <div class="buttons">
        ${terminal ? html`<button @click=${this.run}>Run in the terminal</button>` : ""}
        <button @click=${this.copy}>${this.copied ? "Copied" : "Copy"}</button>
      </div>`;
  }
}
