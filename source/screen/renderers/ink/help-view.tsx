import {
	memo,
	useMemo,
	type PropsWithChildren,
	type ReactElement,
	type ReactNode,
} from 'react';
import {Box, Text} from 'ink';
import {escapeText} from '../../../text/escape.js';
import {paint, type Style} from '../../../text/paint.js';
import {footerSegments} from '../../paint/footer.js';
import type {HelpTable} from '../../paint/help-tables.js';
import {helpColumns, helpHeight, helpRoom} from '../../paint/help.js';
import {piece, spread} from '../../look/segments.js';
import {baseModeOf, modeOf, type State} from '../../state/state.js';
import type {Theme} from '../../look/theme.js';
import {Table} from './ink-table.js';

export type HelpProperties = {readonly state: State; readonly theme: Theme};

type CellProperties = PropsWithChildren<{readonly column?: number}>;

/** Paints the text but not its trailing blanks, which are kept. */
const painted = (text: string, style: Style): string => {
	const shown = text.trimEnd();
	return paint([piece(shown, style)]) + ' '.repeat(text.length - shown.length);
};

/** Each text comes from ink-table as the only child. */
const textOf = (children: ReactNode): string => typeof children === 'string' ? children : '';

/** Draws no borders: a line for each would double the height. */
const Skeleton = (): undefined => undefined;

/** One table. The style of a cell in the first column depends on its text. */
const Grid = memo(({table, theme}: {readonly table: HelpTable; readonly theme: Theme}): ReactElement => {
	const {headings, rows, style} = table;
	// The headings are the keys of the rows in ink-table, so they must differ: an empty heading gets as many blanks as there are columns before it.
	const names = headings.map((heading, index) => heading === '' ? ' '.repeat(index) : heading);
	const data = rows.map(cells => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
	const components = useMemo(() => ({
		header: ({children}: CellProperties) => <Text>{painted(textOf(children), theme.strong)}</Text>,
		cell({children, column}: CellProperties) {
			const text = textOf(children);
			return <Text>{column === 0 ? painted(text, style(text.trim(), theme)) : text}</Text>;
		},
		skeleton: Skeleton,
	}), [style, theme]);
	return <Box marginBottom={1} flexShrink={0}><Table data={data} columns={names} {...components}/></Box>;
});

/** The help page: title, tables, footer. */
export const HelpView = ({state, theme}: HelpProperties): ReactElement => {
	const {size: {columns}, helpOffset, helpSearch} = state;
	const room = helpRoom(state);
	const height = helpHeight(state);
	const position = height <= room ? '' : `lines ${helpOffset + 1}-${Math.min(height, helpOffset + room)} of ${height} `;
	const place = state.keyTable.modes.get(baseModeOf(state))?.name ?? '';
	const contents = helpSearch === '' ? `keys of the ${place}, marks, states, columns, other keys` : `keys and more with “${escapeText(helpSearch)}”`;
	const title = spread([piece(` conntop: ${contents}`)], [piece(position)], columns).map(({text}) => piece(text, theme.heading));
	const prompt = modeOf(state).prompt?.paint(state, theme) ?? [];
	return (
		<Box flexDirection='column' width={columns}>
			<Text wrap='truncate'>{paint(title)}</Text>
			<Box height={room} overflow='hidden' contentOffsetY={helpOffset}>
				{helpColumns(state).map(({width, tables}, index) => (
					<Box key={index} flexDirection='column' width={width} flexShrink={0}>
						{tables.map((table, number) => <Grid key={number} table={table} theme={theme}/>)}
					</Box>
				))}
			</Box>
			{[...prompt, footerSegments(state, theme)].map((line, index) => <Text key={index} wrap='truncate'>{paint(line)}</Text>)}
		</Box>
	);
};
