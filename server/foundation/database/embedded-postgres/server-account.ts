import { execFile } from "node:child_process";
import { chmod, chown } from "node:fs/promises";
import { parse } from "node:path";
import { promisify } from "node:util";
import { type DataFolder, statIfPresent } from "./data-folder.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";

const run = promisify(execFile);

/** How a program is started under the account. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
    readonly windowsHide: true;
  };
}

/** The system user under which the server runs, who owns its files. */
export interface ServerAccount {
  readonly launch: (file: string, args: readonly string[]) => Launch;
  /** Hands a file or folder of ours to the account. */
  readonly own: (path: string) => Promise<void>;
}

interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Tried in this order when we are root; the second is the one that we create. */
const userNames = ["postgres", "bodega-postgres"] as const;

/**
 * Decides who the server runs as: ourselves, or, as PostgreSQL refuses to run as root, the owner of the data, the
 * system's `postgres` user, one that is created for it, or `nobody`. The data is put in the account's hands.
 *
 * Throws `EmbeddedPostgresError` ("data-folder") if the account cannot reach the data or the programs.
 */
export async function serverAccount(folder: DataFolder, binaries: PostgresBinaries): Promise<ServerAccount> {
  const ownUid = process.getuid?.();
  const owner = await statIfPresent(folder.cluster);
  if (ownUid !== 0) {
    if (ownUid !== undefined && owner !== null && owner.uid !== ownUid) {
      throw new EmbeddedPostgresError(
        "data-folder",
        `${folder.cluster} belongs to another user (uid ${owner.uid}); run Bodega as that user or as root, or set DATA_DIR to a folder of your own.`,
      );
    }
    return { launch: (file, args) => ({ file, args, options: launchOptions(file) }), own: async () => undefined };
  }

  const user = owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await findOrCreateUser();
  // Data that root copied or restored from a backup would be refused by the server.
  if (owner?.uid === 0) {
    await run("chown", ["-R", `${user.uid}:${user.gid}`, folder.cluster]);
    await chmod(folder.cluster, 0o700);
  }
  return {
    launch: await launcher(user, folder, binaries),
    own: (path) => chown(path, user.uid, user.gid),
  };
}

async function findOrCreateUser(): Promise<SystemUser> {
  for (const name of userNames) {
    const user = await findUser(name);
    if (user !== null) return user;
  }
  const name = userNames[1];
  const ways = [
    ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
    ["adduser", "-S", "-D", "-H", name],
  ] as const;
  for (const [command, ...args] of ways) {
    // A way that this system lacks fails; the next one, and finally `nobody`, takes its place.
    await run(command, args).catch(() => null);
    const user = await findUser(name);
    if (user !== null) return user;
  }
  const nobody = await findUser("nobody");
  if (nobody !== null) return nobody;
  throw new EmbeddedPostgresError(
    "unsupported-system",
    "PostgreSQL refuses to run as root and no other user could be found or created; create a system user named postgres, or run Bodega as another user than root.",
  );
}

async function findUser(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    // `id` fails when there is no such user.
    return null;
  }
}

/**
 * The user may be unable to enter the folders above the data or the programs: typically when all of Bodega lies in
 * /root. Linux then lets us grant the server, and nothing else, the capability to pass file permissions
 * (CAP_DAC_OVERRIDE, which containers have by default): it can reach no more than we, who start it, can.
 */
async function launcher(
  user: SystemUser,
  folder: DataFolder,
  binaries: PostgresBinaries,
): Promise<ServerAccount["launch"]> {
  const plain: ServerAccount["launch"] = (file, args) => ({ file, args, options: { ...launchOptions(file), ...user } });
  const capable: ServerAccount["launch"] = (file, args) => ({
    file: "setpriv",
    args: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      "--clear-groups",
      // Without it access(2), by which PostgreSQL looks at its own programs, would leave the capability out of account.
      "--securebits=+no_setuid_fixup",
      "--inh-caps=+dac_override",
      "--ambient-caps=+dac_override",
      file,
      ...args,
    ],
    options: launchOptions(file),
  });
  for (const launch of [plain, capable]) if (await canReach(launch, folder, binaries)) return launch;
  throw new EmbeddedPostgresError(
    "data-folder",
    `PostgreSQL refuses to run as root, and its user (uid ${user.uid}) cannot enter ${folder.root} or run ${binaries.postgres}; put both where every user can read, for example below /srv, or run Bodega as another user than root.`,
  );
}

async function canReach(launch: ServerAccount["launch"], folder: DataFolder, binaries: PostgresBinaries) {
  const script = 'cd "$1" && test -r "$2" && test -x "$2"';
  const { file, args, options } = launch("/bin/sh", ["-c", script, "sh", folder.root, binaries.postgres]);
  try {
    await run(file, args, options);
    return true;
  } catch {
    // The exit code is the answer: it cannot.
    return false;
  }
}

/** Only what the programs need of our environment: ours holds secrets, and `PG*` variables would change what they do. */
function launchOptions(file: string) {
  const names = ["PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR"];
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { cwd: parse(file).root, env: { ...Object.fromEntries(kept), LC_ALL: "C" }, windowsHide: true } as const;
}
