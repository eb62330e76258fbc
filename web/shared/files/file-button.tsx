import { Button } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { useRef } from "react";

export interface FileButtonProps {
  readonly label: string;
  readonly icon: Icon;
  readonly onFiles: (files: readonly File[]) => void;
  readonly isMultiple?: boolean;
  /** Opens the camera where there is one. */
  readonly isCamera?: boolean;
  readonly isPrimary?: boolean;
  readonly isSmall?: boolean;
  /** Default: pictures. */
  readonly accept?: string;
}

/** A button that lets choose files. The field behind it is what a test, or a screen reader in forms mode, finds. */
export function FileButton(props: FileButtonProps) {
  const { label, icon: Glyph, onFiles, isMultiple, isCamera, isPrimary, isSmall, accept = "image/*" } = props;
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={isMultiple}
        {...(isCamera === true && { capture: "environment" })}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <Button
        variant={isPrimary === true ? "filled" : "default"}
        size={isSmall === true ? "compact-sm" : "sm"}
        leftSection={<Glyph size={16} aria-hidden />}
        onClick={() => field.current?.click()}
      >
        {label}
      </Button>
    </>
  );
}
