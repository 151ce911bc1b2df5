import type {Rgb} from './paint.js';

/** Converts an sRGB channel (0 to 255) to linear light, 0 to 1 (WCAG 2.2, relative luminance). */
const linear = (channel: number): number => channel <= 10.31475 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

/** The relative luminance of a colour: 0 is black, 1 is white (WCAG 2.2). */
export const luminance = ([red, green, blue]: Rgb): number => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
