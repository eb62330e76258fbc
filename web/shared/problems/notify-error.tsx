import i18next from "i18next";
import { ErrorPanel } from "./error-panel.tsx";
import { explain } from "./explain.ts";
import { notify } from "./notify.ts";

/** For a failure that has no place of its own on the page. It stays until it is closed. */
export function notifyError(error: unknown): void {
  const { requestId } = explain(error, "writing", i18next.getFixedT(null, "shell"));
  notify({
    ...(requestId !== null && { id: requestId }),
    message: <ErrorPanel error={error} attempt="writing" isCompact />,
    autoClose: false,
    withBorder: true,
    color: "red",
    classNames: { icon: "" },
  });
}
