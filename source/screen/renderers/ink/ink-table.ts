/**
Loads ink-table, which draws small tables.

ink-table is CommonJS and requires Ink, which cannot be required because it has a top-level await. So the Ink module that is already loaded is put into the cache
of `require`. The bundle replaces this module: scripts/build.ts.
*/
import Module, {createRequire} from 'node:module';
import type {ComponentType, PropsWithChildren, ReactNode} from 'react';
import * as ink from 'ink';

export type TableProperties = {
	/** One object for each row; its keys are the headings. */
	readonly data: ReadonlyArray<Readonly<Record<string, string>>>;
	/** Headings in order. */
	readonly columns: readonly string[];
	/** Components that draw a heading, a cell and a piece of the border. They get the padded text as child. */
	readonly header: (properties: PropsWithChildren) => ReactNode;
	readonly cell: (properties: PropsWithChildren<{readonly column: number}>) => ReactNode;
	readonly skeleton: (properties: PropsWithChildren) => ReactNode;
};

const require = createRequire(import.meta.url);
const inkTablePath = require.resolve('ink-table');
const inkPath = createRequire(inkTablePath).resolve('ink');
const loaded = new Module(inkPath);
loaded.exports = ink;
loaded.loaded = true;
require.cache[inkPath] = loaded;

export const {default: Table} = require(inkTablePath) as {readonly default: ComponentType<TableProperties>};
