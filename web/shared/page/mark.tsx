/** The shop, in the accent. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-green-7)" />
      <g fill="none" stroke="#fff" strokeWidth="2.25" strokeLinejoin="round">
        <path d="M8 13.5 16 8l8 5.5V24H8z" />
        <path d="M13 24v-6h6v6" />
      </g>
    </svg>
  );
}
