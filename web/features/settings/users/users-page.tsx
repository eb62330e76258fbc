import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { useMe } from "../../../shared/session/me.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { type User, usersQuery } from "../queries.ts";
import { NewUserForm } from "./new-user-form.tsx";
import { UserSheet } from "./user-sheet.tsx";

const route = getRouteApi("/shell/settings/users");

export default function UsersPage() {
  const { t } = useTranslation("settings");
  const { t: shell } = useTranslation();
  const me = useMe();
  const users = useInfiniteQuery(usersQuery);
  const { user: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (user: string) => void navigate({ search: { user } });
  const close = () => void navigate({ search: {} });
  useShortcut("n", () => open("new"));
  return (
    <>
      <PageAction>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open("new")}>
          {t("users.add")}
          <ActionKey>n</ActionKey>
        </Button>
      </PageAction>
      <Queried query={users}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <>
              <Panel isFlush>
                <DataTable
                  id="users"
                  label={t("tabs.users")}
                  columns={columnsOf(t, shell, me.userId)}
                  rows={rows}
                  rowKey={({ id }) => id}
                  onOpen={({ id }) => open(id)}
                  foot={<MoreRows query={users} />}
                />
              </Panel>
              <UserSheet user={rows.find(({ id }) => id === opened) ?? null} onClose={close} />
            </>
          );
        }}
      </Queried>
      <Sheet title={t("users.newTitle")} isOpen={opened === "new"} onClose={close}>
        <NewUserForm onDone={close} />
      </Sheet>
    </>
  );
}

function columnsOf(t: TFunction<"settings">, shell: TFunction<"shell">, ownId: string): readonly Column<User>[] {
  return [
    {
      id: "name",
      header: t("users.columns.name"),
      cell: ({ id, name }) => (id === ownId ? `${name} (${t("users.you")})` : name),
    },
    { id: "email", header: t("users.columns.email"), cell: ({ email }) => email },
    { id: "role", header: t("users.columns.role"), cell: ({ role }) => shell(`roles.${role}`) },
    {
      id: "state",
      header: t("users.columns.state"),
      cell: ({ disabled }) => (
        <Chip tone={disabled ? "neutral" : "good"}>{t(disabled ? "users.disabled" : "users.active")}</Chip>
      ),
    },
    {
      id: "created",
      header: t("users.columns.created"),
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ];
}
