import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPanel } from "../problems/error-panel.tsx";
import { Waiting } from "../waiting/waiting.tsx";

export interface QueriedProps<Data> {
  readonly query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  /** What is waited for, in words. */
  readonly label?: string;
  readonly children: (data: Data) => ReactNode;
}

/** What a query has: its data, what went wrong, or the wait for it. Old data goes before a new error. */
export function Queried<Data>({ query, label, children }: QueriedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <Waiting {...(label !== undefined && { label })} />;
}
