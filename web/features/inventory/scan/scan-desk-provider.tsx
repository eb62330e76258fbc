import { type ReactNode, useState } from "react";
import { ScanDesk } from "./scan-desk.ts";
import { ScanDeskContext } from "./use-scanner.ts";

/** Makes everything below hear what is scanned. */
export function ScanDeskProvider({ children }: { readonly children: ReactNode }) {
  const [desk] = useState(() => new ScanDesk());
  return <ScanDeskContext value={desk}>{children}</ScanDeskContext>;
}
