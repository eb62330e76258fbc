import fc from "fast-check";
import { expect, test } from "vitest";
import { ServerSentEventParser } from "./server-sent-events.ts";

const stream = ': bodega\nretry: 2000\nid: 7\n\nid: 8\nevent: product-images\ndata: {"a":1}\n\n: still here\nid: 9\n\n';

test("events, positions and waits are read, comments move the position alone", () => {
  expect(new ServerSentEventParser().push(stream)).toEqual([
    { event: "message", data: null, id: "7", retryMs: 2000 },
    { event: "product-images", data: '{"a":1}', id: "8", retryMs: null },
    { event: "message", data: null, id: "9", retryMs: null },
  ]);
});

test("wherever the bytes are cut, the same events are read", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: stream.length })), fc.constantFrom("\n", "\r\n"), (cuts, lineBreak) => {
      const text = stream.replaceAll("\n", lineBreak);
      const parser = new ServerSentEventParser();
      const edges = [0, ...cuts, text.length].sort((one, other) => one - other);
      const read = edges.flatMap((edge, index) => parser.push(text.slice(edges[index - 1] ?? 0, edge)));
      expect(read).toEqual(new ServerSentEventParser().push(stream));
    }),
  );
});

test("a frame that is cut off is no event, and does not move the position", () => {
  const parser = new ServerSentEventParser();
  expect(parser.push('id: 8\nevent: product-images\ndata: {"a"')).toEqual([]);
});
