import {
	useImperativeHandle,
	useMemo,
	useSyncExternalStore,
	type ReactElement,
	type Ref,
} from 'react';
import {Box, Text, useApp} from 'ink';
import type {FrameContext} from '../../paint/frame.js';
import {createPicture} from '../../paint/picture.js';
import {HelpView} from './help-view.js';
import type {Placeholder} from './placeholder.js';
import type {Shown} from './shown.js';

/** Functions of Ink that are used outside of React. */
export type ScreenHandle = {
	/** Releases the terminal until the callback resolves. */
	readonly suspendTerminal: (callback: () => Promise<void>) => Promise<void>;
};

export type ScreenProperties = {
	/** The state to draw. */
	readonly shown: Shown;
	readonly placeholder: Placeholder;
	readonly context: FrameContext;
	readonly handle: Ref<ScreenHandle>;
};

/** The whole screen. */
export const Screen = ({shown, placeholder, context, handle}: ScreenProperties): ReactElement => {
	const getPicture = useMemo(() => createPicture(shown.getState, context), [shown, context]);
	const picture = useSyncExternalStore(shown.subscribe, getPicture);
	const {suspendTerminal} = useApp();
	useImperativeHandle(handle, () => ({suspendTerminal}), [suspendTerminal]);

	if (picture.kind === 'help') {
		const {size: {columns, rows}} = picture.state;
		return <Box width={columns} height={rows} overflow='hidden'><HelpView state={picture.state} theme={context.theme}/></Box>;
	}

	return <Text>{placeholder.placeholderFor(picture)}</Text>;
};
