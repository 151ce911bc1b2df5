/**
Ink-table, which draws small grids.

It is CommonJS and requires Ink, which cannot be required because it awaits at its top level. So the module that is already loaded is put where
`require` looks first. In the bundle this module is replaced: scripts/build.ts.
*/
import Module, {createRequire} from 'node:module';
import type {ComponentType, PropsWithChildren, ReactNode} from 'react';
import * as ink from 'ink';

export type TableProperties = {
	/** One object for each row; its keys are the headings. */
	readonly data: ReadonlyArray<Readonly<Record<string, string>>>;
	/** Headings in order. */
	readonly columns: readonly string[];
	/** What draws a heading, a cell, and a piece of the frame. Texts come as children, with their blanks. */
	readonly header: (properties: PropsWithChildren) => ReactNode;
	readonly cell: (properties: PropsWithChildren<{readonly column: number}>) => ReactNode;
	readonly skeleton: (properties: PropsWithChildren) => ReactNode;
};

const require = createRequire(import.meta.url);
const inkTablePath = require.resolve('ink-table');
const inkPath = createRequire(inkTablePath).resolve('ink');
const handed = new Module(inkPath);
handed.exports = ink;
handed.loaded = true;
require.cache[inkPath] = handed;

export const {default: Table} = require(inkTablePath) as {readonly default: ComponentType<TableProperties>};
