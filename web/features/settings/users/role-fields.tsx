import { Radio, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Role, roles } from "../queries.ts";

export interface RoleFieldsProps {
  readonly role: Role;
  readonly supplierId: string;
  readonly onRole: (role: Role) => void;
  readonly onSupplierId: (supplierId: string) => void;
}

const isRole = (value: string): value is Role => roles.some((role) => role === value);

/** A role, with what it may; a seller also has a supplier. */
export function RoleFields({ role, supplierId, onRole, onSupplierId }: RoleFieldsProps) {
  const { t } = useTranslation("settings");
  const { t: shell } = useTranslation();
  return (
    <>
      <Radio.Group label={t("users.role")} value={role} onChange={(value) => isRole(value) && onRole(value)}>
        <Stack gap="xs" mt={4}>
          {roles.map((each) => (
            <Radio key={each} value={each} label={shell(`roles.${each}`)} description={t(`users.roleText.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {role === "supplier" && (
        <TextInput
          label={t("users.supplierId")}
          description={t("users.supplierIdText")}
          required
          pattern="[0-9a-fA-F\-]{36}"
          spellCheck={false}
          value={supplierId}
          onChange={(event) => onSupplierId(event.currentTarget.value)}
        />
      )}
    </>
  );
}
