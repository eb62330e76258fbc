import { serverHost } from "./server-connection.ts";

/** PostgreSQL's own names and values, e.g. `{ fsync: "off" }`. */
export type ServerSettings = Readonly<Record<string, string>>;

/** What the server runs with: given at each start, so a new version of Bodega brings its own. `chosen` comes last. */
export function serverSettings(port: number, chosen: ServerSettings): ServerSettings {
  return {
    max_connections: "200",
    shared_buffers: "256MB",
    effective_cache_size: "1GB",
    work_mem: "8MB",
    maintenance_work_mem: "128MB",
    max_wal_size: "1GB",
    wal_compression: "on",
    checkpoint_timeout: "10min",
    // Disks without moving parts, statements of milliseconds.
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "error",
    // Statements carry what people typed; they do not belong in a log.
    log_min_error_statement: "panic",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    logging_collector: "off",
    ...chosen,
    listen_addresses: serverHost,
    port: String(port),
    unix_socket_directories: "",
  };
}
