/**
 * libuv's threads do both the drawing of photos and every operation on files. With its four, writes that wait for the disk
 * and pictures that are being decoded stand in one another's way. Imported before anything else, since the size counts
 * only until the first use.
 */
process.env.UV_THREADPOOL_SIZE ??= "16";
