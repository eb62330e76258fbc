import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "./random.ts";

/** How to tell what may be cut, in bytes that are passed on without being read otherwise. */
export interface CuttingProtocol {
  /** What is in a request whose answer may be cut. */
  readonly asked: string;
  /** Whether these bytes end, or begin, the answer, so that whatever it tells of has been committed. */
  readonly isAnswered: (bytes: Buffer) => boolean;
}

/** ReadyForQuery, idle: the last message after the commit of a statement outside of a transaction. */
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

export const reservationsInPostgres: CuttingProtocol = {
  asked: "inventory.reserve_stock",
  isAnswered: (bytes) => bytes.subarray(-readyForQuery.length).equals(readyForQuery),
};

/** The status line: what was answered 2xx is done. */
export const successesOverHttp: CuttingProtocol = {
  asked: "POST /v1/",
  isAnswered: (bytes) => bytes.subarray(0, 10).toString("latin1") === "HTTP/1.1 2",
};

/**
 * A way to a server that loses answers: now and then both ends of a connection are cut at the very moment when what was
 * asked has been done and its answer has arrived here, and nothing of that answer is passed on.
 */
export class CuttingProxy {
  /** Of the answers that may be cut, how many are. */
  share: number;
  #cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, share: number) {
    this.#server = server;
    this.share = share;
  }

  static async open(
    target: { readonly host: string; readonly port: number },
    protocol: CuttingProtocol,
    { random, share }: { readonly random: Random; readonly share: number },
  ): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server, share);
    server.on("connection", (near) => proxy.#join(near, connect({ ...target, noDelay: true }), protocol, random));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get cuts(): number {
    return this.#cuts;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(near: Socket, far: Socket, protocol: CuttingProtocol, random: Random): void {
    let isAsked = false;
    const end = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.once("close", () => {
        this.#sockets.delete(socket);
        end();
      });
      // What broke is closed right after, and then so is the other end.
      socket.on("error", end);
    }
    near.on("data", (bytes) => {
      isAsked ||= bytes.includes(protocol.asked);
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      const isAnswered = isAsked && protocol.isAnswered(bytes);
      if (isAnswered) isAsked = false;
      if (isAnswered && random.next() < this.share) {
        this.#cuts += 1;
        end();
      } else near.write(bytes);
    });
  }
}
