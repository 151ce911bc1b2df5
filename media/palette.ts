/** The colours of the terminal in the pictures. */
import type {Colour} from '../test/helpers/emulator.js';

export type Palette = {
	readonly foreground: string;
	readonly background: string;
	/** The window's frame, its border and its title. */
	readonly frame: string;
	readonly border: string;
	readonly title: string;
	/** The 16 standard colours by number. */
	readonly named: readonly string[];
};

export const dark: Palette = {
	foreground: '#d5d9e0',
	background: '#15181e',
	frame: '#22262e',
	border: '#363c47',
	title: '#8a92a0',
	named: [
		'#1b1f26',
		'#e5707a',
		'#8ccb74',
		'#e3b562',
		'#6cabf2',
		'#c88bdb',
		'#56bcc8',
		'#c6cbd4',
		'#707988',
		'#f5929a',
		'#a9dd93',
		'#f3cd80',
		'#90c3ff',
		'#dea8ee',
		'#80d5df',
		'#ffffff',
	],
};

export const light: Palette = {
	foreground: '#23282f',
	background: '#fdfdfe',
	frame: '#eceef1',
	border: '#cfd4da',
	title: '#69727d',
	named: [
		'#23282f',
		'#cf3347',
		'#24983f',
		'#b98309',
		'#2b78dd',
		'#9a45c4',
		'#118e9c',
		'#7c858f',
		'#8b949e',
		'#b3202f',
		'#1a7a32',
		'#8a6100',
		'#1a5cb8',
		'#7d2fa5',
		'#0b7480',
		'#a8b0b9',
	],
};

/** The levels of the 6×6×6 cube in the 256 colours. */
const cubeSteps = [0, 95, 135, 175, 215, 255];

const hex = (red: number, green: number, blue: number): string => `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`;

/** Resolves a colour to `#rrggbb`; undefined for the terminal's default. */
export const resolveColour = (colour: Colour, palette: Palette): string | undefined => {
	if (colour === undefined || typeof colour === 'string') {
		return colour;
	}

	if (colour < 16) {
		return palette.named[colour];
	}

	if (colour >= 232) {
		const grey = 8 + 10 * (colour - 232);
		return hex(grey, grey, grey);
	}

	const index = colour - 16;
	const step = (divisor: number): number => cubeSteps[Math.floor(index / divisor) % 6] ?? 0;
	return hex(step(36), step(6), step(1));
};

/** Mixes two colours. `share` is that of the second, 0 to 1. */
export const mix = (first: string, second: string, share: number): string => {
	const part = (colour: string, start: number): number => Number.parseInt(colour.slice(start, start + 2), 16);
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(start => Math.round(part(first, start) * (1 - share) + part(second, start) * share));
	return hex(red, green, blue);
};
