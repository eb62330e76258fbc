import { connect, type Socket } from "node:net";

export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The status that counts. */
  readonly accepted: number;
}

/** What came of a load. */
export interface Accepted {
  readonly accepted: number;
  readonly perSecond: number;
}

/**
 * A POST load over kept-alive connections, one request at a time on each, written and read by hand: Node's own client
 * costs as much as the server that is to be measured, on the same machine.
 */
export class HttpLoad {
  readonly #host: string;
  readonly #port: number;
  readonly #token: string;
  readonly #connections: number;
  #sockets: Socket[] = [];

  constructor(url: string, token: string, connections: number) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
    this.#token = token;
    this.#connections = connections;
  }

  /** Sends for so long; answers how many were accepted. Any other status but 409 is an error. */
  async run(seconds: number, next: () => LoadRequest): Promise<Accepted> {
    await this.#open();
    const from = performance.now();
    const until = from + seconds * 1_000;
    const counts = await Promise.all(this.#sockets.map((socket) => this.#send(socket, until, next)));
    const accepted = counts.reduce((sum, count) => sum + count, 0);
    return { accepted, perSecond: (accepted * 1_000) / (performance.now() - from) };
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #open(): Promise<void> {
    while (this.#sockets.length < this.#connections) {
      const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
      await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
      this.#sockets.push(socket);
    }
  }

  async #send(socket: Socket, until: number, next: () => LoadRequest): Promise<number> {
    let accepted = 0;
    while (performance.now() < until) {
      const request = next();
      const { status, text } = await this.#ask(socket, request);
      if (status === request.accepted) accepted += 1;
      else if (status !== 409) throw new Error(`the shop answered ${status}: ${text}`);
    }
    return accepted;
  }

  #ask(socket: Socket, { path, headers, body }: LoadRequest): Promise<{ status: number; text: string }> {
    const lines = [
      `POST ${path} HTTP/1.1`,
      `host: ${this.#host}`,
      `authorization: Bearer ${this.#token}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    return new Promise((resolve, reject) => {
      let text = "";
      const onData = (chunk: Buffer) => {
        text += chunk.toString("latin1");
        const end = text.indexOf("\r\n\r\n");
        if (end === -1) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
        const isChunked = Number.isNaN(length);
        const isWhole = isChunked ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + length;
        if (!isWhole) return;
        socket.off("data", onData).off("close", onClose);
        resolve({ status: Number(text.slice(9, 12)), text: text.slice(end + 4) });
      };
      const onClose = () => reject(new Error("the shop closed the connection"));
      socket.on("data", onData).once("close", onClose);
      socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
    });
  }
}
