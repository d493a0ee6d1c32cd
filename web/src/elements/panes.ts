import { hear } from "../signals";

const NAMES = ["task", "text", "editor", "terminal", "checks", "cluster"];

/**
 * The parts of a page with a workbench. On a narrow screen one is seen at a time and a row of tabs chooses; F6 and
 * Shift+F6 move from part to part everywhere, out of the terminal too. On a lesson the bench can be docked.
 */
export class DdPanes extends HTMLElement {
  private readonly forget: (() => void)[] = [];

  connectedCallback() {
    this.dataset["ready"] = "";
    const tabs = this.querySelectorAll<HTMLButtonElement>("[data-tab]");
    tabs.forEach((tab) => tab.addEventListener("click", () => this.show(tab.dataset["tab"] ?? "")));
    this.show(this.dataset["first"] ?? "task");
    this.forget.push(hear("drydock:show", ({ pane }) => this.reveal(pane)));
    const listener = (event: KeyboardEvent) => this.key(event);
    document.addEventListener("keydown", listener, true);
    this.forget.push(() => document.removeEventListener("keydown", listener, true));
    this.docks();
  }

  disconnectedCallback() {
    this.forget.forEach((end) => end());
  }

  private pane(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  }

  private show(name: string) {
    this.dataset["current"] = name;
    this.querySelectorAll<HTMLElement>("[data-pane]").forEach((pane) => {
      pane.toggleAttribute("data-current", pane.dataset["pane"] === name);
    });
    this.querySelectorAll<HTMLElement>("[data-tab]").forEach((tab) => {
      if (tab.dataset["tab"] === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    });
  }

  private reveal(name: string) {
    if (this.dataset["dock"] === "hidden" && name !== "text") this.dock("right");
    this.show(name);
  }

  private key(event: KeyboardEvent) {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const panes = NAMES.map((name) => this.pane(name)).filter((pane) => pane !== null);
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const step = event.shiftKey ? -1 : 1;
    const next = panes[(at + step + panes.length) % panes.length];
    if (!next) return;
    this.show(next.dataset["pane"] ?? "");
    const inside = ["[data-focus]", ".cm-content", ".xterm-helper-textarea", "button:not([disabled])"]
      .map((where) => next.querySelector<HTMLElement>(where))
      .find((found) => found !== null);
    (inside ?? next).focus();
  }

  private docks() {
    const buttons = this.querySelectorAll<HTMLButtonElement>("[data-dock-to]");
    if (buttons.length === 0) return;
    buttons.forEach((button) => button.addEventListener("click", () => this.dock(button.dataset["dockTo"] ?? "right")));
    this.dock(localStorage.getItem("drydock.dock") ?? "right");
  }

  private dock(where: string) {
    this.dataset["dock"] = where;
    localStorage.setItem("drydock.dock", where);
    this.querySelectorAll<HTMLElement>("[data-dock-to]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset["dockTo"] === where));
    });
  }
}

customElements.define("dd-panes", DdPanes);
