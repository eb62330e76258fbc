import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { type BodegaServices, type BodegaServicesOptions, createBodegaServices, startServices } from "./services.ts";

const BodegaContext = createContext<BodegaServices | null>(null);

export interface BodegaProviderProps extends BodegaServicesOptions {
  readonly children?: ReactNode;
}

/**
 * Gives the hooks their client. As long as it is mounted it follows the events of photos, goes on with uploads that an
 * earlier page left behind, and reports what goes wrong. `client` and the rest are taken at the first render.
 */
export function BodegaProvider({ children, ...options }: BodegaProviderProps): ReactNode {
  const [services] = useState(() => createBodegaServices(options));
  useEffect(() => startServices(services), [services]);
  return (
    <BodegaContext value={services}>
      <QueryClientProvider client={services.queryClient}>{children}</QueryClientProvider>
    </BodegaContext>
  );
}

/** Throws outside of `<BodegaProvider>`. */
export function useBodega(): BodegaServices {
  const services = useContext(BodegaContext);
  if (services === null) throw new Error("put <BodegaProvider client={…}> around the components that use Bodega");
  return services;
}
