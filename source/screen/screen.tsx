import {
	memo,
	useImperativeHandle,
	useMemo,
	useSyncExternalStore,
	type ReactElement,
	type Ref,
} from 'react';
import {Box, Text, useApp} from 'ink';
import type {FrameContext} from './frame.js';
import {HelpView} from './help-view.js';
import {createPicture} from './picture.js';
import type {Store} from './store.js';

/** What Ink lends to the program around the screen. */
export type ScreenHandle = {
	/** Gives the terminal away until the callback is done. */
	readonly suspendTerminal: (callback: () => Promise<void>) => Promise<void>;
};

export type ScreenProperties = {
	readonly store: Store;
	readonly context: FrameContext;
	readonly handle: Ref<ScreenHandle>;
};

/** One line of the terminal. An empty text would have no height. */
const Line = memo(({text}: {readonly text: string}): ReactElement => <Text wrap='truncate'>{text === '' ? ' ' : text}</Text>);

/** The whole terminal. */
export const Screen = ({store, context, handle}: ScreenProperties): ReactElement => {
	const getPicture = useMemo(() => createPicture(store, context), [store, context]);
	const picture = useSyncExternalStore(store.subscribe, getPicture);
	const {suspendTerminal} = useApp();
	useImperativeHandle(handle, () => ({suspendTerminal}), [suspendTerminal]);

	if (picture.kind === 'help') {
		const {size: {columns, rows}} = picture.state;
		return <Box width={columns} height={rows} overflow='hidden'><HelpView state={picture.state} theme={context.theme}/></Box>;
	}

	// No `overflow="hidden"`: the lines fit exactly, and cutting them again costs a quarter of the frame.
	const {size: {columns, rows}, lines} = picture;
	return (
		<Box flexDirection='column' width={columns} height={rows}>
			{lines.map((line, index) => <Line key={index} text={line}/>)}
		</Box>
	);
};
