import type { EventRecord } from "./event-record.ts";

const encoder = new TextEncoder();
const frames = new WeakMap<EventRecord, Uint8Array>();

/** An event as server-sent events have it (WHATWG HTML §9.2.6); made once, however many readers get it. */
export function eventFrame(event: EventRecord): Uint8Array {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const envelope = { id: event.id, traceId: event.traceId, at: event.at.toISOString() };
  const data = JSON.stringify(Object.assign({ id: event.id }, event.payload, envelope));
  const frame = encoder.encode(`id: ${event.position}\nevent: ${event.topic}\ndata: ${data}\n\n`);
  frames.set(event, frame);
  return frame;
}

/**
 * A comment that carries a position: keeps proxies from closing a quiet stream, and a reader whose topics are quiet from
 * falling behind what is kept. Without data, readers get no event, only the id to resume from.
 */
export function commentFrame(comment: string, position: number, reconnectMs?: number): Uint8Array {
  const retry = reconnectMs === undefined ? "" : `retry: ${reconnectMs}\n`;
  return encoder.encode(`: ${comment}\n${retry}id: ${position}\n\n`);
}
