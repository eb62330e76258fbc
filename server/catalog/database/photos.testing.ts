import { createHash, randomBytes, randomUUID } from "node:crypto";
import { variants } from "../../imaging/variants.ts";
import { TestSql } from "../../testing/test-sql.ts";

/** A photo's row, as the tests look at it. */
export interface PhotoRow {
  readonly id: string;
  readonly product_id: string;
  readonly position: number;
  readonly sha256: string;
  readonly original_key: string;
  readonly alt: string;
  readonly thumbnails: Readonly<Record<string, string>> | null;
  readonly thumbnail_url: string | null;
  readonly thumbnail_signature: string | null;
  readonly thumbnail_state: string;
}

export interface JobRow {
  readonly status: string;
  readonly attempts: number;
  readonly error_code: string | null;
  readonly last_error: string | null;
  readonly completed_at: Date | null;
  readonly retry_at: Date | null;
}

export interface PhotoEvent {
  readonly productId: string;
  readonly imageId?: string;
  readonly phase: string;
  readonly revision: number;
  readonly count: number;
  readonly attempt?: number;
  readonly reason?: string;
  readonly staleDetected?: boolean;
  readonly previousSignature?: string;
  readonly newSignature?: string;
  readonly thumbnails?: Readonly<Record<string, string>>;
}

export interface NewPhoto {
  readonly imageId: string;
  readonly sha256: string;
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly originalKey: string;
  readonly alt?: string;
}

export interface Assignment {
  readonly action: string;
  readonly reason: string | null;
  readonly attempts: number | null;
  readonly expected_signature: string | null;
  readonly original_key: string | null;
}

export const anyHash = () => createHash("sha256").update(randomBytes(16)).digest("hex");

/** The contracts' way through the catalogue's functions, one method a function, with what tests ask afterwards. */
export class Photos extends TestSql {
  async createProduct(supplierId: string | null = null): Promise<string> {
    return this.value<string>(
      "insert into catalog.products (sku, name, supplier_id) values ($1, 'Galletas', $2) returning id as value",
      [`sku-${randomUUID()}`, supplierId],
    );
  }

  newPhoto(productId: string, sha256 = anyHash()): NewPhoto {
    const imageId = randomUUID();
    const originalKey = `products/${productId}/${imageId}/original-${sha256.slice(0, 16)}.jpg`;
    return { imageId, sha256, mimeType: "image/jpeg", width: 1200, height: 900, sizeBytes: 250_000, originalKey };
  }

  async insert(productId: string, photo = this.newPhoto(productId)): Promise<PhotoRow> {
    return this.one<PhotoRow>("select * from catalog.insert_image_with_order($1, $2, $3, $4, $5, $6, $7, $8, $9)", [
      photo.imageId,
      productId,
      photo.sha256,
      photo.mimeType,
      photo.width,
      photo.height,
      photo.sizeBytes,
      photo.originalKey,
      photo.alt ?? "",
    ]);
  }

  async insertMany(productId: string, count: number): Promise<PhotoRow[]> {
    const photos: PhotoRow[] = [];
    for (let made = 0; made < count; made += 1) photos.push(await this.insert(productId));
    return photos;
  }

  async replace(productId: string, list: readonly ({ readonly id: string } | NewPhoto)[]): Promise<PhotoRow[]> {
    return this.rows<PhotoRow>("select * from catalog.replace_product_images_preserve_thumbs($1, $2)", [
      productId,
      JSON.stringify(list),
    ]);
  }

  async reorder(productId: string, ids: readonly string[]): Promise<PhotoRow[]> {
    return this.rows<PhotoRow>("select * from catalog.reorder_product_images($1, $2)", [productId, ids]);
  }

  async remove(imageId: string): Promise<PhotoRow> {
    return this.one<PhotoRow>("select * from catalog.delete_product_image($1)", [imageId]);
  }

  async start(imageId: string, jobId: number | null = null, force = false): Promise<Assignment> {
    return this.one<Assignment>("select * from catalog.start_thumbnail_job($1, 'worker-1', null, $2, $3)", [
      imageId,
      jobId,
      force,
    ]);
  }

  async set(photo: PhotoRow, names: readonly string[] = allVariants, recipe = "1"): Promise<string> {
    return this.value<string>(
      "select catalog.set_main_thumbnails($1, $2, $3, $4, 'thumbhash', 12, 'worker-1') as value",
      [photo.id, photo.sha256, signatureOf(photo, recipe), JSON.stringify(keysOf(photo, names, recipe))],
    );
  }

  /** Start to `ready`, as a worker without trouble does it. */
  async generate(photo: PhotoRow): Promise<void> {
    await this.start(photo.id);
    await this.set(photo);
  }

  async fail(imageId: string, code: string, isFinal: boolean): Promise<string> {
    return this.value<string>("select catalog.mark_thumbnail_job_error($1, $2, 'It broke.', null, $3) as value", [
      imageId,
      code,
      isFinal,
    ]);
  }

  /** Sets a setting for as long as `work` runs; the shop's own setting is none. */
  async withSetting(key: string, value: unknown, work: () => Promise<void>): Promise<void> {
    await this.rows("insert into platform.app_settings (key, value, updated_by) values ($1, $2, 'test')", [
      key,
      JSON.stringify(value),
    ]);
    try {
      await work();
    } finally {
      await this.rows("delete from platform.app_settings where key = $1", [key]);
    }
  }

  async photo(imageId: string): Promise<PhotoRow> {
    return this.one<PhotoRow>("select * from catalog.product_images where id = $1", [imageId]);
  }

  async list(productId: string): Promise<PhotoRow[]> {
    return this.rows<PhotoRow>("select * from catalog.product_images where product_id = $1 order by position", [
      productId,
    ]);
  }

  async job(imageId: string): Promise<JobRow> {
    return this.one<JobRow>("select * from catalog.thumbnail_jobs where image_id = $1", [imageId]);
  }

  async events(productId: string): Promise<PhotoEvent[]> {
    const rows = await this.rows<{ readonly payload: PhotoEvent }>(
      "select payload from platform.events where payload ->> 'productId' = $1 order by ordinal",
      [productId],
    );
    return rows.map(({ payload }) => payload);
  }

  async revision(productId: string): Promise<number> {
    return Number(
      await this.value<string>("select images_revision as value from catalog.products where id = $1", [productId]),
    );
  }

  async isSaidToHavePhoto(productId: string): Promise<boolean> {
    return this.value<boolean>("select has_photo as value from catalog.products where id = $1", [productId]);
  }

  /** The queue's waiting jobs for this photo's thumbnails. */
  async waiting(imageId: string): Promise<number> {
    return this.value<number>(
      "select count(*)::int as value from graphile_worker.jobs where key = 'thumbnails:' || $1 and locked_at is null",
      [imageId],
    );
  }

  /** What the queue is to purge, soonest first. */
  async purges(containing: string): Promise<{ readonly key: string; readonly inSeconds: number }[]> {
    return this.rows(
      `select object_key as key, extract(epoch from job.run_at - now())::float8 as "inSeconds"
       from graphile_worker._private_jobs as job
       join graphile_worker._private_tasks as task on task.id = job.task_id
       cross join lateral json_array_elements_text(job.payload -> 'keys') as purged (object_key)
       where task.identifier = 'purge-objects' and object_key like '%' || $1 || '%'
       order by job.run_at, object_key`,
      [containing],
    );
  }

  /** Forgets the queue's jobs of a photo, as if they had been lost. */
  async loseJobs(imageId: string): Promise<void> {
    await this.rows("delete from graphile_worker._private_jobs where payload ->> 'imageId' = $1", [imageId]);
  }

  /** Locks the photo's waiting job as a worker does when it takes it; answers the job's id. */
  async takeJob(imageId: string): Promise<number> {
    return Number(
      await this.value<string>(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-1', attempts = attempts + 1
         where key = 'thumbnails:' || $1 returning id as value`,
        [imageId],
      ),
    );
  }

  /** What the sweeper does with the jobs of a dead worker. */
  async freeJob(jobId: number): Promise<void> {
    await this.rows("update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = $1", [
      jobId,
    ]);
  }

  /** Lets time pass for the sweeps. */
  async age(imageId: string, interval: string): Promise<void> {
    await this.rows(
      "update catalog.product_images set state_changed_at = state_changed_at - $2::interval where id = $1",
      [imageId, interval],
    );
    await this.rows("update catalog.thumbnail_jobs set started_at = started_at - $2::interval where image_id = $1", [
      imageId,
      interval,
    ]);
  }
}

export const allVariants: readonly string[] = variants.map(({ name }) => name);

export const signatureOf = (photo: Pick<PhotoRow, "sha256">, recipe = "1") => `${photo.sha256.slice(0, 16)}.${recipe}`;

export function folderOf(photo: Pick<PhotoRow, "id" | "product_id">): string {
  return `products/${photo.product_id}/${photo.id}/`;
}

export function keysOf(photo: PhotoRow, names = allVariants, recipe = "1"): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, `${folderOf(photo)}${signatureOf(photo, recipe)}/${name}.jpg`] as const),
  );
}
