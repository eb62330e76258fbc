import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from "react";
import { client } from "../../../shared/server/client.ts";
import { listenToWedge } from "./keyboard-wedge.ts";
import { ProductCard } from "./product-card.tsx";
import { ScanBar } from "./scan-bar.tsx";
import { ScanDesk, type ScannedProduct } from "./scan-desk.ts";
import { ScanFeedback } from "./scan-feedback.ts";
import { useScannerChoice } from "./scanner-choice.ts";
import { ScanDeskContext } from "./use-scanner.ts";

/** Makes everything below hear what is scanned; what nobody there listens to is shown with what can be done with it. */
export function ScanDeskProvider({ children }: { readonly children: ReactNode }) {
  const [choice] = useScannerChoice();
  const [shown, setShown] = useState<ScannedProduct | null>(null);
  const feedback = useMemo(() => new ScanFeedback(), []);
  const give = useEffectEvent((outcome: "good" | "bad") => feedback.give(outcome, choice));
  const [desk, setDesk] = useState<ScanDesk | null>(null);
  useEffect(() => {
    const made = new ScanDesk({ client, onOutcome: (outcome) => give(outcome) });
    const stop = [made.open(), made.listenBelow(setShown), listenToWedge(made.take)];
    setDesk(made);
    return () => {
      for (const end of stop) end();
      feedback.close();
    };
  }, [feedback]);
  if (desk === null) return null;
  return (
    <ScanDeskContext value={desk}>
      <ScanBar />
      {children}
      <ProductCard scanned={shown} onClose={() => setShown(null)} />
    </ScanDeskContext>
  );
}
