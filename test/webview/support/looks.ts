import type { Locator, Page } from '@playwright/test';

/** Number of changed pixels from which on a change is visible: a line as wide as a checkbox. */
const SEEN = 16;

type Clip = { x: number; y: number; width: number; height: number };

/** Look of a part of the page, to be compared with its later look. */
export class Look {
  readonly #page: Page;
  readonly #clip: Clip;
  readonly #before: Buffer;

  private constructor(page: Page, clip: Clip, before: Buffer) {
    [this.#page, this.#clip, this.#before] = [page, clip, before];
  }

  /** Captures the look of an element and its surroundings, where a focus is drawn. */
  static async at(element: Locator): Promise<Look> {
    const { x, y, width, height } = (await element.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    const clip = { x: Math.max(0, x - 4), y: Math.max(0, y - 4), width: width + 8, height: height + 8 };
    const page = element.page();
    return new Look(page, clip, await page.screenshot({ clip }));
  }

  /** Returns whether the look has visibly changed. @param contrast minimum contrast of a visibly changed pixel */
  async isChanged(contrast: number): Promise<boolean> {
    const pictures = [this.#before, await this.#page.screenshot({ clip: this.#clip })];
    const encoded = pictures.map((picture) => picture.toString('base64'));
    return (await this.#page.evaluate(countSeen, { encoded, least: contrast })) >= SEEN;
  }
}

/** Counts visibly changed pixels. Runs in the page, which can decode pictures. */
async function countSeen({ encoded, least }: { encoded: string[]; least: number }): Promise<number> {
  const linear = (part: number) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminances = async (base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return Array.from({ length: data.length / 4 }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(4 * at, 4 * at + 3);
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    });
  };
  const [before = [], after = []] = await Promise.all(encoded.map(luminances));
  return before.filter((one, at) => {
    const other = after[at] ?? 0;
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) >= least;
  }).length;
}
