import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What happens, what is kept, and whether it can be taken back. */
  readonly children: ReactNode;
  /** Nothing happens. It has the focus, so that an Enter too many does no harm; so do Esc and a click beside it. */
  readonly keep: string;
  readonly onKeep: () => void;
  readonly act: string;
  readonly onAct: () => void;
  /** What cannot be taken back is red. */
  readonly isFinal?: boolean;
  readonly isBusy?: boolean;
  /** It is gone, and the focus is free; else it returns to what had it before. */
  readonly onGone?: () => void;
}

/** Asks before something is done that a person may regret. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, children, keep, onKeep, act, onAct, isFinal = false, isBusy = false, onGone } = props;
  return (
    <Modal
      opened={isOpen}
      onClose={onKeep}
      title={title}
      {...(onGone !== undefined && { onExitTransitionEnd: onGone })}
    >
      <Stack gap="lg">
        {children}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onKeep}>
            {keep}
          </Button>
          <Button {...(isFinal && { color: "red" })} loading={isBusy} onClick={onAct}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
