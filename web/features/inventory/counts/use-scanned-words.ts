import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { useQuantity } from "../shared/quantity.ts";

/** One at a time, which says the latest: a hundred scans are not a hundred notices. */
const noticeId = "count-scan";

/** Says what was scanned and how many there are of it now, for whoever does not look at the list. */
export function useScannedWords(): (name: string, counted: string) => void {
  const { t } = useTranslation("inventory");
  const { amount } = useQuantity();
  return useCallback(
    (name, counted) => {
      notify({ id: noticeId, message: t("counts.scanned", { name, counted: amount(counted) }), autoClose: 2_000 });
    },
    [t, amount],
  );
}
