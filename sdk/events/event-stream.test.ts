import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  type BodegaClient,
  createClient,
  EventStream,
  type EventStreamOptions,
  isProductImagesEvent,
} from "../index.ts";
import { type Answer, cut, type FaultyServer, faultyServer, problem } from "../testing/faulty-server.ts";
import { newPhoto } from "../testing/photos.ts";
import { type RunningShop, startShop } from "../testing/running-shop.ts";

let shop: RunningShop;
let client: BodegaClient;
const streams: EventStream[] = [];
const servers: FaultyServer[] = [];

beforeAll(async () => {
  shop = await startShop();
  client = await shop.client();
});

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

afterAll(() => shop.stop());

const quick = { reconnectMs: 1, reconnectMaxMs: 5, silenceMs: 5_000 };

function follow(options: Partial<EventStreamOptions> = {}) {
  const seen: unknown[] = [];
  const stream = new EventStream({
    client,
    topics: ["product-images"],
    onEvent: ({ payload }) => seen.push(payload),
    ...options,
  });
  streams.push(stream);
  stream.start();
  return { stream, seen };
}

const isOpen = (stream: EventStream) => vi.waitFor(() => expect(stream.state).toBe("open"), { timeout: 10_000 });

async function addPhoto(): Promise<string> {
  const { id } = await client.products.create({ sku: `SKU-${crypto.randomUUID()}`, name: "Foto" });
  const form = new FormData();
  form.append("file", newPhoto());
  const request = new Request(`${shop.url}/v1/products/${id}/images`, { method: "POST", body: form });
  await client.transport.send(request);
  return id;
}

async function serving(...answers: readonly Answer[]) {
  const server = await faultyServer(...answers);
  servers.push(server);
  return { server, to: createClient({ baseUrl: server.url, getToken: () => "t" }) };
}

/** Begins a stream as the server does, and says what it is told. */
const streaming =
  (...frames: readonly string[]): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(frames.join(""));
  };

test("a photo's events come, from its insertion to its last variant", async () => {
  const { stream, seen } = follow();
  await isOpen(stream);
  const productId = await addPhoto();
  const phases = () =>
    seen.filter(isProductImagesEvent).flatMap((event) => (event.productId === productId ? [event.phase] : []));
  await vi.waitFor(() => expect(phases()).toEqual(["base_insert", "thumbnails_ready"]), { timeout: 20_000 });
});

test("a stream that was away goes on right behind the last event, without a gap and without a repeat", async () => {
  const { stream, seen } = follow();
  await isOpen(stream);
  const first = await addPhoto();
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
  stream.close();
  const second = await addPhoto();
  stream.start();
  const of = (id: string) => seen.filter(isProductImagesEvent).filter(({ productId }) => productId === id);
  await vi.waitFor(() => expect(of(second)).toHaveLength(2), { timeout: 20_000 });
  expect(of(first)).toHaveLength(2);
});

test("a lost connection is made anew with the position of the last whole event", async () => {
  const frame = 'id: 5\nevent: product-images\ndata: {"n":1}\n\n';
  const { server, to } = await serving((response, request) => {
    streaming(frame, 'id: 6\nevent: product-images\ndata: {"n"')(response, request);
    setTimeout(() => response.destroy(), 20);
  }, streaming(": bodega\nid: 6\n\n"));
  const { stream, seen } = follow({ client: to, times: quick });
  await vi.waitFor(() => expect(stream.position).toBe("6"));
  expect(seen).toEqual([{ n: 1 }]);
  expect(server.requests[1]?.headers["last-event-id"]).toBe("5");
});

test("a connection that has gone silent is given up and made anew", async () => {
  const { server, to } = await serving(streaming(": bodega\nid: 1\n\n"));
  follow({ client: to, times: { ...quick, silenceMs: 50 } });
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThanOrEqual(2));
  expect(server.requests[1]?.headers["last-event-id"]).toBe("1");
});

test("410 means that everything is to be read anew, once the stream is open again", async () => {
  const gaps: string[] = [];
  const { server, to } = await serving(problem(410, "EVENTS_EXPIRED"), streaming(": bodega\nid: 90\n\n"));
  const { stream } = follow({ client: to, after: "3", times: quick, onGap: (reason) => gaps.push(reason) });
  await vi.waitFor(() => expect(stream.position).toBe("90"));
  expect(gaps).toEqual(["expired"]);
  expect(server.requests.map(({ headers }) => headers["last-event-id"])).toEqual(["3", undefined]);
});

test("a stream that continues is no gap, a new one is", async () => {
  const gaps: string[] = [];
  const { server, to } = await serving((response, request) => {
    streaming(": bodega\nid: 1\n\n")(response, request);
    setTimeout(() => response.destroy(), 20);
  }, streaming(": bodega\nid: 1\n\n"));
  follow({ client: to, times: quick, onGap: (reason) => gaps.push(reason) });
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThanOrEqual(2));
  expect(gaps).toEqual(["new"]);
});

test("no session ends the stream until it is started again; a topic that is refused, too", async () => {
  const signedOut = follow({ client: createClient({ baseUrl: shop.url }) });
  await vi.waitFor(() => expect(signedOut.stream.state).toBe("signed_out"), { timeout: 10_000 });
  const refused = follow({ topics: ["no-such-topic"] });
  await vi.waitFor(() => expect(refused.stream.state).toBe("refused"), { timeout: 10_000 });
});

test("a server that cannot be reached is asked again and again, and a hint that the network is back is heeded", async () => {
  const { server, to } = await serving(cut, cut, streaming(": bodega\nid: 1\n\n"));
  const { stream } = follow({ client: to, times: { ...quick, reconnectMs: 60_000, reconnectMaxMs: 60_000 } });
  await vi.waitFor(() => {
    stream.hurry();
    expect(stream.state).toBe("open");
  });
  expect(server.requests.length).toBe(3);
});
