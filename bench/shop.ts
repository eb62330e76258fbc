import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const credentials = { email: "admin@bench.local", password: "bench-password" };

/** A whole Bodega in a process of its own. */
export interface BenchShop {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  /** Of its administrator. */
  readonly credentials: { readonly email: string; readonly password: string };
  /** Where it keeps its objects and its database. */
  readonly dataDir: string;
  readonly request: (
    method: string,
    path: string,
    body?: RequestInit["body"],
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  /** The most memory that the process has held, in bytes (Linux; NaN elsewhere). */
  readonly peakMemoryBytes: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** As a stranger would start it, on an empty shop, unless `environment` says otherwise. */
export async function openShop(environment: Readonly<Record<string, string>> = {}): Promise<BenchShop> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-bench-"));
  const child = spawn(process.execPath, [fileURLToPath(new URL("../server/main.ts", import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: "0",
      LOG_LEVEL: "info",
      BODEGA_DEMO: "false",
      BODEGA_ADMIN_EMAIL: credentials.email,
      BODEGA_ADMIN_PASSWORD: credentials.password,
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  const url = await urlOf(child);
  const token = await signIn(url);
  return {
    url,
    pid: child.pid ?? 0,
    token,
    credentials,
    dataDir,
    request: (method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body !== undefined && { body }),
      }),
    peakMemoryBytes: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      stop();
      await ended;
      process.off("exit", stop);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The address is in the line that says that it runs. */
function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const url = /"url":"(http[^"]+)"/.exec(text)?.[1];
      if (url === undefined) return;
      // Whatever comes later is read and dropped, so that the shop never waits for us.
      child.stdout?.off("data", read).resume();
      resolve(url);
    };
    child.stdout?.on("data", read);
    child.once("exit", (code) => reject(new Error(`the shop did not start (exit code ${code})`)));
  });
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const token = (await (await fetch(`${url}/auth/token`, { headers: { cookie } })).json()) as { token: string };
  return token.token;
}
