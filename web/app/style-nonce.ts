/** Of this very answer (the server's content security policy); style tags without it do nothing. */
export function styleNonce(): string {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
