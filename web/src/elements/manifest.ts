import { LitElement, css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { message, put } from "../api";
import { tell } from "../signals";
import { buttons } from "./buttons";

/** A manifest of a lesson, with buttons that write it into the terminal's folder or copy it. */
@customElement("dd-manifest")
export class DdManifest extends LitElement {
  /** The file's name. */
  @property() file = "";
  /** The folder of the learner's that the terminal on this page works in. */
  @property() folder = "";
  @state() private said = "";
  @state() private trouble = false;

  static override styles = [
    buttons,
    css`
      :host {
        display: block;
      }
    `,
  ];

  private get text(): string {
    return this.querySelector("code")?.textContent ?? "";
  }

  private async save() {
    try {
      const path = `${this.folder}/${this.file}`;
      await put(`/api/files/${path}`, { text: this.text });
      tell("drydock:changed", { path });
      this.say(`${this.file} is in your folder`);
    } catch (trouble) {
      this.say(message(trouble), true);
    }
  }

  private async copy() {
    await navigator.clipboard.writeText(this.text);
    this.say("Copied");
  }

  private say(what: string, trouble = false) {
    this.said = what;
    this.trouble = trouble;
  }

  override render() {
    return html`<slot></slot>
      <div class="buttons">
        ${this.folder ? html`<button @click=${this.save}>Save to your folder</button>` : ""}
        <button @click=${this.copy}>Copy</button>
        <span role="status" class="said ${this.trouble ? "trouble" : ""}">${this.said}</span>
      </div>`;
  }
}
