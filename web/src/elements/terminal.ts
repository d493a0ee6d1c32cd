import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { Terminal, type ITheme } from "@xterm/xterm";
import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { hear } from "../signals";

/** What the server says beside the shell's own bytes. */
type Word =
  | { type: "waiting"; message: string }
  | { type: "replay"; bytes: number }
  | { type: "refused"; message: string }
  | { type: "ended"; message: string };

type State = "connecting" | "waiting" | "open" | "offline" | "refused" | "ended";

const RETRY_SECONDS = [1, 1, 2, 4, 8, 15];

/** A shell of the learner's on the server. A reload of the page comes back to the same shell. */
@customElement("dd-terminal")
export class DdTerminal extends LitElement {
  /** The folder it works in: an exercise or a chapter. */
  @property() workspace = "";
  @state() private condition: State = "connecting";
  @state() private said = "";
  @state() private reader = localStorage.getItem("drydock.reader") === "on";

  private terminal: Terminal | undefined;
  private socket: WebSocket | undefined;
  private readonly fit = new FitAddon();
  private readonly forget: (() => void)[] = [];
  /** Lines asked for before the shell was there. */
  private pending: string[] = [];
  /** Bytes of an earlier screen still being drawn: what the terminal answers to them is not typed again. */
  private replaying = 0;
  private tries = 0;

  protected override createRenderRoot() {
    return this;
  }

  override firstUpdated() {
    const terminal = new Terminal({
      fontFamily: "'JetBrains Mono', monospace",
      fontSize: 13,
      lineHeight: 1.25,
      scrollback: 5000,
      cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      minimumContrastRatio: 4.5,
      screenReaderMode: this.reader,
      theme: this.theme(),
    });
    terminal.loadAddon(this.fit);
    const screen = this.querySelector<HTMLElement>(".terminal-screen")!;
    void document.fonts.load("13px 'JetBrains Mono'").finally(() => {
      terminal.open(screen);
      terminal.textarea?.setAttribute("aria-label", "Terminal. F6 leaves it, F4 turns reading aloud on.");
      this.fit.fit();
      this.connect();
    });
    terminal.attachCustomKeyEventHandler((event) => {
      return event.key !== "F4" && event.key !== "F6";
    });
    terminal.onData((data) => {
      if (this.replaying === 0) this.send({ input: data });
    });
    terminal.onResize(({ cols, rows }) => this.send({ resize: [cols, rows] }));
    this.addEventListener("keydown", (event) => {
      if (event.key === "F4") this.toggleReader();
    });
    const watch = new ResizeObserver(() => {
      if (screen.offsetWidth > 0) this.fit.fit();
    });
    watch.observe(screen);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => (terminal.options.theme = this.theme());
    dark.addEventListener("change", recolour);
    this.forget.push(
      () => watch.disconnect(),
      () => dark.removeEventListener("change", recolour),
      hear("drydock:run", ({ line }) => this.run(line)),
    );
    this.terminal = terminal;
  }

  override disconnectedCallback() {
    this.forget.forEach((end) => end());
    this.socket?.close();
    this.terminal?.dispose();
    super.disconnectedCallback();
  }

  private theme(): ITheme {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(`--term-${name}`).trim();
    const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    const ansi = Object.fromEntries(
      names.flatMap((name) => [
        [name, colour(name)],
        [`bright${name[0]!.toUpperCase()}${name.slice(1)}`, colour(name)],
      ]),
    );
    return {
      background: colour("background"),
      foreground: colour("foreground"),
      cursor: colour("cursor"),
      cursorAccent: colour("background"),
      selectionBackground: colour("selection"),
      ...ansi,
    };
  }

  private connect() {
    const terminal = this.terminal;
    if (!terminal) return;
    this.condition = "connecting";
    const query = new URLSearchParams({
      workspace: this.workspace,
      cols: String(terminal.cols),
      rows: String(terminal.rows),
    });
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/terminal?${query}`);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") this.hear(JSON.parse(data) as Word);
      else this.draw(new Uint8Array(data));
    };
    socket.onclose = () => this.closed();
    this.socket = socket;
  }

  private hear(word: Word) {
    switch (word.type) {
      case "waiting":
        this.condition = "waiting";
        this.said = word.message;
        break;
      case "replay":
        this.tries = 0;
        this.condition = "open";
        this.said = "";
        this.terminal?.reset();
        this.replaying = word.bytes;
        this.flush();
        break;
      case "refused":
      case "ended":
        this.condition = word.type;
        this.said = word.message;
        break;
    }
  }

  private draw(bytes: Uint8Array) {
    this.terminal?.write(bytes, () => {
      this.replaying = Math.max(0, this.replaying - bytes.length);
      this.send({ drawn: bytes.length });
    });
  }

  private closed() {
    if (this.condition === "refused" || this.condition === "ended" || !this.isConnected) return;
    const seconds = RETRY_SECONDS[Math.min(this.tries++, RETRY_SECONDS.length - 1)]!;
    this.condition = "offline";
    this.said = `The workbook does not answer. Trying again in ${seconds} s; your shell and files are kept.`;
    setTimeout(() => this.isConnected && this.condition === "offline" && this.connect(), seconds * 1000);
  }

  private send(word: object) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(word));
  }

  private run(line: string) {
    this.pending.push(line);
    if (this.condition === "open") this.flush();
  }

  private flush() {
    for (const line of this.pending.splice(0)) this.send({ input: `${line}\r` });
  }

  private toggleReader() {
    this.reader = !this.reader;
    localStorage.setItem("drydock.reader", this.reader ? "on" : "off");
    if (this.terminal) this.terminal.options.screenReaderMode = this.reader;
  }

  private again() {
    this.tries = 0;
    this.connect();
  }

  override render() {
    const covered = this.condition !== "open";
    return html`<div class="pane-head">
        <h2>Terminal</h2>
        <span class="grow"></span>
        <span class="hint">F6 leaves it</span>
        <button class="quiet" aria-pressed=${this.reader} @click=${this.toggleReader} title="F4">
          Read aloud
        </button>
      </div>
      <div class="terminal-box">
        <div class="terminal-screen"></div>
        ${covered ? this.cover() : nothing}
      </div>`;
  }

  private cover() {
    const button =
      this.condition === "ended"
        ? html`<button @click=${this.again}>Open a new shell</button>`
        : this.condition === "refused"
          ? html`<button @click=${this.again}>Try again</button>`
          : nothing;
    const said = this.condition === "connecting" ? "Opening a shell…" : this.said;
    return html`<div class="cover" data-state=${this.condition} role="status"><p>${said}</p>${button}</div>`;
  }
}
