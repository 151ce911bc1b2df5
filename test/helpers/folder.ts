import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

/** An empty folder that is removed with the test; without links in its path. */
export const makeFolder = (t: ExecutionContext): string => {
	const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'conntop-test-'));
	t.teardown(() => {
		fs.rmSync(folder, {recursive: true, force: true});
	});
	return folder;
};
