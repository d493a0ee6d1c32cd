import { LitElement, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { get, message, post } from "../api";

interface Container {
  name: string;
  image: string;
  state: string;
  ready: boolean;
}

interface Pod {
  namespace: string;
  name: string;
  node: string;
  status: string;
  kind: "running" | "starting" | "failing" | "leaving" | "done";
  ready: string;
  restarts: number;
  cpuMillis: number;
  memoryBytes: number;
  containers: Container[];
}

interface Node {
  name: string;
  ready: boolean;
  cpuMillis: number;
  memoryBytes: number;
}

interface Picture {
  state: "starting" | "ready" | "unavailable";
  message: string;
  name: string;
  nodes: Node[];
  pods: Pod[];
}

const MARK: Record<Pod["kind"], string> = { running: "✓", starting: "…", failing: "✕", leaving: "↘", done: "–" };
const SYSTEM = new Set(["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]);
const GIB = 1024 ** 3;

/**
 * The learner's cluster, live: nodes are berths, pods are boats as long as their CPU request and as high as their memory
 * request. The picture is a list of buttons, so it reads as one; a button shows its object.
 */
@customElement("dd-cluster")
export class DdCluster extends LitElement {
  @state() private picture: Picture | undefined;
  @state() private offline = false;
  @state() private system = false;
  @state() private shown: { title: string; yaml: string } | undefined;
  @state() private trouble = "";
  private source: EventSource | undefined;

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    this.replaceChildren();
    super.connectedCallback();
    this.source = new EventSource("/api/cluster/stream");
    this.source.onopen = () => (this.offline = false);
    this.source.onerror = () => (this.offline = true);
    this.source.addEventListener("picture", (event) => {
      this.offline = false;
      this.picture = JSON.parse((event as MessageEvent<string>).data) as Picture;
    });
  }

  override disconnectedCallback() {
    this.source?.close();
    super.disconnectedCallback();
  }

  private async show(kind: "pods" | "nodes", namespace: string, name: string) {
    const query = new URLSearchParams({ kind, namespace, name });
    try {
      const { yaml } = await get<{ yaml: string }>(`/api/cluster/object?${query}`);
      this.shown = { title: `${kind === "pods" ? "Pod" : "Node"} ${name}`, yaml };
    } catch (trouble) {
      this.shown = { title: name, yaml: message(trouble) };
    }
    await this.updateComplete;
    this.querySelector("dialog")?.showModal();
  }

  private async reset() {
    if (!confirm("Start over with an empty cluster? Everything in it goes; your files and progress stay.")) return;
    try {
      await post("/api/cluster/reset");
      this.trouble = "";
    } catch (trouble) {
      this.trouble = message(trouble);
    }
  }

  override render() {
    return html`<div class="pane-head">
        <h2>Cluster</h2>
        ${this.offline ? html`<span class="offline">not live</span>` : nothing}
        <span class="grow"></span>
        <label class="quiet"><input type="checkbox" .checked=${this.system} @change=${this.toggleSystem} /> System pods</label>
        <button class="quiet" @click=${this.reset}>Start over</button>
      </div>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <div class="harbour" tabindex="0" role="region" aria-label="The cluster's nodes and pods">${this.body()}</div>
      ${this.dialog()}`;
  }

  private readonly toggleSystem = (event: Event) => {
    this.system = (event.target as HTMLInputElement).checked;
  };

  private body() {
    const picture = this.picture;
    if (!picture) {
      return html`<p class="cluster-word">${this.offline ? "The workbook does not answer; it is tried again." : "Looking at your cluster…"}</p>`;
    }
    if (picture.state !== "ready") {
      return html`<p class="cluster-word">${picture.message}</p>`;
    }
    const pods = picture.pods.filter((pod) => this.system || !SYSTEM.has(pod.namespace));
    const waiting = pods.filter((pod) => pod.node === "");
    return html`${waiting.length > 0
        ? html`<section class="roads">
            <h3>Waiting for a node</h3>
            <ul class="boats">
              ${waiting.map((pod) => this.boat(pod, 4000, 8 * GIB))}
            </ul>
          </section>`
        : nothing}
      ${picture.nodes.map((node) => this.berth(node, picture.pods, pods))}`;
  }

  private berth(node: Node, all: Pod[], seen: Pod[]) {
    const moored = (pods: Pod[]) => pods.filter((pod) => pod.node === node.name && pod.kind !== "done");
    const cpu = moored(all).reduce((sum, pod) => sum + pod.cpuMillis, 0);
    const memory = moored(all).reduce((sum, pod) => sum + pod.memoryBytes, 0);
    const here = seen.filter((pod) => pod.node === node.name);
    return html`<section class="berth">
      <h3><button class="link" @click=${() => this.show("nodes", "", node.name)}>${node.name}</button>
        <span class="node-state" data-ready=${node.ready}>${node.ready ? "ready" : "not ready"}</span></h3>
      <ul class="boats">
        ${here.map((pod) => this.boat(pod, node.cpuMillis, node.memoryBytes))}
        ${here.length === 0 ? html`<li class="empty">No pod of yours is here yet.</li>` : nothing}
      </ul>
      <p class="quay">
        <span class="gauge" aria-hidden="true"><span style=${styleMap({ inlineSize: `${share(cpu, node.cpuMillis)}%` })}></span></span>
        requested: ${cores(cpu)} of ${cores(node.cpuMillis)} CPU, ${gib(memory)} of ${gib(node.memoryBytes)} GiB
      </p>
    </section>`;
  }

  private boat(pod: Pod, cpu: number, memory: number) {
    const size = styleMap({
      flexBasis: `max(8.5rem, ${share(pod.cpuMillis, cpu)}%)`,
      "--draught": `${0.4 + 2.6 * (share(pod.memoryBytes, memory) / 100)}rem`,
    });
    const requests =
      pod.cpuMillis || pod.memoryBytes
        ? `requests ${cores(pod.cpuMillis)} CPU, ${gib(pod.memoryBytes)} GiB`
        : "no requests";
    return html`<li style=${size} data-kind=${pod.kind}>
      <button class="boat" data-pod=${pod.name} @click=${() => this.show("pods", pod.namespace, pod.name)}>
        <span class="crew">
          ${pod.containers.map(
            (container) => html`<span class="container" data-ready=${container.ready} title=${container.image}>${container.name}</span>`,
          )}
        </span>
        <span class="hull" data-requested=${pod.cpuMillis + pod.memoryBytes > 0}>
          <span class="pod-name">${pod.name}</span>
        </span>
        <span class="pod-status"><span aria-hidden="true">${MARK[pod.kind]}</span> ${pod.status}
          <span class="detail">${pod.ready} ready${pod.restarts > 0 ? html`, ${pod.restarts} restarts` : nothing}</span>
          <span class="visually-hidden">, ${requests}, namespace ${pod.namespace}</span></span>
      </button>
    </li>`;
  }

  private dialog() {
    return html`<dialog class="object" aria-labelledby="object-title" @close=${() => (this.shown = undefined)}>
      ${this.shown
        ? html`<div class="pane-head">
              <h2 id="object-title">${this.shown.title}</h2>
              <span class="grow"></span>
              <form method="dialog"><button autofocus>Close</button></form>
            </div>
            <pre tabindex="0" aria-label="The object as YAML">${this.shown.yaml}</pre>`
        : nothing}
    </dialog>`;
  }
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, (100 * part) / whole) : 0;
}

function cores(millis: number): string {
  return (millis / 1000).toLocaleString("en", { maximumFractionDigits: 2 });
}

function gib(bytes: number): string {
  return (bytes / GIB).toLocaleString("en", { maximumFractionDigits: 2 });
}
