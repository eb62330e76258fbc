import { Button, Text } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

export interface MoreRowsProps {
  readonly query: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
}

/** Below a list that comes in pages. */
export function MoreRows({ query }: MoreRowsProps) {
  const { t } = useTranslation();
  if (!query.hasNextPage) {
    return (
      <Text size="xs" c="dimmed">
        {t("table.all")}
      </Text>
    );
  }
  return (
    <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t("table.more")}
    </Button>
  );
}
