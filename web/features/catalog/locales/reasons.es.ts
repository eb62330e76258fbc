/** Why a photo is as it is, by the server's codes; Inicio shows them without the rest. */
const reasons = {
  WEBP_SKIPPED: "WebP",
  INVALID_IMAGE: "dañada o truncada",
  IMAGE_TOO_MANY_PIXELS: "demasiados píxeles",
  UNSUPPORTED_IMAGE_TYPE: "no es una imagen utilizable",
  PAYLOAD_TOO_LARGE: "archivo demasiado grande",
  SOURCE_MISSING: "falta el original",
  CONFLICT: "el SKU ya existe",
  NETWORK: "sin conexión",
  TIMEOUT: "sin respuesta",
  FILE_UNREADABLE: "el archivo ya no se puede leer",
  SUPERSEDED: "reemplazada mientras tanto",
  VARIANT_FAILED: "un tamaño no se pudo crear",
  PERSIST_FAILED: "no se pudo guardar",
  SIGNATURE_MISMATCH: "era de otra imagen",
  OBJECT_MISSING: "faltaba un archivo",
  force: "se pidió de nuevo",
  repair: "reparación",
  DUPLICATE: "repetida",
  unknown: "error del servidor",
};

export default reasons;
