import type {Rgb} from './paint.js';

/** Share of light of a part of a colour: sRGB without its curve (WCAG 2.2, relative luminance). */
const linear = (part: number): number => part <= 10.31475 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;

/** How much light a colour gives: 0 black, 1 white (WCAG 2.2, relative luminance). */
export const luminance = ([red, green, blue]: Rgb): number => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
