/** The trimmed page and what is printed beyond it, in millimetres. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
  readonly bleed: number;
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Where a picture stands: millimetres from the upper left corner of the trimmed page. */
export interface PicturePlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether it reaches over every edge; else over two opposite ones, and a tint shows beside it. */
  readonly isFull: boolean;
  readonly pixelsPerInch: number;
}

/** How much of a picture may be cut away so that it fills the page: a 2:3 picture on a square loses a third. */
const cutMax = 0.36;

/**
 * Fills the page, bleed included, when that cuts little enough of the picture away; otherwise the picture is shown whole,
 * out to two edges. `focus` (0 to 1 each way) is the point that stays nearest to the middle when something is cut.
 */
export function placePicture(picture: PixelSize, page: PageSize, focus: { x: number; y: number }): PicturePlace {
  const width = page.width + 2 * page.bleed;
  const height = page.height + 2 * page.bleed;
  const filling = Math.max(width / picture.width, height / picture.height);
  const whole = Math.min(width / picture.width, height / picture.height);
  // Both scales are equal when the picture has the page's own shape; the rest of their ratio is what is cut away.
  const isFull = 1 - whole / filling <= cutMax;
  const scale = isFull ? filling : whole;
  const drawn = { width: picture.width * scale, height: picture.height * scale };
  return {
    x: round(-page.bleed + offset(width, drawn.width, focus.x)),
    y: round(-page.bleed + offset(height, drawn.height, focus.y)),
    width: round(drawn.width),
    height: round(drawn.height),
    isFull,
    pixelsPerInch: Math.round(25.4 / scale),
  };
}

/** Of a picture longer than its page: brings the focus to the middle, without uncovering an edge. */
function offset(page: number, drawn: number, focus: number): number {
  if (drawn <= page) return (page - drawn) / 2;
  return Math.min(0, Math.max(page - drawn, page / 2 - focus * drawn));
}

/** A thousandth of a millimetre, so that the numbers in the document are short. */
const round = (millimetres: number): number => Math.round(millimetres * 1000) / 1000;
