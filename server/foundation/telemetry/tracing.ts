import { context, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-node";

export interface Tracing {
  readonly close: () => Promise<void>;
}

/**
 * Starts OpenTelemetry for the process. Without an endpoint spans go nowhere, yet trace ids exist and travel: from
 * `traceparent` of a request into the rows, jobs and events that it causes.
 */
export function startTracing(options: {
  readonly otlpEndpoint: string | null;
  readonly version: string;
  readonly processors?: readonly SpanProcessor[];
}): Tracing {
  const exporters =
    options.otlpEndpoint === null
      ? []
      : [new BatchSpanProcessor(new OTLPTraceExporter({ url: tracesUrl(options.otlpEndpoint) }))];
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": "bodega", "service.version": options.version }),
    spanProcessors: [...exporters, ...(options.processors ?? [])],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return { close: () => provider.shutdown() };
}

const tracesUrl = (endpoint: string): string => `${endpoint.replace(/\/+$/, "")}/v1/traces`;

const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The present span as a W3C `traceparent`, or null outside of any. */
export function currentTraceparent(): string | null {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, "0")}`;
}

/** The trace id of the present span, or 32 zeros outside of any. */
export function currentTraceId(): string {
  return trace.getActiveSpan()?.spanContext().traceId ?? "0".repeat(32);
}

/**
 * Runs `work` in a span that goes on from `traceparent` (W3C Trace Context §3.2; a malformed one starts a new trace).
 * An error marks the span and is thrown on.
 */
export async function inSpan<T>(
  name: string,
  options: {
    readonly kind: "server" | "consumer" | "internal";
    readonly traceparent?: string | null | undefined;
    readonly attributes?: Readonly<Record<string, string | number>>;
  },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = remoteParent(options.traceparent);
  return trace
    .getTracer("bodega")
    .startActiveSpan(
      name,
      { kind: spanKinds[options.kind], attributes: options.attributes ?? {} },
      parent,
      async (span) => {
        try {
          return await work(span);
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          if (error instanceof Error) span.recordException(error);
          throw error;
        } finally {
          span.end();
        }
      },
    );
}

const spanKinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL } as const;

function remoteParent(traceparent: string | null | undefined) {
  const match = traceparentPattern.exec(traceparent ?? "");
  const [, traceId, spanId, flags] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return context.active();
  return trace.setSpanContext(context.active(), {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
