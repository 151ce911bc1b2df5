/**
Koffi, loaded when this module first runs. An `import` would be hoisted to the top of the bundle: then nothing would start on a system for which koffi has
no binary, though `ss` could be read there, and the screen's thread would load what only the engine needs.
*/
import {createRequire} from 'node:module';
import type koffiModule from 'koffi';

export const koffi = createRequire(import.meta.url)('koffi') as typeof koffiModule;
