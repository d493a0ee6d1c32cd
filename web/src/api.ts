/** A refusal of the server, or its silence, in one sentence for the learner. */
export class Trouble extends Error {}

const UNREACHABLE =
  "The workbook does not answer. If you stopped it, start it again with ./drydock serve; your work is kept.";

async function asked(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw new Trouble(UNREACHABLE);
  }
  if (!response.ok) {
    throw new Trouble(await sentence(response));
  }
  return response;
}

async function sentence(response: Response): Promise<string> {
  const body = await response.text();
  try {
    const { message } = JSON.parse(body) as { message?: string };
    if (message) return message;
  } catch {
    // Not ours; fall through to a sentence of our own.
  }
  return `The workbook refused this (${response.status}).`;
}

export async function get<T>(path: string): Promise<T> {
  return (await (await asked(path, {})).json()) as T;
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  const init: RequestInit = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  };
  return (await (await asked(path, init)).json()) as T;
}

export async function put<T>(path: string, body: unknown): Promise<T> {
  const init: RequestInit = {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return (await (await asked(path, init)).json()) as T;
}

export function message(trouble: unknown): string {
  return trouble instanceof Error ? trouble.message : String(trouble);
}
