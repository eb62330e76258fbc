import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

export interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** From the side, to look at one thing without leaving the list; over the whole page on a phone. */
export function Sheet({ title, isOpen, onClose, children }: SheetProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      position="right"
      size="min(100vw, 32rem)"
      transitionProps={{ duration: 150 }}
    >
      {children}
    </Drawer>
  );
}
