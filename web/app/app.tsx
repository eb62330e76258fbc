import { BodegaProvider } from "@bodega/sdk/react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { FeaturesContext } from "../shared/feature/features-context.ts";
import { client } from "../shared/server/client.ts";
import { queryClient } from "../shared/server/query-client.ts";
import { cssVariables, theme } from "../shared/theme/theme.ts";
import { features } from "./features.ts";
import { NotificationsWhenNeeded } from "./notifications-when-needed.tsx";
import { router } from "./router.tsx";
import { styleNonce } from "./style-nonce.ts";
import { WordedTheme } from "./worded-theme.tsx";

/** Read by `public/color-scheme.js` too, before anything is painted. */
const colorScheme = localStorageColorSchemeManager({ key: "bodega.theme" });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <WordedTheme>
        <BodegaProvider client={client} queryClient={queryClient}>
          <FeaturesContext value={features}>
            <NotificationsWhenNeeded />
            <RouterProvider router={router} />
          </FeaturesContext>
        </BodegaProvider>
      </WordedTheme>
    </MantineProvider>
  );
}
