import type { CSSProperties, ReactNode } from "react";
import { addressOfTry } from "../images/image-loading.ts";
import { imageSources } from "../images/image-sources.ts";
import { type PhotoStatus, photoStatus } from "../images/photo-status.ts";
import { placeholderOf } from "../images/placeholder.ts";
import type { Product, ProductImage as ProductPhoto } from "../model.ts";
import { englishLabels, labelOf, type ProductImageLabels } from "./labels.ts";
import { useBodega } from "./provider.tsx";
import { useImageLoading } from "./use-image-loading.ts";
import { useInViewport } from "./use-in-viewport.ts";
import { useThumbnail } from "./use-thumbnail.ts";

export interface ProductImageProps {
  /** The product, whose main photo is shown; in its stead `image`, or `productId` alone, which is then asked for. */
  readonly product?: Product;
  readonly image?: ProductPhoto | null;
  readonly productId?: string;
  /** CSS pixels that it is wide at most; default 320. The browser picks the variant by this and the screen's density. */
  readonly width?: number;
  /** CSS pixels; default: in the proportion of the largest variant. */
  readonly height?: number;
  /** Overrides the photo's own text. "" where the name stands beside it. */
  readonly alt?: string;
  /** How wide it is drawn, where `width` is not the whole truth; as in `<img sizes>`. */
  readonly sizes?: string;
  /** True: at once, not only near the viewport; for what is seen first. */
  readonly eager?: boolean;
  readonly labels?: ProductImageLabels;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/**
 * A product's photo that always says where it stands: a blurred stand-in first, then the right size; *generating*,
 * *skipped (why)* or *failed (why, retry)* in words. What cannot be fetched is tried again, and repair asked for once.
 *
 * Style it by `[data-bodega="image"]`, `[data-status]`, and `[data-bodega="label"]`.
 */
export function ProductImage(props: ProductImageProps): ReactNode {
  return props.eager === true ? <Subject {...props} isNear /> : <WatchedImage {...props} />;
}

/** One that knows when it comes near. What is eager has no use for that, and is drawn once rather than twice. */
function WatchedImage(props: ProductImageProps): ReactNode {
  const [ref, isNear] = useInViewport();
  return <Subject {...props} frameRef={ref} isNear={isNear} />;
}

type SubjectProps = ProductImageProps & Pick<FrameProps, "frameRef" | "isNear">;

function Subject(props: SubjectProps): ReactNode {
  if (props.product === undefined && props.image === undefined && props.productId !== undefined) {
    return <FollowedImage {...props} productId={props.productId} />;
  }
  return <Frame {...props} image={props.image ?? props.product?.images[0] ?? null} />;
}

interface FrameProps extends Omit<ProductImageProps, "image"> {
  readonly image: ProductPhoto | null;
  readonly frameRef?: ReturnType<typeof useInViewport>[0];
  readonly isNear: boolean;
  /** Nothing is known yet, not even whether there is a photo. */
  readonly isUnknown?: boolean;
}

function FollowedImage(props: Omit<FrameProps, "image"> & { readonly productId: string }): ReactNode {
  const { image } = useThumbnail(props.productId, { enabled: props.isNear });
  return <Frame {...props} image={image ?? null} isUnknown={image === undefined} />;
}

function Frame({ image, frameRef, isNear, isUnknown = false, ...props }: FrameProps): ReactNode {
  const { client } = useBodega();
  const { width = 320, height = Math.round((width * 260) / 320), labels = englishLabels } = props;
  const sources = image && imageSources(image, { width, baseUrl: client.baseUrl });
  const loading = useImageLoading(image, sources?.src ?? null, isNear);
  const status: PhotoStatus = isUnknown ? { kind: "ready" } : photoStatus(image);
  const isBroken = loading.state.phase === "broken";
  const label = isBroken ? labels.unreachable : labelOf(status, labels);
  const isDrawn = loading.state.phase === "loading" || loading.state.phase === "shown";
  return (
    <span
      ref={frameRef}
      data-bodega="image"
      data-status={isBroken ? "unreachable" : status.kind}
      className={props.className}
      style={{ ...frameStyle, width, aspectRatio: `${width} / ${height}`, ...backgroundOf(image), ...props.style }}
    >
      {sources !== null && isDrawn && (
        <img
          // A new element for each try, else the browser would not ask again.
          key={loading.state.failures}
          ref={untilItLeaves}
          src={addressOfTry(sources.src, loading.state.failures)}
          srcSet={loading.state.failures === 0 ? sources.srcSet : undefined}
          sizes={props.sizes ?? `${width}px`}
          alt={props.alt ?? (image?.alt || (props.product?.name ?? ""))}
          width={width}
          height={height}
          loading={props.eager === true ? "eager" : "lazy"}
          decoding="async"
          onLoad={loading.onLoad}
          onError={loading.onError}
          style={{ ...imageStyle, ...focusOf(image) }}
        />
      )}
      {label !== null && (
        <span data-bodega="label" style={labelStyle}>
          {label}
          <RetryButton
            status={status}
            image={image}
            labels={labels}
            {...(isBroken && { onLoadAgain: loading.again })}
          />
        </span>
      )}
    </span>
  );
}

/** What is fetched by pictures that were let go. React gives some of them back: under StrictMode, after a suspense. */
const sourcesLetGo = new WeakMap<HTMLImageElement, { readonly src: string; readonly srcset: string }>();

/**
 * A picture that leaves the page before it came is not waited for. The browser would go on fetching it, before those that
 * are in sight, and keep the element with all that was around it until then.
 */
function untilItLeaves(picture: HTMLImageElement): () => void {
  const sources = sourcesLetGo.get(picture);
  if (sources !== undefined) {
    picture.srcset = sources.srcset;
    picture.src = sources.src;
    sourcesLetGo.delete(picture);
  }
  return () => {
    if (picture.complete) return;
    sourcesLetGo.set(picture, { src: picture.src, srcset: picture.srcset });
    // Before it is out of the document: afterwards, Chromium would take the change for a new picture to be watched.
    picture.removeAttribute("srcset");
    picture.removeAttribute("src");
  };
}

interface RetryButtonProps {
  readonly status: PhotoStatus;
  readonly image: ProductPhoto | null;
  readonly labels: ProductImageLabels;
  /** Where only the picture's bytes did not come. */
  readonly onLoadAgain?: () => void;
}

function RetryButton({ status, image, labels, onLoadAgain }: RetryButtonProps): ReactNode {
  const { client, reports } = useBodega();
  if (onLoadAgain === undefined && (status.kind !== "failed" || image === null)) return null;
  const generateAgain = () => {
    if (image === null) return;
    client.images.requestThumbnails(image.id).catch((error: unknown) => reports.error(error));
  };
  return (
    <button type="button" onClick={onLoadAgain ?? generateAgain}>
      {labels.retry}
    </button>
  );
}

function backgroundOf(image: ProductPhoto | null): CSSProperties {
  const placeholder = placeholderOf(image?.placeholder);
  if (placeholder === null) return {};
  return { backgroundColor: placeholder.colour, backgroundImage: `url("${placeholder.dataUrl}")` };
}

function focusOf(image: ProductPhoto | null): CSSProperties {
  if (image === null || image.focalX === null || image.focalY === null) return {};
  return { objectPosition: `${image.focalX * 100}% ${image.focalY * 100}%` };
}

const frameStyle: CSSProperties = {
  position: "relative",
  display: "inline-block",
  overflow: "hidden",
  maxWidth: "100%",
  backgroundSize: "cover",
  backgroundPosition: "center",
};

const imageStyle: CSSProperties = { display: "block", width: "100%", height: "100%", objectFit: "cover" };

const labelStyle: CSSProperties = { position: "absolute", insetInline: 0, insetBlockEnd: 0 };
