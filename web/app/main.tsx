import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "../shared/theme/base.css";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "../shared/i18n/i18n.ts";
import { App } from "./app.tsx";
import { features } from "./features.ts";
import { reloadWhenOutdated } from "./reload-when-outdated.ts";
import { styleNonce } from "./style-nonce.ts";

// Dialogs lock the page's scroll with a style tag of their own; it needs the nonce too.
setNonce(styleNonce());
reloadWhenOutdated();
await startI18n(Object.assign({}, ...features.map(({ texts }) => texts)));

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
