/** What the parts of a page tell each other, without knowing each other. */
export interface Signals {
  /** Type this line into the terminal and run it. */
  "drydock:run": { line: string };
  /** Show this line (from 1) of the learner's file. */
  "drydock:line": { file: string; line: number };
  /** The checks have spoken about these lines of the learner's file. */
  "drydock:findings": { findings: Finding[] };
  /** Write the editor's text to the server now; call done when it is kept. */
  "drydock:save": { done: Promise<void>[] };
  /** Bring a part of the page into view: task, editor, terminal, checks, cluster. */
  "drydock:show": { pane: string };
  /** A file of the learner's was changed from the page. */
  "drydock:changed": { path: string };
}

export interface Finding {
  file: string;
  line: number;
  message: string;
}

export function tell<K extends keyof Signals>(name: K, detail: Signals[K]): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

export function hear<K extends keyof Signals>(name: K, heard: (detail: Signals[K]) => void): () => void {
  const listener = (event: Event) => heard((event as CustomEvent<Signals[K]>).detail);
  document.addEventListener(name, listener);
  return () => document.removeEventListener(name, listener);
}
