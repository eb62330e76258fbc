import rootPackage from "../package.json" with { type: "json" };

/** Of the product, as in its package.json. */
export const version: string = rootPackage.version;
