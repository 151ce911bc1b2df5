/** Draws the screen of a terminal as SVG, without a browser, scripts or font files. */
import type {Cell, Emulator} from '../test/helpers/emulator.js';
import {drawGlyph} from './glyphs.js';
import {mix, resolveColour, type Palette} from './palette.js';

const fontSize = 14;
/** Most monospace fonts advance by 0.6 em. `textLength` stretches the others to that. */
const cellWidth = fontSize * 0.6;
const cellHeight = 18;
/** From the top of a cell to the baseline. */
const baseline = 13.5;
const padding = 12;
const titleHeight = 30;
const fonts = 'ui-monospace, SFMono-Regular, \'SF Mono\', Menlo, \'Cascadia Mono\', \'DejaVu Sans Mono\', Consolas, \'Liberation Mono\', monospace';

type CellStyle = {
	readonly foreground: string;
	/** Undefined for the window's background. */
	readonly background: string | undefined;
	readonly bold: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
};

type Run = CellStyle & {readonly column: number; readonly text: string; readonly columns: number};

export type PictureOptions = {
	readonly palette: Palette;
	/** The text in the window's title bar. */
	readonly title: string;
};

/** One screen of an animation: the drawing of each row, and how long it is shown. */
export type AnimationFrame = {readonly rows: readonly string[]; readonly seconds: number};

/** Draws each row of the visible screen. A row without text and background is empty. */
export const drawRows = (emulator: Emulator, palette: Palette): readonly string[] => Array.from({length: emulator.rows}, (_, row) => drawRow(emulator, row, palette));

/** Draws the visible screen in a window, as an SVG document. */
export const renderSvg = (emulator: Emulator, options: PictureOptions): string => renderWindow(emulator, drawRows(emulator, options.palette), options);

/**
Draws screens of the same size that follow each other, again and again, as an SVG document. A row that stays the same is drawn once. Viewers without animation show the
first screen.
*/
export const renderAnimation = (size: Pick<Emulator, 'columns' | 'rows'>, frames: readonly AnimationFrame[], options: PictureOptions): string => {
	const total = frames.reduce((sum, {seconds}) => sum + seconds, 0);
	const rows = Array.from({length: size.rows}, (_, row) => {
		let begin = 0;
		/** When each drawing of the row is shown, as parts of the whole time. */
		const times = new Map<string, Array<readonly [begin: number, end: number]>>();
		for (const {rows: drawn, seconds} of frames) {
			const drawing = drawn[row] ?? '';
			times.set(drawing, [...times.get(drawing) ?? [], [begin / total, (begin + seconds) / total]]);
			begin += seconds;
		}

		return times.size === 1
			? frames[0]?.rows[row] ?? ''
			: [...times].filter(([drawing]) => drawing !== '').map(([drawing, shown]) => animateRow(drawing, shown, total)).join('');
	});
	return renderWindow(size, rows, options);
};

/** Shows a drawing at some times, and hides it at the others. */
const animateRow = (drawing: string, shown: ReadonlyArray<readonly [begin: number, end: number]>, seconds: number): string => {
	const changes = new Map<number, boolean>([[0, false]]);
	for (const [begin, end] of shown) {
		changes.set(begin, true);
		changes.set(end, false);
	}

	const steps = [...changes].filter(([time]) => time < 1).toSorted(([a], [b]) => a - b);
	const nameOf = (isShown: boolean): string => isShown ? 'visible' : 'hidden';
	return `<g visibility="${nameOf(steps[0]?.[1] ?? false)}"><animate attributeName="visibility" calcMode="discrete" dur="${round(seconds)}s" repeatCount="indefinite" values="${
		steps.map(([, isShown]) => nameOf(isShown)).join(';')}" keyTimes="${steps.map(([time]) => Number(time.toFixed(4))).join(';')}"/>${drawing}</g>`;
};

/** Puts rows into a window with a title. */
const renderWindow = ({columns, rows: height}: Pick<Emulator, 'columns' | 'rows'>, drawn: readonly string[], {palette, title}: PictureOptions): string => {
	const windowWidth = Math.ceil(columns * cellWidth + 2 * padding);
	const windowHeight = height * cellHeight + titleHeight + 2 * padding;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${windowWidth} ${windowHeight}" width="${windowWidth}" height="${windowHeight}" font-family="${fonts}"`
		+ ` font-size="${fontSize}" xml:space="preserve" role="img" aria-label="${escapeXml(title)}">`,
		`<rect x="0.5" y="0.5" width="${windowWidth - 1}" height="${windowHeight - 1}" rx="8" fill="${palette.background}" stroke="${palette.border}"/>`,
		`<path d="M1 ${titleHeight}V8.5A7.5 7.5 0 0 1 8.5 1H${windowWidth - 8.5}A7.5 7.5 0 0 1 ${windowWidth - 1} 8.5V${titleHeight}Z" fill="${palette.frame}"/>`,
		...[18, 38, 58].map(x => `<circle cx="${x}" cy="15.5" r="5.5" fill="${palette.border}"/>`),
		`<text x="${windowWidth / 2}" y="20" text-anchor="middle" fill="${palette.title}">${escapeXml(title)}</text>`,
		`<g transform="translate(${padding} ${titleHeight + padding})">`,
		...drawn.filter(row => row !== ''),
		'</g>',
		'</svg>',
		'',
	].join('\n');
};

const drawRow = (emulator: Emulator, row: number, palette: Palette): string => {
	const runs = runsOf(Array.from({length: emulator.columns}, (_, column) => emulator.cell(row, column)), palette);
	const top = row * cellHeight;
	return [...runs.map(run => drawBackground(run, top)), ...runs.map(run => drawText(run, top))].join('');
};

/**
Joins adjacent cells with the same style into runs. A non-ASCII character is a run of its own, because its fallback font may have another width. Repeated block
characters are joined, because gaps between them would be visible.
*/
const runsOf = (cells: readonly Cell[], palette: Palette): readonly Run[] => {
	const runs: Run[] = [];
	for (const [column, cell] of cells.entries()) {
		if (cell.width === 0) {
			continue;
		}

		const style = styleOf(cell, palette);
		const last = runs.at(-1);
		if (last !== undefined && isSameStyle(last, style) && isJoined(last.text, cell.character)) {
			runs[runs.length - 1] = {...last, text: last.text + cell.character, columns: last.columns + cell.width};
		} else {
			runs.push({
				...style, column, text: cell.character, columns: cell.width,
			});
		}
	}

	return runs;
};

const styleOf = (cell: Cell, palette: Palette): CellStyle => {
	let foreground = resolveColour(cell.foreground, palette);
	let background = resolveColour(cell.background, palette);
	if (cell.inverse) {
		[foreground, background] = [background ?? palette.background, foreground ?? palette.foreground];
	}

	foreground ??= palette.foreground;
	return {
		foreground: cell.dim ? mix(foreground, background ?? palette.background, 0.45) : foreground,
		background,
		bold: cell.bold,
		italic: cell.italic,
		underline: cell.underline,
	};
};

const isSameStyle = (a: CellStyle, b: CellStyle): boolean =>
	a.foreground === b.foreground && a.background === b.background && a.bold === b.bold && a.italic === b.italic && a.underline === b.underline;

const isJoined = (text: string, character: string): boolean => isAscii(character)
	? isAscii(text)
	: isBar(character) && text.endsWith(character);

/** Whether a character is a block or line that can be stretched. */
const isBar = (character: string): boolean => /^[─▀▁▂▃▄▅▆▇█]$/v.test(character);

const isAscii = (text: string): boolean => /^[\u{20}-\u{7E}]*$/v.test(text);

const round = (value: number): number => Math.round(value * 100) / 100;

const drawBackground = ({column, columns, background}: Run, top: number): string => background === undefined
	? ''
	: `<rect x="${round(column * cellWidth)}" y="${top}" width="${round(columns * cellWidth)}" height="${cellHeight}" fill="${background}"/>`;

const drawText = (run: Run, top: number): string => {
	const {column, columns, text, foreground} = run;
	const left = column * cellWidth;
	const width = columns * cellWidth;
	const glyph = drawGlyph(isBar(text.charAt(0)) ? text.charAt(0) : text, {
		x: left, y: top, width, height: cellHeight,
	}, foreground);
	if (glyph !== undefined) {
		return glyph;
	}

	const underline = run.underline ? `<rect x="${round(left)}" y="${top + cellHeight - 2}" width="${round(width)}" height="1" fill="${foreground}"/>` : '';
	const leading = text.length - text.trimStart().length;
	const word = text.trim();
	if (word === '') {
		return underline;
	}

	const attributes = [
		`x="${round(left + leading * cellWidth)}"`,
		`y="${top + baseline}"`,
		`fill="${foreground}"`,
		`textLength="${round((isAscii(word) ? word.length : columns) * cellWidth)}"`,
		'lengthAdjust="spacingAndGlyphs"',
		...(run.bold ? ['font-weight="bold"'] : []),
		...(run.italic ? ['font-style="italic"'] : []),
	];
	return `<text ${attributes.join(' ')}>${escapeXml(word)}</text>${underline}`;
};

const escapeXml = (text: string): string => text
	.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
